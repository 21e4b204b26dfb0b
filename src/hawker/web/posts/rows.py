"""A post as the list shows it."""

from dataclasses import dataclass
from datetime import datetime

from hawker.core.channels.models import Channel
from hawker.core.channels.rules import State as ChannelState
from hawker.core.posts.models import Post
from hawker.core.publishing import messages, queries
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.web.posts import words
from hawker.web.posts.words import Words


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A channel's icon in a row; without words for a draft, which goes nowhere yet."""

    channel: Channel
    words: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Need:
    """`step`: what she does about it: post, look, sign_in, decide or see."""

    delivery: Delivery
    words: Words
    step: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """`post` comes from `publishing.queries.listed`. `at`: when it went out, or is to. `needs`: those of its
    deliveries with which only a person can go on."""

    post: Post
    summary: Words
    marks: tuple[Mark, ...]
    at: datetime | None
    needs: tuple[Need, ...] = ()


def row(post: Post, now: datetime) -> Row:
    deliveries = [each for each in post.deliveries.all() if not each.follows_id]
    sent = [each.published_at for each in deliveries if each.published_at]
    drawn = [Mark(channel=each.channel, words=words.of_delivery(each, now)) for each in deliveries]
    summary = words.of_post(post)
    if queries.is_crowd(post):
        people = (each.channel for each in post.variants.all() if messages.is_for_people(each))
        drawn += [Mark(channel=channel, words=summary) for channel in people]
    return Row(
        post=post,
        summary=summary,
        marks=tuple(drawn or [Mark(channel=each.channel) for each in post.variants.all()]),
        at=min(sent, default=post.planned_at),
        needs=tuple(need for each in post.deliveries.all() if (need := _need(each, now))),
    )


def _need(row: Delivery, now: datetime) -> Need | None:
    step = _STEPS.get(State(row.state))
    if queries.is_asked(row):
        step = "look"
    elif row.state == State.scheduled and row.channel.state == ChannelState.needs_sign_in:
        step = "sign_in"
    return Need(delivery=row, words=words.of_delivery(row, now), step=step) if step else None


_STEPS = {
    State.handed: "post",
    State.failed: "see",
    State.late: "decide",
    State.needs_sign_in: "sign_in",
}
