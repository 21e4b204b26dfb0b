"""Messages to people: prepared, sent once each, and settled by what WhatsApp tells of them."""

from collections.abc import AsyncIterator, Collection, Mapping
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel
from pydantic import Field as Key

from hawker.connect.abilities import Step
from hawker.connect.errors import CannotLook, Refused
from hawker.connect.http import Http
from hawker.connect.meta import Id, graph
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.whatsapp import letter, media, template
from hawker.platforms.whatsapp.account import business_of
from hawker.platforms.whatsapp.message import demand, is_phone, problems, written
from hawker.platforms.whatsapp.refusals import OF_NUMBER, REFUSALS
from hawker.platforms.whatsapp.values import TEMPLATE, template_name


class _Accepted(BaseModel):
    messages: Annotated[tuple[Id, ...], Key(min_length=1)]


class Publish:
    """Nobody can look, so there is nothing to wait for before looking."""

    read_delay = timedelta(0)

    def __init__(self) -> None:
        self._shelf = template.Shelf()
        self._depot = media.Depot()

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return len(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        return list(problems(draft, limits))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        """The template first: where it does not fit nothing is uploaded. An upload that died is made anew."""
        demand(draft, account.limits)
        name = template_name(draft.options)
        if name and TEMPLATE not in done:
            api = graph(http, account, OF_NUMBER)
            found = await self._shelf.read(api, business_of(account), name)
            yield Step(name=TEMPLATE, value=letter.compose(template.choose(found, draft), draft))
        api = graph(http, account, REFUSALS)
        for medium in draft.media:
            kept = done.get(medium.id, "")
            if not kept or not await media.is_there(api, kept):
                phone = account.remote_id
                media_id = await self._depot.upload(api, phone, medium, draft, dead=kept)
                yield Step(name=medium.id, value=media_id)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        """The window may have closed while the message waited."""
        to = demand(draft, account.limits)
        api = graph(http, account, OF_NUMBER)
        body = written(draft, to, done)
        answer = await api.do(f"{account.remote_id}/messages", json=body, irreversible=True)
        message = api.parse_sent(answer, _Accepted).messages[0]
        url = f"{account.site}/{to.address}" if is_phone(to.address) else ""
        return Published(remote_id=message.id, url=url)

    async def find(
        self,
        http: Http,  # noqa: ARG002
        account: Account,  # noqa: ARG002
        draft: Draft,  # noqa: ARG002
        done: Mapping[str, str],  # noqa: ARG002
        *,
        since: datetime,  # noqa: ARG002
        known: Collection[str] = (),  # noqa: ARG002
    ) -> Published | None:
        raise CannotLook(_UNSEEN)

    async def delete(self, http: Http, account: Account, published: Published) -> None:  # noqa: ARG002
        raise Refused(_KEPT)


_UNSEEN = say(
    "WhatsApp lets nobody look whether a message went out; it tells by itself, and told nothing of this one."
    " Look in the chat, or ask the person, before you send it again."
)
_KEPT = say("WhatsApp lets no program take a message back. It stays in the chat.")
