"""A post as the list shows it."""

from dataclasses import dataclass
from datetime import datetime

from hawker.core.channels.models import Channel
from hawker.core.posts.models import Post
from hawker.core.publishing import queries
from hawker.web.posts import words
from hawker.web.posts.words import Words


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A channel's icon in a row; without words for a draft, which goes nowhere yet."""

    channel: Channel
    words: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """`post` comes from `publishing.queries.listed`. `at`: when it went out, or is to."""

    post: Post
    summary: Words
    marks: tuple[Mark, ...]
    at: datetime | None


def row(post: Post, now: datetime) -> Row:
    deliveries = [each for each in post.deliveries.all() if not each.follows_id]
    sent = [each.published_at for each in deliveries if each.published_at]
    drawn = [Mark(channel=each.channel, words=words.of_delivery(each, now)) for each in deliveries]
    return Row(
        post=post,
        summary=words.of_post(queries.state_of(post)),
        marks=tuple(drawn or [Mark(channel=each.channel) for each in post.variants.all()]),
        at=min(sent, default=post.planned_at),
    )
