"""The herald as Hawker sees it."""

from collections.abc import AsyncIterator, Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from hawker.connect.abilities import Errand, Field, Step, Way
from hawker.connect.apps import App
from hawker.connect.errors import CannotLook
from hawker.connect.http import Http
from hawker.connect.platform import Audience, Kind, Platform
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from tests.herald.sandbox import PretendHerald
from tests.herald.wire import Hears

LIMITS = Limits(text=1000, media=0, alt_text=0, image_bytes=0, image_pixels=0, image_types=())
WAY = Way(
    name="token",
    label=say("With a token"),
    fields=(Field(name="server", label=say("Server"), kind="url"), Field(name="token", label=say("Token"))),
)
_STEPS: tuple[Step, ...] = ()


class SignIn:
    ways: tuple[Way, ...] = (WAY,)

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:
        answer = await http.request("GET", f"{fields['server']}/me", token=fields["token"])
        return Account(
            remote_id=answer.get("number"),
            handle=answer.get("handle"),
            name=answer.get("handle"),
            server=fields["server"],
            site=fields["server"],
            url=fields["server"],
            limits=LIMITS,
            secrets={"token": fields["token"]},
        )

    async def start(
        self, http: Http, way: str, fields: Mapping[str, str], *, back: str, app: Mapping[str, str] | None
    ) -> tuple[Errand, Mapping[str, str]]:
        raise NotImplementedError("the only way does not redirect")

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        raise NotImplementedError("the only way does not redirect")

    async def refresh(self, http: Http, account: Account) -> Account:
        return account

    async def check(self, http: Http, account: Account) -> Account:
        fields = {"server": account.server, "token": account.secrets["token"]}
        return await self.sign_in(http, WAY.name, fields)


class Publish:
    read_delay = timedelta(0)

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:
        return len(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        return []

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        for step in _STEPS:
            yield step

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        assert draft.to is not None
        letter = {"to": draft.to.address, "text": draft.text, "ref": str(draft.key)}
        answer = await http.request(
            "POST",
            f"{account.server}/{account.remote_id}/messages",
            token=account.secrets["token"],
            json=letter,
            irreversible=True,
        )
        return Published(remote_id=answer.get("id"), url="")

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        raise CannotLook(say("The herald shows nobody what it delivers. Ask the person."))

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        raise NotImplementedError("a delivered message stays")


PLATFORM = Platform(
    name="herald",
    title="The Herald",
    colour="#7a1f5c",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=PretendHerald,
    comments=False,
    app=App(fields=(Field(name="client_secret", label=say("App secret")),), steps=(), scopes=()),
    hears=Hears(),
    audience=Audience.always,
    kinds=(Kind.message,),
)
