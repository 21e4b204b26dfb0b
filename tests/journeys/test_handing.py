"""A post that no program may send: its owner is told at its time, and posts it herself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from hawker.core.bridge import ask
from hawker.core.channels.models import Channel
from hawker.core.media.models import Rendition
from hawker.core.notices.models import Letter, Notice
from hawker.core.notices.rules import Kind, LetterState
from hawker.core.problems import Conflict
from hawker.core.publishing import actions, lateness
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from hawker.worker import jobs
from tests.cast import Somebody, visitor
from tests.handing.scene import (
    BY_HAND,
    COMMENT,
    TEXT,
    URL,
    connect,
    foreign_picture,
    leader,
    lines,
    picture,
    states,
    writing,
)
from tests.journeys.conftest import Worker
from tests.mailbox import Mailbox, post_office
from tests.notices.scene import seen
from tests.phone import form, post_by_hand

PUBLIC = "https://social.example.com"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.PUBLIC_URL = PUBLIC
    monkeypatch.setattr("hawker.core.notices.rules.BUNDLE", timedelta(0))
    monkeypatch.setattr(jobs, "TELL_EVERY", timedelta(milliseconds=50))
    monkeypatch.setattr(jobs, "MAIL_EVERY", timedelta(milliseconds=200))


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with post_office(settings) as mailbox:
        yield mailbox


@pytest.fixture(params=BY_HAND)
def diary(alice: Somebody, every_network: Sandbox, request: pytest.FixtureRequest) -> Channel:
    return connect(alice, every_network, name=request.param)


def test_at_its_time_she_gets_a_notice_and_a_mail_once_and_posts_it_herself(
    worker: Worker, alice: Somebody, diary: Channel, every_network: Sandbox, *, mailbox: Mailbox
) -> None:
    foreign = foreign_picture(alice)
    due_at = timezone.now() + timedelta(seconds=1.5)
    post = actions.compose(alice.actor, writing(diary, foreign, comment=COMMENT), due_at)
    worker.start()
    worker.until(lambda: Letter.objects.filter(state=LetterState.sent).count() == 1)
    assert timezone.now() >= due_at
    assert [(item.kind, item.stands) for item in seen(alice)] == [(Kind.handed, True)]
    assert every_network.networks[diary.platform].pretend.published("teashop") == ()
    body = mailbox.mails[0].get_body(("plain",))
    assert body is not None
    notice = Notice.objects.get()
    assert f"{PUBLIC}/notices/{notice.id}" in str(body.get_content())

    browser = visitor(alice)
    page = browser.get(f"/notices/{notice.id}", follow=True).content.decode()
    assert TEXT in page
    assert COMMENT in page
    row = leader(post)
    saved = browser.get(f"/posts/deliveries/{row.id}/hand-off/{foreign.media}")
    made = Rendition.objects.get(media=foreign.media)
    assert (len(saved.content), made.content_type) == (made.size, "image/jpeg")
    where = _post(diary, saved.content)
    browser.post(f"/posts/deliveries/{row.id}/hand-off", {"url": where})
    assert states(post) == [State.published, State.published]
    assert [each.text for each in every_network.networks[diary.platform].pretend.published("teashop")] == [
        TEXT,
        COMMENT,
    ]
    assert [item.stands for item in seen(alice)] == [False]
    ((bucket, foreigny),) = lateness.known().items()
    assert (bucket.platform, foreigny.posts) == (diary.platform, 1)
    assert len(mailbox.mails) == 1


def _post(diary: Channel, data: bytes) -> str:
    """What she does on her phone: gives the link of what she posted."""

    async def posted() -> str:
        typed = form(data, text=TEXT, comment=COMMENT, **lines(diary))
        said = await post_by_hand(diary.url, typed)
        assert said.status == 200
        return said.url

    return ask(lambda _: posted())


def test_two_people_who_press_at_once_post_it_once(
    transactional_db: None, alice: Somebody, bob: Somebody, diary: Channel, worker: Worker
) -> None:
    post = actions.compose(alice.actor, writing(diary, picture(alice), comment=COMMENT))
    worker.start()
    worker.until(lambda: states(post)[0] == State.handed)
    worker.stop()
    row = leader(post)

    def press(somebody: Somebody) -> str:
        try:
            return actions.done(somebody.actor, row.id, url=f"{URL}?{somebody.user.name}").url
        except Conflict:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        urls = set(pool.map(press, (alice, bob)))
    assert "" in urls
    assert urls == {"", leader(post).url}
    ((_, foreigny),) = lateness.known().items()
    assert foreigny.posts == 1


def test_what_was_held_cancelled_or_rewritten_before_its_time_is_not_handed_over_as_it_was(
    worker: Worker, alice: Somebody, diary: Channel
) -> None:
    at = timezone.now() + timedelta(hours=1)
    posts = [
        actions.compose(alice.actor, writing(diary, picture(alice), text=text), at)
        for text in ("held", "cancelled", "rewritten", "last")
    ]
    held, cancelled, rewritten, last = posts
    actions.hold(alice.actor, held.id)
    actions.cancel(alice.actor, cancelled.id)
    actions.rewrite(alice.actor, rewritten.id, writing(diary, picture(alice), text="Sweet bao"))
    now = timezone.now()
    Delivery.objects.filter(state=State.scheduled).update(due_at=now, look_at=now)
    worker.start()
    worker.until(lambda: states(rewritten) == states(last) == [State.handed])
    assert (states(held), states(cancelled)) == ([State.held], [State.cancelled])
    assert set(Delivery.objects.filter(state=State.handed).values_list("sent_text", flat=True)) == {
        "Sweet bao",
        "last",
    }
