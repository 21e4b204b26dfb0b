"""A video as Facebook tells of it, whichever way it was uploaded."""

import asyncio
from collections.abc import Sequence

from pydantic import BaseModel

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Text
from hawker.connect.refusals import Gone
from hawker.connect.text import say

FIELDS = "id,status,post_id"
# Seconds between looks at a video that Facebook works on.
PAUSES = (1, 2, 3, 5, 10, 20, 30)


class _Fault(BaseModel):
    message: Text = ""


class _Phase(BaseModel):
    status: Text = ""
    publish_status: Text = ""
    bytes_transferred: int | None = None
    errors: tuple[_Fault, ...] | None = None
    error: _Fault | None = None

    @property
    def fault(self) -> str:
        found = [*(self.errors or ()), *([self.error] if self.error else [])]
        return " ".join(each.message for each in found)


class _Status(BaseModel):
    video_status: Text = ""
    uploading_phase: _Phase = _Phase()
    processing_phase: _Phase = _Phase()
    publishing_phase: _Phase = _Phase()


class Video(BaseModel):
    """Which words `status` uses beyond ready, processing and error is not documented."""

    id: str = ""
    status: _Status = _Status()
    post_id: Text = ""

    @property
    def is_public(self) -> bool | None:
        """None where that is not settled: it is being published just now."""
        phase = self.status.publishing_phase
        if phase.publish_status == "published" or phase.status == "complete" or self.post_id:
            return True
        return None if phase.status == "in_progress" else False

    @property
    def is_broken(self) -> bool:
        phases = (self.status.uploading_phase, self.status.processing_phase)
        broken = self.status.video_status in {"error", "upload_failed", "expired"}
        return broken or any(phase.status == "error" for phase in phases)

    @property
    def is_uploaded(self) -> bool:
        """Some answers have no phases, or say only that it is being processed."""
        phase = self.status.uploading_phase.status
        return phase == "complete" or (not phase and self.status.video_status in {"ready", "processing"})

    @property
    def is_ready(self) -> bool:
        phase = self.status.processing_phase.status
        return self.status.video_status == "ready" or (
            not self.status.video_status and phase in {"complete", ""}
        )

    @property
    def fault(self) -> str:
        return self.status.processing_phase.fault or self.status.uploading_phase.fault


async def read(api: Graph, video_id: str) -> Video:
    return await api.read(video_id, Video, {"fields": FIELDS})


async def wait(api: Graph, video_id: str, pauses: Sequence[float] = PAUSES) -> Video:
    """Until it has arrived. Raises Refused where Facebook cannot use it, Later where that takes long."""
    for pause in (*pauses, 0):
        video = await read(api, video_id)
        if video.is_broken:
            sentence = say(
                "Facebook cannot use this video, and said: “%(reason)s”. Save it as MP4 (H.264, AAC) and add"
                " it again.",
                reason=video.fault[:300] or "?",
            )
            raise Refused(sentence, field="media", code="video")
        if video.is_uploaded or video.is_public:
            return video
        await asyncio.sleep(pause)
    raise Later(say("Facebook is still working on the video. Hawker asks again soon."))


async def is_public(api: Graph, video_id: str) -> bool:
    """Raises Later where it is being published just now."""
    try:
        public = (await read(api, video_id)).is_public
    except Gone:
        return False
    if public is None:
        raise Later(say("Facebook is just publishing the video. Hawker asks again soon."))
    return public


async def was_heard(api: Graph, video_id: str) -> bool:
    """Whether an end before the one that was refused made the video public. Raises OutcomeUnknown where that
    cannot be told now."""
    try:
        return await is_public(api, video_id)
    except NetworkError as error:
        raise OutcomeUnknown(error.sentence, code=error.code) from error
