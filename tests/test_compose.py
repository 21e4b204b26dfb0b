"""A post written and sent out in one go, and once however often it is asked for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.people.rules import Actor, Role
from hawker.core.posts.models import Post, Receipt
from hawker.core.posts.values import Wording, Writing
from hawker.core.problems import Conflict, Invalid, NotAllowed
from hawker.core.publishing import actions
from hawker.core.publishing.models import Delivery
from tests.cast import Somebody

DRAFT = Writing(text="tea", language="en")


def test_a_post_and_its_deliveries_come_together(alice: Somebody, shop: list[Channel]) -> None:
    at = timezone.now() + timedelta(hours=1)
    wordings = tuple(Wording(channel=channel.id) for channel in shop)
    post = actions.compose(alice.actor, Writing(text="tea", language="en", wordings=wordings), at)
    assert set(Delivery.objects.values_list("post", "due_at")) == {(post.id, at)}


def test_what_is_refused_leaves_nothing_and_its_key_stays_free(alice: Somebody, shop: list[Channel]) -> None:
    with pytest.raises(Invalid):
        actions.compose(alice.actor, DRAFT, key="k")
    assert not Post.objects.exists()
    assert not Receipt.objects.exists()
    mended = Writing(text="tea", language="en", wordings=(Wording(channel=shop[0].id),))
    assert actions.compose(alice.actor, mended, key="k").deliveries.count() == 1


def test_a_key_is_good_for_a_day(alice: Somebody) -> None:
    first = actions.compose(alice.actor, DRAFT, draft=True, key="k")
    assert actions.compose(alice.actor, DRAFT, draft=True, key="k").id == first.id
    Receipt.objects.update(made_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert actions.compose(alice.actor, DRAFT, draft=True, key="k").id != first.id
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("other", [Writing(text="coffee", language="en"), Writing(text="tea", language="ja")])
def test_a_key_stands_for_one_writing(alice: Somebody, other: Writing) -> None:
    actions.compose(alice.actor, DRAFT, draft=True, key="k")
    with pytest.raises(Conflict):
        actions.compose(alice.actor, other, draft=True, key="k")


def test_a_key_stands_for_one_time(alice: Somebody) -> None:
    actions.compose(alice.actor, DRAFT, draft=True, key="k")
    with pytest.raises(Conflict):
        actions.compose(alice.actor, DRAFT, timezone.now() + timedelta(hours=1), draft=True, key="k")


def test_a_post_that_was_deleted_does_not_come_back(alice: Somebody) -> None:
    post = actions.compose(alice.actor, DRAFT, draft=True, key="k")
    actions.delete(alice.actor, post.id)
    with pytest.raises(Conflict, match="deleted"):
        actions.compose(alice.actor, DRAFT, draft=True, key="k")


def test_who_may_not_write_learns_nothing_from_a_key(alice: Somebody) -> None:
    actions.compose(alice.actor, DRAFT, draft=True, key="k")
    analyst = Actor(workspace=alice.actor.workspace, role=Role.analyst, label="Ann")
    with pytest.raises(NotAllowed):
        actions.compose(analyst, DRAFT, draft=True, key="k")


def test_two_at_the_same_moment_make_one_post(transactional_db: None, alice: Somebody) -> None:
    together = Barrier(4)

    def compose(_: int) -> Post:
        together.wait(timeout=30)
        try:
            return actions.compose(alice.actor, DRAFT, draft=True, key="k")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        made = {post.id for post in pool.map(compose, range(4))}
    assert made == set(Post.objects.values_list("id", flat=True))
    assert len(made) == 1
