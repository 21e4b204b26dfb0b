"""Reads of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Coalesce

from hawker.connect.text import Sentence
from hawker.connect.values import Published
from hawker.core.channels.rules import State as ChannelState
from hawker.core.people.rules import Actor
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Attachment, Post, Variant
from hawker.core.problems import NotFound
from hawker.core.publishing import rules
from hawker.core.publishing.models import Delivery, Heartbeat
from hawker.core.publishing.states import IN_HAND, WAITING, Reason, Snapshot, State

ALIVE_FOR = timedelta(seconds=60)


class Shelf(StrEnum):
    """How a list of posts can be narrowed."""

    all = "all"
    drafts = "drafts"
    scheduled = "scheduled"
    published = "published"
    attention = "attention"


ATTENTION = Q(state__in=[State.failed, State.needs_sign_in, State.late]) | Q(
    state=State.unknown, look_at=None, lease_token=None
)
_SHELVES: dict[Shelf, Q] = {
    Shelf.scheduled: Q(state__in=[*IN_HAND, *WAITING, State.held]),
    Shelf.published: Q(state=State.published),
    Shelf.attention: ATTENTION,
}


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """Whether somebody works on the ledger. `beat_at`: the last sign of life; `overdue`: posts not in hand
    a minute after they were to be."""

    beat_at: datetime | None
    overdue: int
    alive: bool


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The post at which a page of a list ended."""

    created_at: datetime
    id: UUID


def posts_on(actor: Actor, shelf: Shelf = Shelf.all) -> QuerySet[Post]:
    """Posts with their deliveries at hand, the newest first."""
    found = _with_deliveries(posts.posts(actor))
    mine = Delivery.objects.filter(post=OuterRef("pk"))
    if shelf is Shelf.drafts:
        return found.filter(~Exists(mine))
    return found if shelf is Shelf.all else found.filter(Exists(mine.filter(_SHELVES[shelf])))


def listed(actor: Actor, shelf: Shelf = Shelf.all) -> QuerySet[Post]:
    """As `posts_on`, with what a list shows of the pictures: the first one's id (`cover`) and how many there
    are (`pictures`). What is scheduled comes in the order in which it goes out."""
    mine = Attachment.objects.filter(post=OuterRef("pk")).order_by("place")
    count = mine.order_by().values("post").annotate(n=Count("pk")).values("n")
    found = posts_on(actor, shelf).prefetch_related(None)
    found = found.annotate(
        cover=Subquery(mine.values("media")[:1], output_field=UUIDField()),
        pictures=Coalesce(Subquery(count), 0),
    )
    if shelf is Shelf.scheduled:
        found = found.order_by("planned_at", "id")
    variants = Variant.objects.select_related("channel")
    return _with_deliveries(found).prefetch_related(Prefetch("variants", variants))


def page(actor: Actor, shelf: Shelf, *, before: Mark | None, rows: int) -> list[Post]:
    """Posts with their deliveries at hand, the newest first; `before` goes on from an earlier page."""
    found = posts_on(actor, shelf)
    if before is not None:
        same_instant = Q(created_at=before.created_at, id__lt=before.id)
        found = found.filter(Q(created_at__lt=before.created_at) | same_instant)
    return list(found[:rows])


def shelf_sizes(actor: Actor) -> dict[Shelf, int]:
    """How many posts stand on each shelf."""
    mine = Delivery.objects.filter(post=OuterRef("pk"))
    on_shelf = {shelf: Exists(mine.filter(which)) for shelf, which in _SHELVES.items()}
    sizes = Post.objects.filter(workspace_id=actor.workspace).aggregate(
        all=Count("pk"),
        drafts=Count("pk", filter=~Exists(mine)),
        **{shelf.value: Count("pk", filter=which) for shelf, which in on_shelf.items()},
    )
    return {Shelf(name): number for name, number in sizes.items()}


