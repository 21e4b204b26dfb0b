"""Publishing on hold: what is sent to stop it, what is told of it, and what goes out afterwards."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from ninja import Schema

from hawker.api.schemas.text import Line, Wish
from hawker.core.publishing.models import Pause
from hawker.core.publishing.pauses import Release


class PauseIn(Wish):
    """Without `channel` everything is put on hold."""

    channel: UUID | None = None
    reason: Line = ""


class PauseOut(Schema):
    """`channel` is empty where the whole business is on hold."""

    id: UUID
    channel: UUID | None
    handle: str
    reason: str
    since: datetime
    by: str


class ReleaseOut(Schema):
    """A delivery that piled up. `at`: when it goes out; none where it is too late and its owner is asked."""

    delivery: UUID
    post: UUID
    channel: UUID
    platform: str
    handle: str
    part: int
    due_at: datetime
    at: datetime | None
    text: str


class PausesOut(Schema):
    pauses: list[PauseOut]


class ReleasesOut(Schema):
    """In the order in which they go out; what is too late comes last."""

    releases: list[ReleaseOut]


class OpenPauseOut(PauseOut, ReleasesOut):
    """`releases`: what would go out if publishing went on now."""


def pause_of(pause: Pause) -> PauseOut:
    return PauseOut(
        id=pause.id,
        channel=pause.channel_id,
        handle=pause.channel.handle if pause.channel else "",
        reason=pause.reason,
        since=pause.since,
        by=pause.by,
    )


def open_pause_of(pause: Pause, releases: Iterable[Release]) -> OpenPauseOut:
    told = pause_of(pause)
    return OpenPauseOut(**told.dict(), releases=[release_of(each) for each in releases])


def release_of(release: Release) -> ReleaseOut:
    row = release.delivery
    return ReleaseOut(
        delivery=row.id,
        post=row.post_id,
        channel=row.channel_id,
        platform=row.channel.platform,
        handle=row.channel.handle,
        part=row.part,
        due_at=row.due_at,
        at=release.at,
        text=row.post.text,
    )
