"""Alice's shop has a channel at the herald, which every registry knows meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from hawker.connect.registry import every_folder, platforms
from hawker.core.channels import actions as channels
from hawker.core.channels import queries as channel_queries
from hawker.core.channels.models import Channel
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody
from tests.herald import wire
from tests.herald.platform import PLATFORM
from tests.herald.sandbox import PretendHerald

HANDLE = "teashop"


@pytest.fixture(autouse=True)
def herald(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry keeps what it has found, so that it can be told of one more."""
    monkeypatch.setitem(every_folder(), "herald", PLATFORM)
    monkeypatch.setitem(platforms(), "herald", PLATFORM)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, Mapping[str, str]]:
    """Of developer apps, by network."""
    entered: dict[str, Mapping[str, str]] = {"herald": wire.KEYS}
    monkeypatch.setattr(channel_queries, "app_keys", lambda name: dict(entered.get(name, {})))
    return entered


@dataclass(frozen=True)
class Network:
    """The herald, as it calls Hawker."""

    client: Client
    pretend: PretendHerald

    def tell(self, *events: Mapping[str, str], keys: Mapping[str, str] = wire.KEYS) -> HttpResponse:
        return self.send(*wire.call(*events, keys=keys))

    def send(self, headers: Mapping[str, str], body: bytes) -> HttpResponse:
        return self.client.post("/hooks/herald", body, content_type="application/json", headers=dict(headers))


@pytest.fixture
def pretend(herald: None, sandbox: Sandbox) -> PretendHerald:
    found = sandbox.networks["herald"].pretend
    assert isinstance(found, PretendHerald)
    return found


@pytest.fixture
def network(pretend: PretendHerald) -> Network:
    return Network(Client(), pretend)


@pytest.fixture
def channel(alice: Somebody, pretend: PretendHerald) -> Channel:
    return channels.connect(alice.actor, "herald", *pretend.account(HANDLE))