def post(actor: Actor, post_id: UUID) -> Post:
    """A post with its deliveries at hand. Raises NotFound."""
    found = _with_deliveries(posts.posts(actor)).filter(id=post_id).first()
    if found is None:
        raise NotFound
    return found


def to_rewrite(actor: Actor, post_id: UUID) -> tuple[Post, frozenset[State]]:
    """A post that is to be changed, and the states of its deliveries. Raises NotFound."""
    counts = {state.value: Count("deliveries", filter=Q(deliveries__state=state)) for state in State}
    found = posts.posts(actor).annotate(**counts).filter(id=post_id).first()
    if found is None:
        raise NotFound
    return found, frozenset(state for state in State if getattr(found, state.value))


def delivery(actor: Actor, delivery_id: UUID) -> Delivery:
    """Raises NotFound."""
    found = Delivery.objects.filter(workspace_id=actor.workspace, id=delivery_id)
    row = found.select_related("channel", "post").first()
    if row is None:
        raise NotFound
    return row


def state_of(post: Post) -> str:
    """The state of a post, from those of its deliveries (rules.summary)."""
    rows = list(post.deliveries.all())
    return rules.summary((State(each.state) for each in rows), asked=any(map(is_asked, rows)))


def is_asked(row: Delivery) -> bool:
    """Whether only the owner can say what became of this delivery: Hawker cannot look for it."""
    return row.state == State.unknown and row.look_at is None and row.lease_token is None


def snapshot(row: Delivery) -> Snapshot:
    return Snapshot(
        state=State(row.state), due_at=row.due_at, attempt=row.attempt, tries=row.tries, sent_at=row.sent_at
    )


def reason_of(row: Delivery) -> Reason | None:
    """Why a delivery is where it is, where there is something to say."""
    said = row.error
    if not said:
        return None
    return Reason(sentence=Sentence(said["text"], said["params"]), code=said["code"], field=said["field"])


def published_of(row: Delivery) -> Published:
    return Published(remote_id=row.remote_id, url=row.url, detail=row.remote_detail)


def due(now: datetime, shards: Sequence[int] | None = None) -> QuerySet[Delivery]:
    """What a worker may take in hand: it is time, nobody has it, its channel is connected and not at work."""
    at_work = Delivery.objects.filter(channel=OuterRef("channel"), state__in=IN_HAND)
    return _in_shards(shards).filter(
        ~Exists(at_work),
        state__in=WAITING,
        look_at__lte=now,
        lease_token=None,
        channel__state=ChannelState.connected,
    )


def next_look(now: datetime, shards: Sequence[int] | None = None) -> datetime | None:
    """When the next delivery that nobody has in hand will be due."""
    waiting = _in_shards(shards).filter(state__in=WAITING, look_at__gt=now, lease_token=None)
    first: datetime | None = waiting.aggregate(first=Min("look_at"))["first"]
    return first


def _in_shards(shards: Sequence[int] | None) -> QuerySet[Delivery]:
    return Delivery.objects.all() if shards is None else Delivery.objects.filter(shard__in=shards)


def pulse(now: datetime) -> Pulse:
    beats, late = Heartbeat.objects.order_by(), due(now - ALIVE_FOR).order_by()
    counted = [
        found.annotate(what=Value(what)).values("what").annotate(at=Max(at), number=Count("pk"))
        for what, found, at in (("beat", beats, "beat_at"), ("late", late, "look_at"))
    ]
    seen = {row["what"]: row for row in counted[0].union(counted[1], all=True)}
    beat_at: datetime | None = seen["beat"]["at"]
    alive = beat_at is not None and beat_at > now - ALIVE_FOR
    return Pulse(beat_at=beat_at, overdue=seen["late"]["number"], alive=alive)


def _with_deliveries(found: QuerySet[Post]) -> QuerySet[Post]:
    rows = Delivery.objects.select_related("channel").order_by(
        F("channel__connected_at"), "channel_id", "part"
    )
    return found.prefetch_related(Prefetch("deliveries", rows))
