"""A post's page: where each delivery stands, what can be done about it, and whether it still moves."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hawker.core.channels.rules import State as ChannelState
from hawker.core.people.rules import Actor, Right
from hawker.core.posts.models import Post
from hawker.core.publishing import crowds, queries, rules
from hawker.core.publishing.crowds import Crowd
from hawker.core.publishing.making import Making, making_of
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import IN_HAND, WAITING, Command, Reason, State
from hawker.web.posts import words
from hawker.web.posts.words import Words

FAST, SLOW = 2, 30  # seconds between two looks
SOON = timedelta(minutes=2)
# A first comment alone has no time of its own.
OF_POSTS, OF_ANY = (Command.move, Command.hold), (Command.resume, Command.cancel)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One delivery as its page shows it. `offers`: what its reader may do with it. `making`: what is done
    with its media, where it has some and a worker has it in hand."""

    delivery: Delivery
    words: Words
    making: Making | None
    reason: Reason | None
    offers: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class CrowdLine:
    """A post's messages to people on one channel. `reasons`: why some failed, and how many for it."""

    crowd: Crowd
    words: Words
    reasons: Sequence[tuple[Reason, int]]
    offers: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`pace`: seconds until it is worth looking again; None: nothing changes by itself any more. `mark` is
    another one as soon as anything that is shown has changed, `told` where it is worth being read out."""

    summary: Words
    lines: tuple[Line, ...]
    offers: frozenset[str]
    pace: int | None
    mark: str
    told: str
    crowds: tuple[CrowdLine, ...] = ()


def progress(actor: Actor, post: Post, now: datetime) -> Progress:
    """`post` has its deliveries at hand."""
    rows = list(post.deliveries.all())
    crowded = crowd_lines(actor, post, now)
    offers = _offers(actor, post, rows)
    mendable = "edit" in offers
    lines = tuple(_line(actor, row, now, making_of(post, row), mendable=mendable) for row in rows)
    look_in = min((each for each in (pace(rows, now), crowd_pace(crowded, now)) if each), default=None)
    said = [str(line.words.label) for line in lines]
    shown: list[object] = [
        (line.reason, sorted(line.offers), line.delivery.url, line.making) for line in lines
    ]
    shown += [(line.crowd.states, line.crowd.stages, sorted(line.offers)) for line in crowded]
    return Progress(
        summary=words.of_post(post),
        lines=lines,
        offers=offers,
        pace=look_in,
        crowds=crowded,
        mark=_sum([said, shown, sorted(offers), look_in]),
        told=_sum([said, [line.crowd.states for line in crowded]]),
    )


def _sum(shown: Sequence[object]) -> str:
    return f"{zlib.crc32(repr(shown).encode()):x}"


def pace(rows: Iterable[Delivery], now: datetime) -> int | None:
    return min((each for row in rows if (each := _pace(row, now))), default=None)


def _pace(row: Delivery, now: datetime) -> int | None:
    if row.state in IN_HAND or row.lease_token:
        return FAST
    if row.state not in {State.scheduled, State.unknown} or row.look_at is None or _waits_for_sign_in(row):
        return None
    soon = row.look_at <= now + SOON
    return FAST if soon and not queries.is_paused(row) and not queries.is_asked(row) else SLOW


def _line(actor: Actor, row: Delivery, now: datetime, making: Making | None, *, mendable: bool) -> Line:
    state, offers, reason = State(row.state), set(), queries.reason_of(row)
    if actor.may(Right.publish_posts):
        asked = (Command.retry, Command.take_down, Command.done)
        offers = {each.value for each in asked if rules.may(each, state)}
        if queries.is_asked(row):
            offers.add(Command.settle.value)
        if not row.remote_id:
            offers.discard(Command.take_down.value)
    if _waits_for_sign_in(row) and actor.may(Right.manage_channels):
        offers.add("sign_in")
    if state is State.late and "retry" in offers:
        offers.add(Command.cancel.value)
    if mendable and reason and reason.field:
        offers.add("edit")
    said = words.of_making(making) if making else words.of_delivery(row, now)
    return Line(delivery=row, words=said, making=making, reason=reason, offers=frozenset(offers))


def _waits_for_sign_in(row: Delivery) -> bool:
    signed_out = row.channel.state == ChannelState.needs_sign_in
    return row.state == State.needs_sign_in or (signed_out and row.state in WAITING)


def _offers(actor: Actor, post: Post, rows: Sequence[Delivery]) -> frozenset[str]:
    every = queries.every_state(post)
    offers = set()
    if actor.may(Right.publish_posts):
        behind = {State(row.state) for row in rows if row.follows_id}
        leading = {State(row.state) for row in rows if not row.follows_id} | (every - behind)
        offers = {each.value for each in OF_POSTS if any(rules.may(each, state) for state in leading)}
        offers |= {each.value for each in OF_ANY if any(rules.may(each, state) for state in every)}
        if not every and post.variants.all():
            offers |= {"publish", "move"}
    if actor.may(Right.write_posts):
        offers |= {"edit"} if rules.may_rewrite(queries.states_of(post)) else set()
        offers |= {"delete"} if rules.may_delete(every) else set()
    return frozenset(offers)


def crowd_lines(actor: Actor, post: Post, now: datetime) -> tuple[CrowdLine, ...]:
    """Nothing is asked of the database where the post goes to nobody by name."""
    found = crowds.crowds([post.id]).get(post.id, []) if queries.is_crowd(post) else []
    return tuple(_crowd_line(actor, post, each, now) for each in found)


def _crowd_line(actor: Actor, post: Post, crowd: Crowd, now: datetime) -> CrowdLine:
    reasons = crowds.reasons(post.id, crowd.channel.id, most=3) if crowd.failed else []
    return CrowdLine(
        crowd=crowd, words=words.of_crowd(crowd, now), reasons=reasons, offers=_crowd_offers(actor, crowd)
    )


def _crowd_offers(actor: Actor, crowd: Crowd) -> frozenset[str]:
    if not actor.may(Right.publish_posts):
        return frozenset()
    offers = set()
    if crowd.failed or crowd.states.get(State.late):
        offers.add(Command.retry.value)
    if crowd.asked:
        offers.add(Command.settle.value)
    if crowd.sent and any(crowd.states.get(state) for state in (State.scheduled, State.held, State.late)):
        offers.add(Command.cancel.value)
    signed_out = crowd.channel.state == ChannelState.needs_sign_in
    if signed_out and actor.may(Right.manage_channels):
        offers.add("sign_in")
    return frozenset(offers)


def crowd_pace(lines: Iterable[CrowdLine], now: datetime) -> int | None:
    return min((each for line in lines if (each := _crowd_pace(line.crowd, now))), default=None)


def _crowd_pace(crowd: Crowd, now: datetime) -> int | None:
    """What is out may still be told of as delivered, or as read."""
    if any(crowd.states.get(state) for state in IN_HAND):
        return FAST
    if crowd.look_at:
        return FAST if crowd.look_at <= now + SOON else SLOW
    return SLOW if crowd.sent > crowd.read else None
