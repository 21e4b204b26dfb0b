"""Publishing at networks that take files in the one call that publishes, and none beforehand."""

from collections.abc import AsyncIterator, Collection, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from hawker.connect.abilities import Step
from hawker.connect.errors import CannotLook, Refused
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Published

_STEPS: tuple[Step, ...] = ()


class AtOnce:
    """Extended by what publishes so. `network` is the name that people know."""

    network: ClassVar[str]
    read_delay = timedelta(0)

    async def prepare(
        self,
        http: Http,  # noqa: ARG002
        account: Account,
        draft: Draft,
        done: Mapping[str, str],  # noqa: ARG002
    ) -> AsyncIterator[Step]:
        """There is nothing to keep."""
        most = account.limits.media
        if len(draft.media) > most:
            sentence = say(
                "%(network)s takes at most %(most)s pictures in a post. Take some out.",
                network=self.network,
                most=most,
            )
            raise Refused(sentence, field="media")
        for step in _STEPS:
            yield step


class AtOnceUnseen(AtOnce):
    """The same where nobody can be asked afterwards what is in the channel. Its owner is, once a call on its
    way has had the time to arrive."""

    read_delay = timedelta(seconds=10)

    async def find(
        self,
        http: Http,  # noqa: ARG002
        account: Account,
        draft: Draft,  # noqa: ARG002
        done: Mapping[str, str],  # noqa: ARG002
        *,
        since: datetime,  # noqa: ARG002
        known: Collection[str] = (),  # noqa: ARG002
    ) -> Published | None:
        sentence = say(
            "%(network)s does not let Hawker read the channel %(channel)s. Look there whether this post is "
            "out.",
            network=self.network,
            channel=account.handle,
        )
        raise CannotLook(sentence)
