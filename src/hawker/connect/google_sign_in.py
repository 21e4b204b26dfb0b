"""Signing in at Google's own page, or with a refresh token: the same for all its networks."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from hawker.connect import google
from hawker.connect.abilities import Errand, Way
from hawker.connect.apps import Scope
from hawker.connect.http import Http
from hawker.connect.values import Account


class ByGoogle(ABC):
    """Extended by a network's sign-in, which says who has come. `scopes` are the rights that it asks for."""

    ways: tuple[Way, ...] = google.WAYS
    scopes: ClassVar[tuple[Scope, ...]]

    @abstractmethod
    async def account(self, http: Http, keys: Mapping[str, str], grant: google.Grant) -> Account:
        """Whose grant it is; `keys` are those of the owner's app."""
        ...

    @abstractmethod
    async def check(self, http: Http, account: Account) -> Account: ...

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        grant = await google.sign_in(http, fields, self.scopes)
        keys = {name: value for name, value in fields.items() if name != "refresh_token"}
        return await self.account(http, keys, grant)

    async def start(
        self,
        http: Http,  # noqa: ARG002
        way: str,  # noqa: ARG002
        fields: Mapping[str, str],  # noqa: ARG002
        *,
        back: str,
        app: Mapping[str, str] | None,
    ) -> tuple[Errand, Mapping[str, str]]:
        keys = app or {}
        return google.begin(keys, self.scopes, back=back), keys

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        grant = await google.finish(http, errand, answer, self.scopes)
        return await self.account(http, google.keys(errand), grant)

    async def refresh(self, http: Http, account: Account) -> Account:
        return await google.refresh(http, account)
