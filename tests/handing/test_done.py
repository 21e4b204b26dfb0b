"""Her word that it is posted, and all else that she may say of what was handed to her."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.notices import queries as notices
from hawker.core.notices import telling
from hawker.core.people.rules import Role
from hawker.core.posts.models import Post
from hawker.core.problems import Conflict, Invalid, NotAllowed, NotFound
from hawker.core.publishing import actions, handing, lateness, pauses, queries, sweeping
from hawker.core.publishing.models import Delivery, Pause
from hawker.core.publishing.queries import Shelf
from hawker.core.publishing.rules import WAITED
from hawker.core.publishing.states import State
from tests.cast import Somebody, colleague
from tests.handing.scene import COMMENT, TEXT, URL, hand_over, leader, picture, states, write, writing

NO_ADDRESSES = [
    "ftp://x.example/1",
    "javascript:alert(1)",
    "https://",
    "tea",
    "https://x.example/" + "x" * 1000,
]
HOURS = timedelta(hours=5)


def told(alice: Somebody) -> list[tuple[str, bool]]:
    """Of what she was told, the latest first, and whether it still needs her."""
    telling.tell(timezone.now())
    return [(each.kind.value, each.stands) for each in notices.notices(alice.actor)]


def test_what_is_due_is_handed_over_and_needs_her(alice: Somebody, post: Post) -> None:
    assert hand_over() == 1
    assert states(post) == [State.handed, State.scheduled]
    assert queries.state_of(queries.post(alice.actor, post.id)) == "handed"
    assert queries.shelf_sizes(alice.actor)[Shelf.attention] == 1
    assert not queries.due(timezone.now() + HOURS).exists()


def test_what_was_handed_over_holds_its_words_its_pictures_and_what_follows(
    alice: Somebody, handed: Delivery
) -> None:
    task = handing.task(alice.actor, handed.id)
    assert task.waits
    assert [(piece.draft.text, len(piece.items)) for piece in task.pieces] == [(TEXT, 1), (COMMENT, 0)]
    assert [piece.is_comment for piece in task.pieces] == [False, True]
    assert task.pieces[0].items[0].medium.alt == "A basket of bao"
    assert handed.sent_text == TEXT


def test_done_publishes_it_where_she_says_with_what_follows(alice: Somebody, handed: Delivery) -> None:
    before = timezone.now()
    row = actions.done(alice.actor, handed.id, url=URL)
    assert (row.state, row.url, row.remote_id) == (State.published, URL, "")
    assert row.published_at is not None
    assert row.published_at >= before
    comment = Delivery.objects.get(post=handed.post_id, part=1)
    assert (comment.state, comment.url, comment.sent_text) == (State.published, URL, COMMENT)
    assert queries.state_of(queries.post(alice.actor, handed.post_id)) == "published"
    assert not handing.task(alice.actor, handed.id).waits


def test_done_without_an_address(alice: Somebody, handed: Delivery) -> None:
    row = actions.done(alice.actor, handed.id)
    assert (row.state, row.url) == (State.published, "")


def test_it_counts_for_how_late_posts_go_out(alice: Somebody, handed: Delivery) -> None:
    Delivery.objects.filter(id=handed.id).update(due_at=timezone.now() - timedelta(minutes=20))
    actions.done(alice.actor, handed.id, url=URL)
    ((bucket, tally),) = lateness.known().items()
    assert (bucket.platform, tally.posts) == (handed.channel.platform, 1)
    assert 1200 <= tally.seconds < 1300


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_what_is_no_address_is_refused(alice: Somebody, handed: Delivery, url: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.done(alice.actor, handed.id, url=url)
    (problem,) = refused.value.problems
    assert (problem.field, "https://" in str(problem.sentence)) == ("url", True)
    assert states(handed.post) == [State.handed, State.scheduled]


def test_who_comes_second_is_told_so(alice: Somebody, bob: Somebody, handed: Delivery) -> None:
    actions.done(bob.actor, handed.id, url=URL)
    with pytest.raises(Conflict):
        actions.done(alice.actor, handed.id, url="https://network.example/another")
    assert leader(handed.post).url == URL


def test_nothing_is_done_that_was_not_handed_over(
    alice: Somebody, charlie: Somebody, post: Post, shop: list[Channel]
) -> None:
    with pytest.raises(Conflict):
        actions.done(alice.actor, leader(post).id, url=URL)
    hand_over()
    reader = colleague(alice, "Rita", Role.analyst)
    with pytest.raises(NotAllowed):
        actions.done(reader.actor, leader(post).id, url=URL)
    with pytest.raises(NotFound):
        actions.done(charlie.actor, leader(post).id, url=URL)
    sent = actions.compose(alice.actor, writing(shop[0]))
    assert not handing.task(alice.actor, leader(sent).id).waits
    with pytest.raises(Conflict):
        actions.done(alice.actor, leader(sent).id, url=URL)


def test_what_she_will_not_post_is_cancelled_with_what_follows(alice: Somebody, handed: Delivery) -> None:
    actions.cancel_delivery(alice.actor, handed.id)
    assert states(handed.post) == [State.cancelled, State.cancelled]
    actions.retry(alice.actor, handed.id)
    assert hand_over() == 1


def test_another_time_hands_it_over_then_and_tells_her_then(alice: Somebody, handed: Delivery) -> None:
    assert told(alice) == [("handed", True)]
    at = timezone.now() + timedelta(hours=1)
    actions.move(alice.actor, handed.post_id, at)
    assert (hand_over(), told(alice)) == (0, [("handed", False)])
    assert hand_over(at + timedelta(seconds=1)) == 1
    assert told(alice) == [("handed", True), ("handed", False)]


def test_while_everything_is_on_hold_she_is_not_told_to_post(alice: Somebody, handed: Delivery) -> None:
    """It was in a worker's hand when somebody held everything."""
    pauses.hold_all(alice.actor)
    assert told(alice) == []
    Pause.objects.update(ended_at=timezone.now())
    assert told(alice) == [("handed", True)]


