"""Posts and their deliveries, as they are told."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from ninja import Schema

from hawker.core.posts.models import Post
from hawker.core.posts.values import POST, THREAD
from hawker.core.publishing import crowds, queries
from hawker.core.publishing.crowds import Crowd
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.core.speech import speak


class ReasonOut(Schema):
    """Why a delivery is where it is. `code` is the network's own, `field` what to change."""

    sentence: str
    code: str
    field: str


class DeliveryOut(Schema):
    """One post on one channel. `part`: 0 the post, 1 its first comment, 2 … what goes on as a thread.
    `on_hold`: it waits until publishing goes on. `asked`: only its owner can say whether it is on the
    network. Its state is `handed` where it is due and waits for its owner to post it herself."""

    id: UUID
    post: UUID
    channel: UUID
    platform: str
    handle: str
    part: int
    state: State
    on_hold: bool
    asked: bool
    due_at: datetime
    published_at: datetime | None
    remote_id: str
    url: str
    error: ReasonOut | None


class PictureOut(Schema):
    id: UUID
    alt: str
    content_type: str
    width: int
    height: int
    seconds: float


class ThreadPartOut(Schema):
    """A further post of the thread."""

    text: str
    media: list[PictureOut]


class WordingOut(Schema):
    """A channel that the post goes to; without `text` the post's own. `audience`: the list of those whom it
    goes to, where the network delivers to people."""

    id: UUID
    text: str | None
    options: dict[str, str]
    audience: UUID | None


class MessagesOut(Schema):
    """A post's messages to people on one channel, in numbers. `asked`: of so many only their owner can say
    whether they went out."""

    channel: UUID
    platform: str
    handle: str
    everybody: int
    sent: int
    delivered: int
    read: int
    failed: int
    waiting: int
    cancelled: int
    asked: int


class PostOut(Schema):
    """`state` sums up those of the deliveries: draft, scheduled, publishing, published, partly_published,
    failed, handed, held, cancelled, removed. `at` is when it is to go out."""

    id: UUID
    state: str
    text: str
    thread: list[ThreadPartOut]
    first_comment: str
    language: str
    at: datetime | None
    created_at: datetime
    changed_at: datetime
    author: str | None
    channels: list[WordingOut]
    media: list[PictureOut]
    deliveries: list[DeliveryOut]
    messages: list[MessagesOut]


class PostsOut(Schema):
    """`next`: give it as `before` for the next page; none on the last."""

    posts: list[PostOut]
    next: str | None


def posts_of(posts: Sequence[Post]) -> list[PostOut]:
    told = crowds.crowds(each.id for each in posts if queries.is_crowd(each))
    return [_post(each, told.get(each.id, [])) for each in posts]


def post_of(post: Post) -> PostOut:
    return posts_of([post])[0]


def _post(post: Post, told: Iterable[Crowd]) -> PostOut:
    return PostOut(
        id=post.id,
        state=queries.state_of(post),
        text=post.text,
        thread=[
            ThreadPartOut(text=text, media=_pictures(post, part))
            for part, text in enumerate(post.thread, THREAD)
        ],
        first_comment=post.first_comment,
        language=post.language,
        at=post.planned_at,
        created_at=post.created_at,
        changed_at=post.changed_at,
        author=str(post.author) if post.author else None,
        channels=[
            WordingOut(id=each.channel_id, text=each.text, options=each.options, audience=each.audience_id)
            for each in post.variants.all()
        ],
        media=_pictures(post, POST),
        deliveries=[delivery_of(each) for each in post.deliveries.all()],
        messages=[_messages(each) for each in told],
    )


def _messages(crowd: Crowd) -> MessagesOut:
    return MessagesOut(
        channel=crowd.channel.id,
        platform=crowd.channel.platform,
        handle=crowd.channel.handle,
        everybody=crowd.everybody,
        sent=crowd.sent,
        delivered=crowd.delivered,
        read=crowd.read,
        failed=crowd.failed,
        waiting=crowd.waiting,
        cancelled=crowd.cancelled,
        asked=crowd.asked,
    )


def delivery_of(row: Delivery) -> DeliveryOut:
    return DeliveryOut(
        id=row.id,
        post=row.post_id,
        channel=row.channel_id,
        platform=row.channel.platform,
        handle=row.channel.handle,
        part=row.part,
        state=State(row.state),
        on_hold=queries.is_paused(row),
        asked=queries.is_asked(row),
        due_at=row.due_at,
        published_at=row.published_at,
        remote_id=row.remote_id,
        url=row.url,
        error=_reason(row),
    )


def _reason(row: Delivery) -> ReasonOut | None:
    reason = queries.reason_of(row)
    if reason is None:
        return None
    return ReasonOut(sentence=speak(reason.sentence), code=reason.code, field=reason.field)


def _pictures(post: Post, part: int) -> list[PictureOut]:
    return [
        PictureOut(
            id=each.media_id,
            alt=each.alt,
            content_type=each.media.content_type,
            width=each.media.width,
            height=each.media.height,
            seconds=each.media.seconds,
        )
        for each in post.attachments.all()
        if each.part == part
    ]
