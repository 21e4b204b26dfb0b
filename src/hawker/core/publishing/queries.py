"""Reads of the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
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
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject

from hawker.connect.text import Sentence
from hawker.connect.values import Published
from hawker.core.channels.rules import State as ChannelState
from hawker.core.contacts.rules import Consent
from hawker.core.people.rules import Actor
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Attachment, Post, Variant
from hawker.core.posts.values import COMMENT
from hawker.core.problems import NotFound
from hawker.core.publishing import making, rules
from hawker.core.publishing.models import OF_MESSAGES, OPEN, Delivery, Heartbeat, Pause
from hawker.core.publishing.states import IN_HAND, WAITING, Reason, Snapshot, State

ALIVE_FOR = timedelta(seconds=60)
ASKED = "asked"


class Shelf(StrEnum):
    """How a list of posts can be narrowed."""

    all = "all"
    drafts = "drafts"
    scheduled = "scheduled"
    published = "published"
    attention = "attention"


def asked(prefix: str = "") -> Q:
    """`rules.is_asked` of rows; `prefix` leads to the deliveries."""
    in_vain = Q(**{f"{prefix}look_at": None}) | Q(**{f"{prefix}tries__gte": rules.ASK_AT})
    return in_vain & Q(**{f"{prefix}state": State.unknown, f"{prefix}lease_token": None})


_OUT = Delivery.objects.filter(OF_MESSAGES, post=OuterRef("post"), state=State.published)
# A few messages that came back, of a post that went out to others, need nobody.
ATTENTION = (
    Q(state__in=[State.handed, State.needs_sign_in, State.late])
    | Q(Q(recipient=None) | ~Exists(_OUT), state=State.failed)
    | asked()
    | Q(state__in=WAITING, channel__state=ChannelState.needs_sign_in)
)
_SHELVES: dict[Shelf, Q] = {
    Shelf.scheduled: Q(state__in=[*IN_HAND, *WAITING, State.held]),
    Shelf.published: Q(state=State.published),
    Shelf.attention: ATTENTION,
}


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Publishing is on hold since then; `channel` is None where it is the whole business."""

    since: datetime
    by: str
    reason: str
    channel: UUID | None
    handle: str


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """Whether somebody works on the ledger. `beat_at`: the last sign of life; `overdue`: posts not in hand
    a minute after they were to be; `holds`: what is on hold in one business, the whole of it first."""

    beat_at: datetime | None
    overdue: int
    alive: bool
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The post at which a page of a list ended."""

    created_at: datetime
    id: UUID


def posts_on(actor: Actor, shelf: Shelf = Shelf.all) -> QuerySet[Post]:
    """Posts with their deliveries at hand, the newest first; messages to people are counted only."""
    found = with_deliveries(posts.posts(actor))
    mine = Delivery.objects.filter(post=OuterRef("pk"))
    if shelf is Shelf.drafts:
        return found.filter(~Exists(mine))
    return found if shelf is Shelf.all else found.filter(Exists(mine.filter(_SHELVES[shelf])))


def listed(actor: Actor, shelf: Shelf = Shelf.all) -> QuerySet[Post]:
    """As `posts_on`, with what a list shows of the media: the first one's id (`cover`), how long that lasts
    where it is a video (`cover_seconds`), and how many there are (`pictures`). What is scheduled comes in
    the order in which it goes out."""
    mine = Attachment.objects.filter(post=OuterRef("pk")).order_by("part", "place")
    count = mine.order_by().values("post").annotate(n=Count("pk")).values("n")
    found = posts_on(actor, shelf).prefetch_related(None)
    found = found.annotate(
        cover=Subquery(mine.values("media")[:1], output_field=UUIDField()),
        cover_seconds=Subquery(mine.values("media__seconds")[:1]),
        pictures=Coalesce(Subquery(count), 0),
    )
    if shelf is Shelf.scheduled:
        found = found.order_by("planned_at", "id")
    variants = Variant.objects.select_related("channel")
    return with_deliveries(found).prefetch_related(Prefetch("variants", variants))


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
    found = with_deliveries(posts.posts(actor)).filter(id=post_id).first()
    if found is None:
        raise NotFound
    return found


def to_rewrite(actor: Actor, post_id: UUID) -> tuple[Post, frozenset[State]]:
    """A post that is to be changed, and the states of its deliveries. Raises NotFound."""
    single = Q(deliveries__recipient=None)
    counts = {state.value: Count("deliveries", filter=single & Q(deliveries__state=state)) for state in State}
    found = posts.posts(actor).annotate(**counts, crowd=_crowd()).filter(id=post_id).first()
    if found is None:
        raise NotFound
    return found, frozenset(state for state in State if getattr(found, state.value)) | _gist(found)


def delivery(actor: Actor, delivery_id: UUID) -> Delivery:
    """Raises NotFound."""
    found = Delivery.objects.filter(workspace_id=actor.workspace, id=delivery_id)
    row = found.select_related("channel", "post", "follows").annotate(paused=paused()).first()
    if row is None:
        raise NotFound
    return row


def state_of(post: Post) -> str:
    """The state of a post, from those of its deliveries (rules.summary)."""
    asked = any(map(is_asked, post.deliveries.all())) or bool(_counted(post).get(ASKED))
    return rules.summary(states_of(post), asked=asked)


def states_of(post: Post) -> frozenset[State]:
    """Of what a post, read here, became: of its deliveries one by one, and of what its messages come to."""
    return frozenset(State(each.state) for each in post.deliveries.all()) | _gist(post)


def every_state(post: Post) -> frozenset[State]:
    """As `states_of`, also those of few messages among many."""
    single = frozenset(State(each.state) for each in post.deliveries.all())
    return single | frozenset(state for state in State if _counted(post).get(state))


def is_planned(post: Post) -> bool:
    """Whether a post, read here, has deliveries: it is to go out, or has."""
    return is_crowd(post) or bool(post.deliveries.all())


def is_crowd(post: Post) -> bool:
    """Whether a post, read here, goes to people one by one."""
    return bool(_counted(post))


def _gist(post: Post) -> frozenset[State]:
    return rules.gist(state for state in State if _counted(post).get(state))


def _counted(post: Post) -> Mapping[str, int]:
    """How many of its messages are in which state; empty where it has none."""
    return vars(post).get("crowd") or {}


def _crowd() -> Subquery:
    """Of posts: their messages, counted. The rows themselves are thousands."""
    mine = Delivery.objects.filter(OF_MESSAGES, post=OuterRef("pk")).order_by().values("post")
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in State}
    counts[ASKED] = Count("pk", filter=asked())
    return Subquery(mine.annotate(told=JSONObject(**counts)).values("told"))


def is_asked(row: Delivery) -> bool:
    """Whether the owner is asked what became of this delivery: Hawker cannot look for it, or not for long."""
    return rules.is_asked(snapshot(row))


def paused() -> Exists:
    """Of deliveries: whether publishing is on hold, in the whole business or on their channel."""
    here = Q(channel=None) | Q(channel=OuterRef("channel"))
    return Exists(Pause.objects.filter(OPEN, here, workspace=OuterRef("workspace")))


def wanted() -> Q:
    """Of deliveries: that the person whom it is for, if it is for one, agrees to be written to now."""
    return Q(recipient=None) | Q(contact__consent=Consent.given)


def is_anything_paused() -> bool:
    """In any business."""
    return Pause.objects.filter(OPEN).exists()


def pauses(actor: Actor) -> QuerySet[Pause]:
    """What is on hold now, the whole business first."""
    found = Pause.objects.filter(OPEN, workspace_id=actor.workspace).select_related("channel")
    shown = found.exclude(channel__state=ChannelState.removed)
    return shown.order_by(F("channel__connected_at").asc(nulls_first=True), "id")


def pause(actor: Actor, pause_id: UUID) -> Pause:
    """An open one. Raises NotFound."""
    found = pauses(actor).filter(id=pause_id).first()
    if found is None:
        raise NotFound
    return found


def is_paused(row: Delivery) -> bool:
    """Whether this delivery, which was read here, waits for the end of a pause."""
    return row.state == State.scheduled and bool(vars(row)["paused"])


def snapshot(row: Delivery) -> Snapshot:
    return Snapshot(
        state=State(row.state),
        due_at=row.due_at,
        look_at=row.look_at,
        attempt=row.attempt,
        tries=row.tries,
        sent_at=row.sent_at,
        leased=row.lease_token is not None,
    )


def reason_of(row: Delivery) -> Reason | None:
    """Why a delivery is where it is, where there is something to say."""
    return said(row.error)


def said(told: dict[str, Any] | None) -> Reason | None:
    """The reason that a row keeps."""
    if not told:
        return None
    return Reason(sentence=Sentence(told["text"], told["params"]), code=told["code"], field=told["field"])


def published_of(row: Delivery) -> Published:
    return Published(remote_id=row.remote_id, url=row.url, detail=row.remote_detail)


def due(now: datetime, shards: Sequence[int] | None = None) -> QuerySet[Delivery]:
    """What a worker may take in hand: it is time, nobody has it, its channel is connected and not at work.

    While publishing is on hold nothing is sent; what is unknown is still looked for.
    """
    at_work = Delivery.objects.filter(channel=OuterRef("channel"), state__in=IN_HAND)
    return _in_shards(shards).filter(
        Q(state=State.unknown) | ~paused(),
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


def workers() -> list[Heartbeat]:
    """Those that have given a sign of life lately, the last heard of first."""
    return list(Heartbeat.objects.order_by("-beat_at", "worker"))


def pulse(now: datetime, workspace: UUID | None = None) -> Pulse:
    """In one query. `workspace`: the business whose holds are told."""
    # A beat of a clock that was ahead says nothing of today.
    beats = Heartbeat.objects.order_by().filter(beat_at__lt=now + ALIVE_FOR)
    late = due(now - ALIVE_FOR).order_by()
    counted = [
        found.annotate(what=Value(what), **_NOBODY)
        .values("what", *_NOBODY)
        .annotate(at=Max(at), number=Count("pk"))
        for what, found, at in (("beat", beats, "beat_at"), ("late", late, "look_at"))
    ]
    holds = [_holds(workspace)] if workspace else []
    rows = list(counted[0].union(counted[1], *holds, all=True))
    seen = {row["what"]: row for row in rows}
    beat_at: datetime | None = seen["beat"]["at"]
    return Pulse(
        beat_at=beat_at,
        overdue=seen["late"]["number"],
        alive=beat_at is not None and beat_at > now - ALIVE_FOR,
        holds=_in_order(row for row in rows if row["what"] == "hold"),
    )


# The columns in which a hold is told, for those rows of the pulse that are none.
_NOBODY = {name: Value("") for name in ("who", "why", "handle", "place")}


def _holds(workspace: UUID) -> QuerySet[Pause, Any]:
    found = Pause.objects.order_by().filter(OPEN, workspace_id=workspace)
    told: QuerySet[Pause, Any] = found.exclude(channel__state=ChannelState.removed).annotate(
        what=Value("hold"),
        who=F("by"),
        why=F("reason"),
        handle=Coalesce(F("channel__handle"), Value("")),
        place=Coalesce(Cast("channel_id", TextField()), Value(""), output_field=TextField()),
        at=F("since"),
        number=Value(1),
    )
    rows: QuerySet[Pause, Any] = told.values("what", *_NOBODY, "at", "number")
    return rows


def _in_order(rows: Iterable[dict[str, Any]]) -> tuple[Hold, ...]:
    holds = [
        Hold(
            since=row["at"],
            by=row["who"],
            reason=row["why"],
            channel=UUID(row["place"]) if row["place"] else None,
            handle=row["handle"],
        )
        for row in rows
    ]
    return tuple(sorted(holds, key=lambda hold: (hold.channel is not None, hold.since)))


def with_deliveries(found: QuerySet[Post]) -> QuerySet[Post]:
    comment_last = Case(When(part=COMMENT, then=Value(1)), default=Value(0))
    rows = Delivery.objects.filter(recipient=None).select_related("channel")
    rows = rows.annotate(paused=paused(), under_way=making.under_way())
    rows = rows.order_by(F("channel__connected_at"), "channel_id", comment_last, "part")
    return found.annotate(crowd=_crowd()).prefetch_related(Prefetch("deliveries", rows))
