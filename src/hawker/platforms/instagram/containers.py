"""Containers as Instagram has them: a video's bytes may be uploaded instead of fetched."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from hawker.connect import meta_containers
from hawker.connect.abilities import Step
from hawker.connect.errors import Refused
from hawker.connect.meta_containers import Habits, Kept, Made, Wish, address_of
from hawker.connect.meta_refusals import Number
from hawker.connect.values import Media
from hawker.platforms.instagram.hosts import uploads
from hawker.platforms.instagram.refusals import of_state

# `status` says more than `status_code` where something went wrong.
HABITS = Habits(edge="media", ends="media_publish", fields="status_code,status", wrong=of_state)


class _Phase(BaseModel):
    bytes_transferred: Number = 0


class _Uploading(BaseModel):
    uploading_phase: _Phase = _Phase()


class _Progress(BaseModel):
    video_status: _Uploading = _Uploading()


@dataclass(frozen=True, kw_only=True)
class Yard(meta_containers.Yard):
    """`bytes_first`: videos are uploaded rather than fetched; where Instagram refuses that, it may fetch them
    after all."""

    bytes_first: bool
    habits: Habits = HABITS

    async def create(self, wish: Wish) -> Made:
        covered = {"cover_url": await address_of(wish.cover)} if wish.cover else {}
        whole = replace(wish, form={**wish.form, **covered})
        if wish.medium and wish.medium.is_video:
            return await self._of_video(whole, wish.medium)
        return await super().create(whole)

    async def fill(
        self, wish: Wish, container: Kept, kept: dict[str, str], *, fresh: bool
    ) -> AsyncIterator[Step]:
        uploaded = f"{wish.step}:bytes"
        if container.uri and wish.medium and kept.get(uploaded) != container.id:
            start = 0 if fresh else await self._arrived(container.id)
            await self._upload(container.uri, wish.medium, start)
            kept[uploaded] = container.id
            yield Step(name=uploaded, value=container.id)

    async def _arrived(self, container: str) -> int:
        """How much of a video an earlier attempt brought there; 0 where Instagram does not tell."""
        try:
            told = await self.api.read(container, _Progress, {"fields": "video_status"})
        except Refused:
            return 0
        return max(0, told.video_status.uploading_phase.bytes_transferred)

    async def _upload(self, uri: str, video: Media, start: int) -> None:
        """From the beginning where Instagram does not let an upload go on."""
        if start >= video.size:
            return
        try:
            await self.api.upload(uri, video, start=start)
        except Refused:
            if not start:
                raise
            await self.api.upload(uri, video)

    async def _of_video(self, wish: Wish, video: Media) -> Made:
        """Uploading needs no public address, but is there for the login through a page only (Resumable
        uploads, read 2026-11-22)."""
        fetched = "" if self.bytes_first else await _address_if_public(video)
        if fetched:
            return await self.post({**wish.form, "video_url": fetched})
        try:
            made = await self.post({**wish.form, "upload_type": "resumable"})
            usual = f"{uploads(self.api.server)}/ig-api-upload/{self.api.version}/{made.id}"
            return Made(id=made.id, uri=made.uri or usual)
        except Refused as refused:
            if refused.code != "100" or not (fetched := await _address_if_public(video)):
                raise
        return await self.post({**wish.form, "video_url": fetched})


async def _address_if_public(medium: Media) -> str:
    try:
        return await address_of(medium)
    except Refused:
        return ""
