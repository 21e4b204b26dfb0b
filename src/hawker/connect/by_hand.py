"""Networks that let no program post: what is due is handed to its owner (`Limits.by_hand`)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from hawker.connect.abilities import Field, Way
from hawker.connect.at_once import AtOnce
from hawker.connect.errors import CannotLook, OnlyByHand, Refused
from hawker.connect.http import Http
from hawker.connect.sign_in import ByForm
from hawker.connect.text import Sentence, say
from hawker.connect.typed import visible, web_address
from hawker.connect.values import Account, Draft, Limits, Published


class ByHand(AtOnce):
    """Extended by what publishes so. `prepare` is all that is ever asked of it while all goes well."""

    async def send(
        self,
        http: Http,  # noqa: ARG002
        account: Account,  # noqa: ARG002
        draft: Draft,  # noqa: ARG002
        done: Mapping[str, str],  # noqa: ARG002
    ) -> Published:
        raise OnlyByHand(
            say("%(network)s lets no program post. Post it there yourself.", network=self.network)
        )

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
        sentence = say("Hawker cannot look at %(network)s. Look there yourself.", network=self.network)
        raise CannotLook(sentence)

    async def delete(self, http: Http, account: Account, published: Published) -> None:  # noqa: ARG002
        sentence = say(
            "Hawker cannot take a post off %(network)s. Delete it there yourself.", network=self.network
        )
        raise Refused(sentence)


class ByName(ByForm):
    """Signs in to nothing: an owner says which account is hers, and keeps its key to herself.

    `hint` tells where the address of a profile is found.
    """

    limits: ClassVar[Limits]

    def __init__(self, hint: Sentence) -> None:
        name = Field(
            name="name", label=say("The account's name"), hint=say("By which you tell it from others.")
        )
        profile = Field(name="profile", label=say("Address of its profile"), kind="url", hint=hint)
        told = say(
            "Hawker cannot post here by itself. When a post is due, you get a notice with the text to copy "
            "and the pictures to save, post it in the app yourself, and tell Hawker that it is done. No "
            "password is asked for."
        )
        self.ways = (Way(name="profile", label=say("By its profile"), fields=(name, profile), help=told),)

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        name = visible(fields.get("name", ""))
        if not name:
            raise Refused(say("Type the name of the account."), field="name")
        url = web_address(fields, "profile", "")
        site = "/".join(url.split("/", 3)[:3])
        return Account(
            remote_id=url.removeprefix(site) or url,
            handle=name,
            name=name,
            server=site,
            site=site,
            url=url,
            limits=self.limits,
            secrets={},
        )

    async def check(self, http: Http, account: Account) -> Account:  # noqa: ARG002
        return replace(account, limits=self.limits)
