"""Networks that ask for an owner's own app, and what a sign-in there can open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from hawker.connect.apps import Version
from hawker.connect.http import Http
from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.connect.values import Account
from hawker.sandbox.app import Sandbox
from tests.cast import writing_networks

# One that takes words alone, whose app has an id and a secret, and whose pretend network minds no version, so
# that a test may name any.
NAME = next(
    name
    for name in writing_networks()
    if (app := platforms()[name].app) and {"client_id", "client_secret"} <= {*app.names} and not app.versions
)


@dataclass(frozen=True)
class Pages:
    """So many pages that one person manages."""

    number: int

    async def reached(self, http: Http, person: Account) -> Sequence[Account]:
        return [page(person, number) for number in range(1, self.number + 1)]


def page(person: Account, number: int) -> Account:
    return replace(
        person,
        remote_id=f"{person.remote_id}-{number}",
        handle=f"{person.handle}-{number}",
        name=f"Branch {number}",
        secrets={**person.secrets, "page_token": f"a-secret-of-page-{number}"},
    )


def reach(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """From now on a sign-in at the network opens so many accounts."""
    changed = replace(platforms()[NAME], reaches=Pages(number))
    monkeypatch.setitem(platforms(), NAME, changed)


def end(monkeypatch: pytest.MonkeyPatch, day: date | None) -> None:
    """The network switches off its v1 then; v2 goes on."""
    app = platforms()[NAME].app
    assert app is not None
    versions = (Version(name="v1", sunset=day), Version(name="v2"))
    changed = replace(platforms()[NAME], app=replace(app, versions=versions))
    monkeypatch.setitem(platforms(), NAME, changed)


def fields(sandbox: Sandbox, handle: str = "teashop") -> tuple[str, dict[str, str]]:
    way, given = sandbox.networks[NAME].pretend.account(handle)
    return way, dict(given)


def network() -> Platform:
    return platforms()[NAME]
