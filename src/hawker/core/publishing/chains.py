"""What follows what on one channel: the post, the further posts of its thread, the first comment last.

Each follows the one before it. None goes out before that one is out, and none waits for what will never be
there: whoever changes deliveries calls `link` in the same transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from hawker.connect.text import say
from hawker.core.posts.models import Post, Variant
from hawker.core.posts.values import COMMENT, POST, THREAD
from hawker.core.problems import Conflict, invalid
from hawker.core.publishing import commands, messages, queries, rules, upkeep
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import Delivery, shard_of
from hawker.core.publishing.states import WAITING, Command, Next, State
from hawker.core.rows import row_id

GONE = frozenset({State.published, State.removed})


def parts_of(post: Post) -> list[int]:
    """In the order in which they go out."""
    thread = range(THREAD, THREAD + len(post.thread))
    return [POST, *thread, *([COMMENT] if post.first_comment else [])]


def deliver(post: Post, variants: Iterable[Variant], due_at: datetime) -> None:
    """One delivery a part and channel; where the network delivers to people, one a person."""
    for variant in variants:
        if messages.is_for_people(variant):
            messages.deliver(post, variant, due_at)
        else:
            _lay(post, variant.channel_id, {}, due_at)


def rewrite(post: Post, at: datetime | None) -> None:
    """Brings the deliveries of a rewritten post in line with it: other words have another key.

    Without `at` none changes its state or time: what failed, came late or was cancelled stays so; only what
    its owner was handed is made ready anew. With `at` what single channels were spared by a cancellation
    stays cancelled, unless the whole post was. A channel on which everything has gone out is left as it is.
    Raises Invalid for a part that is published somewhere and is left out, and for what some would get twice.
    """
    rows = list(post.deliveries.all())
    _keep_published(post, rows)
    messages.demand_same_way(post)
    messages.rewrite(post, at)
    chosen = Variant.objects.filter(post=post).select_related("channel")
    variants = {each.channel_id for each in chosen if not messages.is_for_people(each)}
    unsent = [row for row in rows if row.state not in GONE]
    all_cancelled = all(row.state == State.cancelled for row in unsent)
    for row in unsent:
        row.key, row.steps = row_id(), {}
        if at is not None and (row.state != State.cancelled or all_cancelled):
            vars(row).update(_rewritten(row, at, timezone.now()))
        elif row.state == State.handed:
            vars(row).update(columns(rules.again(queries.snapshot(row)), timezone.now()))
        row.save()
    now = timezone.now()
    due_at = at or max(post.planned_at or now, now)
    for channel in variants - _complete(rows):
        _lay(post, channel, {row.part: row for row in rows if row.channel_id == channel}, due_at)
    parts = parts_of(post)
    left_out = [row.id for row in unsent if row.channel_id not in variants or row.part not in parts]
    Delivery.objects.filter(id__in=left_out).delete()
    link(post)


def _rewritten(row: Delivery, at: datetime, now: datetime) -> dict[str, object]:
    then = commands.commanded(queries.snapshot(row), Command.rewrite, now, at=at)
    return columns(then, now) if then else {}


def link(post: Post) -> None:
    """Puts right when each follower is to be looked at, by what became of that which it follows."""
    now = timezone.now()
    rows = list(Delivery.objects.filter(post=post, recipient=None).order_by("channel_id"))
    known = {row.id: row for row in rows}
    for row in sorted(rows, key=turn):
        leader = known.get(row.follows_id) if row.follows_id else None
        then = _followed(row, leader, now) if leader else None
        if then is not None:
            changed = columns(then, now)
            Delivery.objects.filter(id=row.id).update(**changed)
            vars(row).update(changed)


def call(leaders: Collection[UUID], now: datetime) -> None:
    """These are published: what follows them may go out, or be looked for."""
    if leaders:
        Delivery.objects.filter(follows__in=leaders, state__in=WAITING).update(due_at=now, look_at=now)


def may_follow(leader: Delivery | None) -> bool:
    """Whether there is, or still may be, something to answer."""
    return leader is None or upkeep.may_follow(State(leader.state), addressed=bool(leader.remote_id))


def stop_behind(row: Delivery) -> list[Delivery]:
    """Cancels what was to follow this delivery; gives what has followed it already, the last one first.

    Raises Conflict where some of it is on its way.
    """
    beside = Delivery.objects.filter(post=row.post_id, channel=row.channel_id, recipient=None)
    rows = beside.select_for_update()
    behind = sorted((each for each in rows if turn(each) > turn(row)), key=turn, reverse=True)
    if any(each.state in {State.sending, State.unknown} for each in behind):
        raise Conflict(say("What follows this is on its way. Wait until it is settled, then take it down."))
    now = timezone.now()
    for each in behind:
        then = upkeep.followed(queries.snapshot(each), State.removed, addressed=True, now=now)
        if then is not None:
            Delivery.objects.filter(id=each.id).update(**columns(then, now))
    return [each for each in behind if each.state == State.published and each.remote_id]


def turn(row: Delivery) -> int:
    """Its place in the order in which a channel's parts go out."""
    return THREAD + 10_000 if row.part == COMMENT else row.part


def _lay(post: Post, channel: UUID, there: Mapping[int, Delivery], due_at: datetime) -> None:
    """Completes one channel's chain. A part that comes in between moves those behind it on."""
    leader: Delivery | None = None
    for part in parts_of(post):
        row = there.get(part)
        if row is None:
            row = _row(post, channel, part, due_at)
        if row.state not in GONE:
            row.follows = leader
            row.save()
        leader = row


def _row(post: Post, channel: UUID, part: int, due_at: datetime) -> Delivery:
    return Delivery(
        workspace_id=post.workspace_id,
        post=post,
        channel_id=channel,
        part=part,
        shard=shard_of(channel),
        due_at=due_at,
        look_at=due_at if part == POST else None,
        key=row_id(),
    )


def _followed(row: Delivery, leader: Delivery, now: datetime) -> Next | None:
    seen, addressed = queries.snapshot(row), bool(leader.remote_id)
    return upkeep.followed(seen, State(leader.state), addressed=addressed, now=now)


def _complete(rows: Iterable[Delivery]) -> set[UUID]:
    """Channels on which everything that was meant for them has gone out."""
    every = list(rows)
    return {row.channel_id for row in every} - {row.channel_id for row in every if row.state not in GONE}


def _keep_published(post: Post, rows: Iterable[Delivery]) -> None:
    parts = parts_of(post)
    gone = [row.part for row in rows if row.state == State.published and row.part not in parts]
    of_thread = [part for part in gone if part >= THREAD]
    if of_thread:
        sentence = say("Part %(part)s is published already, so it must stay.", part=max(of_thread))
        raise invalid("thread", sentence)
