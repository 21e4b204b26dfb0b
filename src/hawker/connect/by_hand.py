"""Networks that let no program post: what is due is handed to its owner (`Limits.by_hand`)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlsplit

from hawker.connect.abilities import Field, Way
from hawker.connect.at_once import AtOnce
from hawker.connect.errors import CannotLook, OnlyByHand, Refused
from hawker.connect.http import Http
from hawker.connect.length import utf16_units
from hawker.connect.sign_in import ByForm
from hawker.connect.text import Sentence, say
from hawker.connect.typed import page_address, visible
from hawker.connect.values import Account, Draft, Limits, Problem, Published


class ByHand(AtOnce):
    """Extended by what publishes so. `prepare` is all that is ever asked of it while all goes well."""

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        """No app says whether an emoji is one or two: what is counted so is always taken."""
        return utf16_units(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return []

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

    `hint` tells where the address of a profile is found. `query`: whether pages are told apart by what stands
    behind the “?” of their addresses; else that is left out.
    """

    limits: ClassVar[Limits]
    query: ClassVar[bool] = False

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
        url = page_address(fields, "profile", query=self.query)
        said = urlsplit(url)
        site = f"{said.scheme}://{said.netloc}"
        return Account(
            # Without its port, by which alone a pretend network differs after another start.
            remote_id=f"{said.hostname}{url[len(site) :]}",
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
