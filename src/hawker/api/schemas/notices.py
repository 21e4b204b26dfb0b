"""Notices, as they are told."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from hawker.core.notices.queries import Item
from hawker.core.notices.rules import Kind
from hawker.core.speech import speak


class NoticeOut(Schema):
    """`stands`: it still needs somebody. `why` and `code` are the network's, `advice` says what to do."""

    id: UUID
    kind: Kind
    headline: str
    why: str
    code: str
    advice: str
    made_at: datetime
    due_at: datetime | None
    unread: bool
    stands: bool
    post: UUID | None
    channel: UUID | None


class NoticesOut(Schema):
    """`next`: give it as `before` for the next page; none on the last."""

    notices: list[NoticeOut]
    next: UUID | None


def notice_of(item: Item) -> NoticeOut:
    return NoticeOut(
        id=item.id,
        kind=item.kind,
        headline=speak(item.headline),
        why=speak(item.why) if item.why else "",
        code=item.code,
        advice=speak(item.advice) if item.advice else "",
        made_at=item.made_at,
        due_at=item.due_at,
        unread=item.unread,
        stands=item.stands,
        post=item.post,
        channel=item.channel,
    )