def test_what_is_on_hold_is_not_handed_over(alice: Somebody, diary: Channel) -> None:
    post = write(alice, diary, at=timezone.now() + timedelta(minutes=1))
    actions.hold(alice.actor, post.id)
    later = timezone.now() + timedelta(minutes=2)
    assert (hand_over(later), states(post)) == (0, [State.held])
    actions.resume(alice.actor, post.id)
    assert (hand_over(later), states(post)) == (1, [State.handed])
    actions.hold(alice.actor, post.id)
    assert states(post) == [State.held]


def test_what_was_rewritten_before_its_time_is_handed_over_as_it_reads_then(
    alice: Somebody, diary: Channel
) -> None:
    at = timezone.now() + timedelta(minutes=1)
    post = write(alice, diary, at=at)
    actions.rewrite(alice.actor, post.id, writing(diary, picture(alice), text="Sweet bao"), at)
    hand_over(at + timedelta(seconds=1))
    (piece,) = handing.task(alice.actor, leader(post).id).pieces
    assert piece.draft.text == "Sweet bao"


def test_what_is_rewritten_afterwards_is_made_ready_anew_and_not_told_twice(
    alice: Somebody, diary: Channel, handed: Delivery
) -> None:
    assert told(alice) == [("handed", True)]
    actions.rewrite(alice.actor, handed.post_id, writing(diary, picture(alice), text="Sweet bao"))
    assert states(handed.post) == [State.scheduled]
    assert hand_over() == 1
    assert told(alice) == [("handed", True)]
    assert leader(handed.post).sent_text == "Sweet bao"


def test_past_the_limit_she_is_told_once_more_and_can_still_say_that_it_is_done(
    alice: Somebody, handed: Delivery
) -> None:
    assert told(alice) == [("handed", True)]
    over = handed.due_at + timedelta(hours=2)
    sweeping.sweep(over - timedelta(seconds=1))
    assert told(alice) == [("handed", True)]
    for _ in range(2):
        sweeping.sweep(over + timedelta(seconds=1))
        assert told(alice) == [("late", True), ("handed", True)]
    row = leader(handed.post)
    assert (row.state, row.look_at, queries.reason_of(row)) == (State.handed, None, WAITED)
    actions.done(alice.actor, handed.id, url=URL)
    assert told(alice) == [("late", False), ("handed", False)]


def test_what_nobody_took_in_hand_for_hours_is_hers_to_decide(alice: Somebody, post: Post) -> None:
    hand_over(timezone.now() + HOURS)
    assert states(post) == [State.late, State.scheduled]
    actions.retry(alice.actor, leader(post).id)
    assert hand_over() == 1


def test_what_a_removed_channel_holds_is_cancelled(alice: Somebody, diary: Channel, handed: Delivery) -> None:
    channels.remove(alice.actor, diary.id)
    sweeping.sweep(timezone.now())
    assert states(handed.post) == [State.cancelled, State.cancelled]


def test_what_she_posted_herself_is_not_taken_down_from_here(alice: Somebody, handed: Delivery) -> None:
    actions.done(alice.actor, handed.id, url=URL)
    with pytest.raises(Conflict, match="Delete it at the network itself"):
        actions.take_down(alice.actor, handed.id)


def test_a_post_that_waits_for_her_can_be_deleted(alice: Somebody, handed: Delivery) -> None:
    actions.delete(alice.actor, handed.post_id)
    assert not Post.objects.filter(id=handed.post_id).exists()
