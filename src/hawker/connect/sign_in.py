"""What sign-ins share: fields of their forms, and those that know no way but a form."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.http import Http
from hawker.connect.text import Sentence, say
from hawker.connect.values import Account


def server_field(default: str, hint: Sentence) -> Field:
    return Field(name="server", label=say("Server"), kind="url", default=default, required=False, hint=hint)


def site_field(default: str) -> Field:
    return Field(
        name="site",
        label=say("Website for links"),
        kind="url",
        default=default,
        required=False,
        hint=say("Where links to your posts lead."),
    )


class ByForm(ABC):
    """Extended by a sign-in none of whose ways redirects, and whose secrets do not run out."""

    ways: tuple[Way, ...]

    @abstractmethod
    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account: ...

    @abstractmethod
    async def check(self, http: Http, account: Account) -> Account: ...

    async def start(
        self, http: Http, way: str, fields: Mapping[str, str], *, back: str, app: Mapping[str, str] | None
    ) -> tuple[Errand, Mapping[str, str]]:
        raise NotImplementedError("no way redirects")

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        raise NotImplementedError("no way redirects")

    async def refresh(self, http: Http, account: Account) -> Account:
        return await self.check(http, account)
