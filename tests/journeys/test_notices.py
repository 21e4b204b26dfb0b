"""What goes wrong at a network is told: in the app, and in a real mail server's box, once each."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from hawker.core.channels import actions as channel_actions
from hawker.core.channels.models import Channel
from hawker.core.notices import letters, queries, telling
from hawker.core.notices.models import Letter, Notice
from hawker.core.notices.rules import Kind, LetterState
from hawker.core.posts.models import Post
from hawker.core.publishing import actions
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from hawker.worker import jobs
from tests.cast import Somebody
from tests.journeys.conftest import Worker
from tests.mailbox import Mailbox, point_at, post_office
from tests.notices.scene import seen, write

PUBLIC = "https://social.example.com"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Letters wait for nobody, and the jobs of this test come round quickly."""
    settings.PUBLIC_URL = PUBLIC
    monkeypatch.setattr("hawker.core.notices.rules.BUNDLE", timedelta(0))
    monkeypatch.setattr(jobs, "TELL_EVERY", timedelta(milliseconds=50))
    monkeypatch.setattr(jobs, "MAIL_EVERY", timedelta(milliseconds=200))


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with post_office(settings) as mailbox:
        yield mailbox


def spoil(post: Post, text: str = "x" * 70_000) -> None:
    """Behind the composer's back the post becomes one that its networks refuse."""
    Post.objects.filter(id=post.id).update(text=text)


def sent(worker: Worker, number: int) -> None:
    worker.until(lambda: Letter.objects.filter(state=LetterState.sent).count() == number)


def states() -> set[str]:
    return set(Letter.objects.values_list("state", flat=True))


def all_are(state: State) -> bool:
    return not Delivery.objects.exclude(state=state).exists()


def body(mailbox: Mailbox, number: int = 0) -> str:
    part = mailbox.mails[number].get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_refused_post_is_told_once_to_each_in_the_app_and_by_mail_and_again_when_it_fails_again(
    worker: Worker,
    alice: Somebody,
    bob: Somebody,
    *,
    shop: list[Channel],
    sandbox: Sandbox,
    mailbox: Mailbox,
) -> None:
    post = write(alice, shop[:1])
    spoil(post)
    worker.start()
    sent(worker, 2)
    for each in (alice, bob):
        assert [item.kind for item in seen(each)] == [Kind.failed]
    assert sorted(mail["To"] for mail in mailbox.mails) == ["alice@example.com", "bob@example.com"]
    assert f"{PUBLIC}/notices/{Notice.objects.get().id}" in body(mailbox)
    worker.stop()
    assert [telling.tell(timezone.now()), letters.due(timezone.now(), limit=10)] == [0, []]
    worker.start()
    failed = Delivery.objects.get(post=post)
    spoil(post, "short")
    actions.retry(alice.actor, failed.id)
    spoil(post)
    worker.until(lambda: Notice.objects.count() == 2)
    sent(worker, 4)
    assert [item.stands for item in seen(alice)] == [True, False]


def test_a_channel_lost_with_three_posts_due_is_told_once_and_signing_in_again_settles_it(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox, mailbox: Mailbox
) -> None:
    channel = shop[0]
    network = sandbox.networks[channel.platform]
    network.pretend.revoke("teashop")
    Channel.objects.update(expires_at=None)
    for number in range(3):
        write(alice, [channel], f"post {number}")
    worker.start()
    worker.until(lambda: all_are(State.needs_sign_in))
    sent(worker, 1)
    assert [(item.kind, item.stands) for item in seen(alice)] == [(Kind.signed_out, True)]
    assert len(mailbox.mails) == 1
    way, fields = network.pretend.account("teashop")
    channel_actions.connect(alice.actor, channel.platform, way, fields)
    worker.until(lambda: all_are(State.published))
    assert [(item.kind, item.stands) for item in seen(alice)] == [(Kind.signed_out, False)]
    assert len(network.pretend.published("teashop")) == 3
    assert len(mailbox.mails) == 1


def test_a_mail_server_that_is_away_gets_the_letter_when_it_is_back(
    worker: Worker, alice: Somebody, shop: list[Channel], settings: Settings, mailbox: Mailbox
) -> None:
    port = settings.EMAIL_PORT
    point_at(settings, 9)
    spoil(write(alice, shop[:1]))
    worker.start()
    worker.until(lambda: Letter.objects.filter(tries=1).exists())
    assert states() == {"waiting"}
    point_at(settings, port)
    Letter.objects.update(send_at=timezone.now())
    sent(worker, 1)
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [("550 No such person", LetterState.failed), ("450 Come back later", LetterState.waiting)],
)
def test_a_refused_recipient_ends_a_letter_and_a_postponed_one_does_not(
    answer: str,
    state: LetterState,
    worker: Worker,
    *,
    alice: Somebody,
    shop: list[Channel],
    mailbox: Mailbox,
) -> None:
    mailbox.turns_away = answer
    spoil(write(alice, shop[:1]))
    worker.start()
    worker.until(lambda: Letter.objects.exclude(why="").exists())
    row = Letter.objects.get()
    assert (row.state, row.why) == (state, answer[4:])
    assert [item.kind for item in seen(alice)] == [Kind.failed]


def test_a_letter_whose_answer_was_lost_is_not_sent_again(
    worker: Worker, alice: Somebody, shop: list[Channel], mailbox: Mailbox
) -> None:
    mailbox.hangs_up = True
    spoil(write(alice, shop[:1]))
    worker.start()
    worker.until(lambda: states() == {"lost"})
    mailbox.hangs_up = False
    spoil(write(alice, shop[:1], "Another"))
    sent(worker, 1)
    assert len(mailbox.mails) == 2
    assert queries.mail_trouble(alice.actor, timezone.now() - timedelta(days=1)) == ""


def test_a_slow_mail_server_gets_one_letter_a_turn_so_that_a_stop_need_not_wait(
    worker: Worker,
    alice: Somebody,
    bob: Somebody,
    *,
    shop: list[Channel],
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hawker.worker.mail.TURN_SECONDS", 0.0)
    monkeypatch.setattr(jobs, "MAIL_EVERY", timedelta(hours=1))
    spoil(write(alice, shop[:1]))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("hawker.worker.mail.A_TURN", 0)
        worker.start()
        worker.until(lambda: Letter.objects.count() == 2)
        worker.stop()
    worker.start()
    sent(worker, 1)
    worker.stop()
    assert states() == {"sent", "waiting"}
