"""A post on its way: counted at the network, not in Hawker's tables."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.utils import timezone

from hawker.connect.registry import platforms
from hawker.core.bridge import client
from hawker.core.channels import actions as channel_actions
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.media import queries as stored
from hawker.core.media.models import MediaFile
from hawker.core.posts import actions as posts
from hawker.core.posts.models import Post
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.problems import Conflict, Invalid
from hawker.core.publishing import actions, claims, ledger, queries, sweeping
from hawker.core.publishing.models import Delivery, Heartbeat
from hawker.core.publishing.states import Reason, State
from hawker.core.seal import unseal
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.worker.publish import Publishing
from hawker.worker.tools import Tools
from tests.cast import Somebody, too_long
from tests.journeys.conftest import Worker
from tests.ledger.claims import claimed
from tests.pictures import jpeg

TEXT = "今天的烏龍茶到了。Fresh oolong today."
LOST = [Kind.reset_after, Kind.error_after, Kind.reset_before, Kind.error_before]


def write(alice: Somebody, shop: list[Channel], text: str = TEXT, **more: object) -> Post:
    wordings = tuple(Wording(channel=channel.id) for channel in shop)
    writing = Writing(text=text, language="zh-Hant", wordings=wordings, **more)  # type: ignore[arg-type]
    return posts.write(alice.actor, writing)


def picture(alice: Somebody) -> Picture:
    return Picture(media=media.add(alice.actor, "tea.jpg", jpeg()).id, alt="一杯茶")


def file_of(picture: Picture) -> Path:
    return Path(default_storage.path(MediaFile.objects.get(id=picture.media).file))


def reasons(post: Post) -> list[Reason | None]:
    return [queries.reason_of(row) for row in Delivery.objects.filter(post=post)]


def states(post: Post) -> list[str]:
    return sorted(Delivery.objects.filter(post=post).values_list("state", flat=True))


def all_are(post: Post, state: State) -> bool:
    return set(states(post)) == {state}


def has_ended(post: Post) -> bool:
    """Whether all is published, but for channels whose key ran out and that no program can renew."""
    return set(states(post)) <= {State.published, State.needs_sign_in}


def texts_at(sandbox: Sandbox, shop: list[Channel] | None = None) -> dict[str, list[str]]:
    """What is at every network, or at those of these channels."""
    names = sandbox.networks if shop is None else [channel.platform for channel in shop]
    return {
        name: [seen.text for seen in sandbox.networks[name].pretend.published("teashop")] for name in names
    }


def test_a_post_with_a_picture_goes_to_every_network_once(
    worker: Worker, alice: Somebody, shop: list[Channel], commentable: list[Channel], sandbox: Sandbox
) -> None:
    post = write(alice, shop, pictures=(picture(alice),))
    actions.schedule(alice.actor, post.id)
    followed = write(alice, commentable, "新茶", first_comment="營業到晚上八點。")
    actions.schedule(alice.actor, followed.id)
    worker.start()
    worker.until(lambda: all_are(post, State.published) and all_are(followed, State.published))
    for name, network in sandbox.networks.items():
        (leader,) = (seen for seen in network.pretend.published("teashop") if seen.text == TEXT)
        described = platforms()[name].quality["alternative_text"] == "done"
        assert leader.alts == (("一杯茶",) if described else ())
    for channel in commentable:
        seen = {each.text: each for each in sandbox.networks[channel.platform].pretend.published("teashop")}
        assert set(seen) == {TEXT, "新茶", "營業到晚上八點。"}
        assert seen["營業到晚上八點。"].reply_to == seen["新茶"].remote_id
    assert all(row.url.startswith(sandbox.address) for row in Delivery.objects.filter(post=post))


def test_no_log_line_holds_a_secret(
    worker: Worker,
    alice: Somebody,
    shop: list[Channel],
    sandbox: Sandbox,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, network in sandbox.networks.items():
        way, fields = network.pretend.account("teashop")
        channel_actions.connect(alice.actor, name, way, fields)
    Channel.objects.update(expires_at=timezone.now())
    post = write(alice, shop, pictures=(picture(alice),))
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: has_ended(post))
    held = [unseal(secrets) for secrets in Channel.objects.values_list("secrets", flat=True)]
    secrets = {value for each in held for value in each.values()}
    assert secrets
    assert "delivery.published" in caplog.text
    assert not [secret for secret in secrets if secret in caplog.text]


def test_a_post_goes_out_at_its_time_and_not_before(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    post = write(alice, shop)
    due_at = timezone.now() + timedelta(seconds=1.5)
    actions.schedule(alice.actor, post.id, due_at)
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    sent = Delivery.objects.filter(post=post).values_list("sent_at", flat=True)
    assert all(at is not None and at >= due_at for at in sent)


@pytest.mark.parametrize("kind", LOST)
def test_a_lost_answer_neither_doubles_nor_loses_the_post(
    kind: Kind, worker: Worker, alice: Somebody, findable: list[Channel], sandbox: Sandbox
) -> None:
    for network in sandbox.networks.values():
        network.faults.add(Fault(kind=kind))
    post = write(alice, findable)
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    assert all(len(texts) == 1 for texts in texts_at(sandbox, findable).values())


def test_equal_posts_that_a_backup_does_not_know_are_told_apart(
    worker: Worker, alice: Somebody, findable: list[Channel], sandbox: Sandbox
) -> None:
    """Both are looked for in one walk. Networks that refuse equal words have but one."""
    for post in (write(alice, findable), write(alice, findable)):
        actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: not Delivery.objects.exclude(state__in=[State.published, State.failed]).exists())
    before = texts_at(sandbox, findable)
    Delivery.objects.filter(state=State.published).update(
        state=State.unknown, look_at=timezone.now(), steps={}, remote_id="", published_at=None
    )
    unknown = Delivery.objects.filter(state=State.unknown)
    worker.until(lambda: not unknown.exclude(look_at=None).exists())
    found = Delivery.objects.filter(state=State.published).values_list("channel", "remote_id")
    assert len(set(found)) == len(found) > len(findable)
    assert texts_at(sandbox, findable) == before


@pytest.mark.parametrize("kind", [Kind.reset_after, Kind.reset_before])
def test_where_a_lost_post_cannot_be_looked_for_the_owner_is_asked(
    kind: Kind, worker: Worker, alice: Somebody, unseen: list[Channel], sandbox: Sandbox
) -> None:
    for channel in unseen:
        sandbox.networks[channel.platform].faults.add(Fault(kind=kind))
    post = write(alice, unseen)
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: all(queries.is_asked(row) for row in Delivery.objects.filter(post=post)))
    assert states(post) == [State.unknown] * len(unseen)
    sent = [TEXT] if kind is Kind.reset_after else []
    assert all(texts == sent for texts in texts_at(sandbox, unseen).values())


def test_a_worker_that_dies_while_sending_leaves_a_post_that_is_looked_for(
    worker: Worker, alice: Somebody, findable: list[Channel], sandbox: Sandbox
) -> None:
    post = write(alice, findable)
    actions.schedule(alice.actor, post.id)
    long_ago = timezone.now() - timedelta(minutes=5)
    taken = claims.claim(timezone.now(), limit=10)
    assert len(ledger.commit(intents=taken, now=timezone.now())) == len(taken) > 0
    Delivery.objects.filter(post=post).update(lease_until=long_ago, sent_at=long_ago)
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    assert all(len(texts) == 1 for texts in texts_at(sandbox, findable).values())
    assert set(Delivery.objects.filter(post=post).values_list("attempt", flat=True)) == {2}


def test_a_dead_key_is_told_and_signing_in_again_sends_the_post(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    for network in sandbox.networks.values():
        network.pretend.revoke("teashop")
    Channel.objects.update(expires_at=None)
    post = write(alice, shop)
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: all_are(post, State.needs_sign_in))
    assert {channel.state for channel in Channel.objects.all()} == {"needs_sign_in"}
    for name, network in sandbox.networks.items():
        way, fields = network.pretend.account("teashop")
        channel_actions.connect(alice.actor, name, way, fields)
    worker.until(lambda: all_are(post, State.published))
    assert all(len(texts) == 1 for texts in texts_at(sandbox).values())


def test_a_network_that_is_gone_is_tried_again(
    worker: Worker, alice: Somebody, findable: list[Channel], sandbox: Sandbox
) -> None:
    for network in sandbox.networks.values():
        network.faults.add(Fault(kind=Kind.error_before, call="(?!.*/_)", status=503, times=1))
    post = write(alice, findable, pictures=(picture(alice),))
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: set(states(post)) <= {State.scheduled, State.published, State.unknown})
    Delivery.objects.filter(post=post, state=State.scheduled).update(look_at=timezone.now())
    worker.until(lambda: all_are(post, State.published))
    assert all(len(texts) == 1 for texts in texts_at(sandbox, findable).values())


def test_a_post_waits_while_its_pictures_cannot_be_read(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    taken = picture(alice)
    file, aside = file_of(taken), file_of(taken).with_suffix(".aside")
    file.rename(aside)
    file.mkdir()
    post = write(alice, shop, pictures=(taken,))
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(
        lambda: all_are(post, State.scheduled) and reasons(post) == [Reason(sentence=stored.AWAY)] * len(shop)
    )
    assert texts_at(sandbox) == {name: [] for name in sandbox.networks}
    file.rmdir()
    aside.rename(file)
    Delivery.objects.filter(post=post).update(look_at=timezone.now())
    worker.until(lambda: all_are(post, State.published))
    assert all(len(texts) == 1 for texts in texts_at(sandbox).values())


def test_a_lost_file_of_a_picture_is_told_as_the_reason(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    taken = picture(alice)
    file_of(taken).unlink()
    post = write(alice, shop, pictures=(taken,))
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: all_are(post, State.failed))
    assert reasons(post) == [Reason(sentence=stored.LOST, field="media")] * len(shop)
    assert texts_at(sandbox) == {name: [] for name in sandbox.networks}


def test_a_cancelled_post_does_not_go_out(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    kept, stopped = write(alice, shop, "kept"), write(alice, shop, "stopped")
    for post in (stopped, kept):
        actions.schedule(alice.actor, post.id, timezone.now() + timedelta(seconds=1))
    actions.cancel(alice.actor, stopped.id)
    worker.start()
    worker.until(lambda: all_are(kept, State.published))
    assert texts_at(sandbox) == {name: ["kept"] for name in sandbox.networks}
    assert all_are(stopped, State.cancelled)


def test_one_channels_posts_keep_their_order(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    now = timezone.now()
    written = [write(alice, shop, f"post {number}") for number in range(5)]
    for place, post in enumerate(written):
        actions.schedule(alice.actor, post.id, now + timedelta(hours=1))
        at = now + timedelta(milliseconds=place)
        Delivery.objects.filter(post=post).update(due_at=at, look_at=at)
    worker.start()
    worker.until(lambda: all(all_are(post, State.published) for post in written))
    expected = [f"post {number}" for number in range(5)]
    assert texts_at(sandbox) == dict.fromkeys(sandbox.networks, expected)


def test_what_stands_behind_a_postponed_post_waits_as_long_as_it(
    worker: Worker, alice: Somebody, findable: list[Channel], sandbox: Sandbox
) -> None:
    tea = picture(alice)
    for number in range(3):
        post = write(alice, findable, f"post {number}", pictures=(tea,))
        actions.schedule(alice.actor, post.id)
    for network in sandbox.networks.values():
        network.faults.add(Fault(kind=Kind.error_before, call="any", status=429))
    worker.start()
    worker.until(lambda: set(Delivery.objects.values_list("tries", flat=True)) == {1})
    worker.stop()
    for channel in findable:
        assert Delivery.objects.filter(channel=channel).values("look_at").order_by().distinct().count() == 1


def test_a_refused_post_says_why_and_goes_out_when_it_is_mended(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    post = write(alice, shop, "x" * 100)
    actions.schedule(alice.actor, post.id, timezone.now() + timedelta(seconds=1))
    Post.objects.filter(id=post.id).update(text=too_long(shop))
    worker.start()
    worker.until(lambda: all_are(post, State.failed))
    row = Delivery.objects.filter(post=post).first()
    assert row is not None
    reason = queries.reason_of(row)
    assert reason is not None
    assert reason.field == "text"
    writing = Writing(
        text="short", language="zh-Hant", wordings=tuple(Wording(channel=each.id) for each in shop)
    )
    actions.rewrite(alice.actor, post.id, writing)
    for failed in Delivery.objects.filter(post=post):
        actions.retry(alice.actor, failed.id)
    worker.until(lambda: all_are(post, State.published))
    assert texts_at(sandbox) == {name: ["short"] for name in sandbox.networks}


def test_a_later_time_brings_nothing_back_that_was_cancelled_for_one_channel(
    alice: Somebody, shop: list[Channel]
) -> None:
    at = timezone.now() + timedelta(hours=1)
    post = write(alice, shop)
    actions.schedule(alice.actor, post.id, at)
    Delivery.objects.filter(post=post, channel=shop[0]).update(state=State.cancelled, look_at=None)
    wordings = tuple(Wording(channel=each.id) for each in shop)
    writing = Writing(text="Fresh tea", language="en", wordings=wordings)
    actions.rewrite(alice.actor, post.id, writing, at + timedelta(hours=1))
    assert Delivery.objects.get(post=post, channel=shop[0]).state == State.cancelled
    assert Delivery.objects.get(post=post, channel=shop[1]).due_at == at + timedelta(hours=1)


def test_a_post_is_taken_off_its_networks(
    worker: Worker, alice: Somebody, erasable: list[Channel], sandbox: Sandbox
) -> None:
    post = write(alice, erasable)
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    with pytest.raises(Conflict):
        actions.delete(alice.actor, post.id)
    for row in Delivery.objects.filter(post=post):
        actions.take_down(alice.actor, row.id)
    assert texts_at(sandbox) == {name: [] for name in sandbox.networks}
    actions.delete(alice.actor, post.id)
    assert not Post.objects.exists()


def test_a_key_that_runs_out_is_renewed_before_it_is_used(
    worker: Worker, alice: Somebody, erasable: list[Channel], sandbox: Sandbox
) -> None:
    post = write(alice, erasable)
    Channel.objects.update(expires_at=timezone.now())
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: has_ended(post))
    worker.stop()
    out = Delivery.objects.filter(post=post, state=State.published)
    used = Channel.objects.filter(id__in=list(out.values_list("channel", flat=True)))
    assert used.count() > len(erasable) / 2
    used.update(expires_at=timezone.now())
    for row in list(out):
        actions.take_down(alice.actor, row.id)
    assert texts_at(sandbox) == {name: [] for name in sandbox.networks}
    assert all(at is None or at > timezone.now() for at in used.values_list("expires_at", flat=True))


def test_posts_in_one_walk_renew_a_key_once(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    """Where keys rotate, what the second of them has in hand opens nothing any more."""
    written = [write(alice, shop, f"post {number}") for number in range(3)]
    Channel.objects.update(expires_at=timezone.now() + timedelta(minutes=5))
    for post in written:
        actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: all(has_ended(post) for post in written))
    assert not Channel.objects.filter(state="needs_sign_in").exists()
    expected = [f"post {number}" for number in range(3)]
    assert texts_at(sandbox, shop) == {channel.platform: expected for channel in shop}


def test_a_post_that_is_too_long_is_refused_at_once(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop, too_long(shop))
    with pytest.raises(Invalid) as refused:
        actions.schedule(alice.actor, post.id)
    assert {problem.field for problem in refused.value.problems} == {"text"}
    assert {problem.channel for problem in refused.value.problems} == {each.id for each in shop}


def test_a_channel_whose_key_cannot_be_opened_keeps_no_other_waiting(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    broken = shop[0]
    Channel.objects.filter(id=broken.id).update(secrets="sealed by a key that is lost")
    post = write(alice, shop)
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: set(states(post)) == {State.needs_sign_in, State.published})
    row = Delivery.objects.get(post=post, channel=broken)
    reason = queries.reason_of(row)
    assert reason is not None
    assert "Sign in again" in str(reason.sentence)
    assert Channel.objects.get(id=broken.id).state == "needs_sign_in"


async def test_a_walk_that_breaks_off_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(ledger, "commit", away)
    async with client() as http:
        tools = Tools(http=http, worker="test")
        publishing = Publishing(tools)
        monkeypatch.setattr(claims, "claim", lambda *_, **__: [_claimed()])
        monkeypatch.setattr(queries, "next_look", lambda *_: None)
        renewed: list[object] = []
        monkeypatch.setattr(claims, "renew", lambda held, _: renewed.extend(held))
        await publishing.take()
        await publishing.finish()
        await publishing.renew()
        await tools.close()
    assert renewed == []


def _claimed() -> claims.Claim:
    """In hand, of a network that cannot be reached."""
    return claimed(
        at=timezone.now(),
        state=State.unknown,
        server="http://127.0.0.1:9",
        secrets={"access": "x", "token": "x"},
    )


def test_a_lost_post_of_a_channel_that_is_gone_is_its_owners_to_settle(
    alice: Somebody, shop: list[Channel]
) -> None:
    post = write(alice, shop)
    actions.schedule(alice.actor, post.id)
    Delivery.objects.filter(post=post).update(state=State.unknown)
    for channel in shop:
        channel_actions.remove(alice.actor, channel.id)
    sweeping.sweep(timezone.now())
    assert all(queries.is_asked(row) for row in Delivery.objects.filter(post=post))


def test_a_worker_says_that_it_lives_and_clears_up_behind_others(worker: Worker) -> None:
    long_ago = timezone.now() - timedelta(days=2)
    ledger.beat("a machine of last week", long_ago)
    Session.objects.create(session_key="old", session_data="", expire_date=long_ago)
    worker.start()
    worker.until(lambda: not Session.objects.exists())
    worker.until(lambda: queries.pulse(timezone.now()).alive)
    worker.until(lambda: Heartbeat.objects.count() == 1)


def test_a_stopping_worker_hands_back_what_it_has_not_sent(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    for network in sandbox.networks.values():
        network.faults.add(Fault(kind=Kind.delay_after, seconds=1))
    written = [write(alice, shop, f"post {number}") for number in range(3)]
    for post in written:
        actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: Delivery.objects.filter(state=State.sending).exists())
    worker.stop()
    left = set(Delivery.objects.values_list("state", flat=True))
    assert left <= {State.published, State.scheduled}
    worker.start()
    worker.until(lambda: all(all_are(post, State.published) for post in written))
    assert all(len(texts) == 3 for texts in texts_at(sandbox).values())
