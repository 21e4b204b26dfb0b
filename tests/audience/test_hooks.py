"""Where networks tell what happened: who is believed, and that nothing is lost, doubled or in the way."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hawker.connect.platform import Audience
from hawker.connect.registry import platforms
from hawker.core.channels.models import Channel
from hawker.core.contacts.models import Talk
from hawker.core.hooks import reading, rules, taking
from hawker.core.hooks.models import Hook
from hawker.core.hooks.rules import Broken, Garbled, State, Understood
from hawker.core.posts.values import Wording, Writing
from hawker.core.publishing import actions, receipts
from hawker.core.publishing.models import Delivery
from hawker.worker.hearing import hear
from tests.audience.conftest import Network
from tests.cast import Somebody
from tests.herald import wire
from tests.herald.platform import PLATFORM

ASKED = {"verify": wire.KEYS["verify_token"], "challenge": "42"}


def wrote(channel: Channel, address: str = "886912345678") -> dict[str, str]:
    return wire.heard(channel.remote_id, address, timezone.now().isoformat())


@pytest.mark.django_db
def test_a_network_that_asks_whether_this_is_hawker_is_answered(client: Client) -> None:
    response = client.get("/hooks/herald", ASKED)
    assert (response.status_code, response.content) == (200, b"42")
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.django_db
def test_whoever_asks_with_another_word_is_turned_away(client: Client) -> None:
    assert client.get("/hooks/herald", {**ASKED, "verify": "guessed"}).status_code == 403


def test_what_a_network_signed_is_kept_as_it_came(network: Network, channel: Channel) -> None:
    headers, body = wire.call(wrote(channel))
    assert network.send(headers, body).status_code == 200
    hook = Hook.objects.get()
    assert (hook.platform, bytes(hook.body), hook.state) == ("herald", body, State.waiting)


def test_what_somebody_else_signed_is_refused_and_not_kept(network: Network, channel: Channel) -> None:
    forged = {**wire.KEYS, "client_secret": "guessed"}
    assert network.tell(wrote(channel), keys=forged).status_code == 403
    assert network.send({}, wire.call(wrote(channel))[1]).status_code == 403
    assert not Hook.objects.exists()


def test_one_changed_byte_is_noticed(network: Network, channel: Channel) -> None:
    headers, body = wire.call(wrote(channel))
    assert network.send(headers, body + b" ").status_code == 403


def test_without_the_keys_of_the_app_nobody_is_believed(
    network: Network, channel: Channel, keys: dict[str, object]
) -> None:
    keys.clear()
    assert network.tell(wrote(channel)).status_code == 403
    assert network.client.get("/hooks/herald", ASKED).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False])
def test_networks_that_tell_nothing_have_no_address(
    client: Client, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "mute"
    if known:
        monkeypatch.setitem(platforms(), name, replace(PLATFORM, name=name, hears=None))
    assert client.get(f"/hooks/{name}", ASKED).status_code == 404
    assert client.post(f"/hooks/{name}", b"{}", content_type="application/json").status_code == 404


class Sealed(wire.Hears):
    """What it tells comes backwards, and the address says who tells it."""

    def unseal(self, query: Mapping[str, str], body: bytes, app: Mapping[str, str]) -> bytes | None:
        return body[::-1] if query.get("verify") == app["verify_token"] else None


def test_what_comes_sealed_is_kept_as_it_was_meant(
    network: Network, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(platforms(), "herald", replace(PLATFORM, hears=Sealed()))
    headers, body = wire.call(wrote(channel))
    assert network.send(headers, body[::-1]).status_code == 403
    address = f"/hooks/herald?verify={ASKED['verify']}"
    for _ in range(2):
        answer = network.client.post(address, body[::-1], content_type="text/xml")
        assert (answer.status_code, answer.content) == (200, b"")
    assert bytes(Hook.objects.get().body) == body
    hear(timezone.now())
    assert Talk.objects.get().channel_id == channel.id


@pytest.fixture
def published(alice: Somebody, channel: Channel, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """A post that went to nobody by name, and has the id m1."""
    monkeypatch.setitem(platforms(), "herald", replace(PLATFORM, audience=Audience.none))
    writing = Writing(text="Fresh tea today.", language="en", wordings=(Wording(channel=channel.id),))
    actions.compose(alice.actor, writing, timezone.now() + timedelta(hours=2))
    Delivery.objects.update(state="published", look_at=None, remote_id="m1")
    return Delivery.objects.get()


def test_of_a_post_that_goes_to_nobody_by_name_a_failure_is_heard(
    alice: Somebody, network: Network, channel: Channel, published: Delivery
) -> None:
    network.read(wire.receipt(channel.remote_id, "another", "failed"))
    assert Delivery.objects.get().state == "published"
    network.read(wire.receipt(channel.remote_id, "m1", "failed"))
    row = Delivery.objects.get()
    assert (row.state, row.stage) == ("failed", "failed")
    again = actions.retry(alice.actor, row.id)
    assert (again.state, again.key == published.key) == ("scheduled", False)


def test_of_such_a_post_nothing_else_is_news(network: Network, channel: Channel, published: Delivery) -> None:
    network.read(wire.receipt(channel.remote_id, "m1", "sent"))
    row = Delivery.objects.get()
    assert (row.state, row.stage) == ("published", "")


def test_the_same_call_twice_is_kept_once(network: Network, channel: Channel) -> None:
    headers, body = wire.call(wrote(channel))
    assert [network.send(headers, body).status_code for _ in range(3)] == [200, 200, 200]
    assert Hook.objects.count() == 1


@pytest.mark.django_db
def test_what_is_too_large_is_not_read(network: Network) -> None:
    headers, body = wire.call({"kind": "x" * taking.MOST_BYTES})
    assert network.send(headers, body).status_code == 413
    assert not Hook.objects.exists()


@pytest.mark.django_db
def test_other_methods_are_refused(client: Client) -> None:
    assert client.delete("/hooks/herald").status_code == 405


def test_no_cookie_and_no_token_is_needed(network: Network, channel: Channel) -> None:
    strict = Network(Client(enforce_csrf_checks=True), network.pretend)
    assert strict.tell(wrote(channel)).status_code == 200


def test_a_worker_reads_it_once(network: Network, channel: Channel) -> None:
    network.tell(wrote(channel))
    now = timezone.now()
    hear(now)
    hook = Hook.objects.get()
    assert (hook.state, hook.look_at) == (State.read, None)
    assert Talk.objects.get().channel_id == channel.id
    assert hear(now) is None


def test_what_cannot_be_read_is_kept_logged_once_and_in_nobodys_way(
    network: Network, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    body = b"not even JSON"
    network.send({wire.SIGNATURE: wire.sign(body, wire.KEYS["client_secret"])}, body)
    network.tell(wrote(channel))
    with caplog.at_level(logging.ERROR, logger="hawker.hooks"):
        for _ in range(3):
            hear(timezone.now())
    kept = Hook.objects.get(state=State.unreadable)
    assert bytes(kept.body) == body
    assert len([each for each in caplog.records if "hook.unreadable" in each.message]) == 1
    assert Hook.objects.get(state=State.read)


def test_what_hawker_breaks_on_is_tried_again_and_leaves_nothing_half_done(
    network: Network, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.tell(wrote(channel), wire.receipt(channel.remote_id, "m1", "sent"))
    real = receipts.hear

    def broken(*_: object) -> bool:
        raise RuntimeError("out of order")

    monkeypatch.setattr(receipts, "hear", broken)
    hear(timezone.now())
    hook = Hook.objects.get()
    assert (hook.state, hook.tries) == (State.waiting, 1)
    assert not Talk.objects.exists()
    monkeypatch.setattr(receipts, "hear", real)
    hear(timezone.now() + timedelta(seconds=6))
    assert Talk.objects.get()


def test_a_receipt_that_nobody_knows_yet_is_looked_at_again(network: Network, channel: Channel) -> None:
    network.tell(wire.receipt(channel.remote_id, "m1", "sent"))
    now = timezone.now()
    assert hear(now) == now + rules.LOOK_AGAIN[0]
    for wait in (*rules.LOOK_AGAIN, timedelta()):
        now += wait
        hear(now)
    assert Hook.objects.get().state == State.read


def test_a_receipt_for_an_account_that_is_no_channel_waits_for_nobody(
    network: Network, channel: Channel
) -> None:
    network.tell(wire.receipt("somebody else", "m1", "sent"))
    assert hear(timezone.now()) is None


def test_after_thirty_days_it_is_forgotten(network: Network, channel: Channel) -> None:
    network.tell(wrote(channel))
    reading.tidy(timezone.now() + timedelta(days=29))
    assert Hook.objects.count() == 1
    reading.tidy(timezone.now() + timedelta(days=31))
    assert not Hook.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "tries", "state", "after"),
    [
        (Understood(), 0, State.read, None),
        (Understood(unclaimed=True), 0, State.waiting, timedelta(seconds=5)),
        (Understood(unclaimed=True), 2, State.waiting, timedelta(minutes=10)),
        (Understood(unclaimed=True), 3, State.read, None),
        (Garbled(), 0, State.unreadable, None),
        (Broken(), 0, State.waiting, timedelta(seconds=5)),
        (Broken(), 4, State.waiting, timedelta(hours=6)),
        (Broken(), 5, State.unreadable, None),
    ],
)
def test_what_becomes_of_a_call(
    outcome: rules.Outcome, tries: int, state: State, after: timedelta | None
) -> None:
    then = rules.after(outcome, tries)
    assert (then.state, then.after) == (state, after)
