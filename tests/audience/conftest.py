"""Alice's shop has a channel at the herald, which every registry knows meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from hawker.connect.platform import Audience
from hawker.connect.registry import every_folder, platforms
from hawker.core.channels import actions as channels
from hawker.core.channels import queries as channel_queries
from hawker.core.channels.models import Channel
from hawker.core.contacts import actions as contacts
from hawker.core.contacts import lists
from hawker.core.contacts.models import Contact, ContactList
from hawker.core.contacts.rules import Source
from hawker.core.contacts.values import Agreement
from hawker.sandbox.app import Sandbox
from hawker.worker.hearing import hear
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

    def read(self, *told: Mapping[str, str], after: timedelta = timedelta()) -> None:
        """The worker reads what the network has told, with what it tells now; so long after."""
        for event in told:
            self.tell(event)
        hear(timezone.now() + after)

    def send(self, headers: Mapping[str, str], body: bytes) -> HttpResponse:
        answer = self.client.post(
            "/hooks/herald", body, content_type="application/json", headers=dict(headers)
        )
        return cast(HttpResponse, answer)


@pytest.fixture
def pretend(herald: None, every_network: Sandbox) -> PretendHerald:
    found = every_network.networks["herald"].pretend
    assert isinstance(found, PretendHerald)
    return found


@pytest.fixture
def network(pretend: PretendHerald) -> Network:
    return Network(Client(), pretend)


@pytest.fixture
def channel(alice: Somebody, pretend: PretendHerald) -> Channel:
    return channels.connect(alice.actor, "herald", *pretend.account(HANDLE))


@pytest.fixture
def elsewhere(alice: Somebody, sandbox: Sandbox) -> Channel:
    """A channel at a network where everybody reads a post."""
    name = next(name for name, each in platforms().items() if each.audience is Audience.none and not each.app)
    return channels.connect(alice.actor, name, *sandbox.networks[name].pretend.account(HANDLE))


@pytest.fixture
def regulars(alice: Somebody, channel: Channel) -> ContactList:
    """Four who agreed, one whom nobody has asked, and one who wants no more messages."""
    everybody = lists.open_list(alice.actor, "Regulars")
    for number in range(1, 5):
        lists.put_on(alice.actor, everybody.id, [person(alice, f"88691200000{number}").id])
    unasked = contacts.add(alice.actor, "herald", "886912000005", "Unasked")
    gone = contacts.withdraw(alice.actor, person(alice, "886912000006").id, SAID)
    lists.put_on(alice.actor, everybody.id, [unasked.id, gone.id])
    return everybody


def person(somebody: Somebody, address: str) -> Contact:
    """One who agreed."""
    return contacts.add(somebody.actor, "herald", address, f"Guest {address[-1]}", SAID)


SAID = Agreement(source=Source.spoken, words="Yes, tell me when fresh tea is here.")
