"""What YouTube does with a video before people can see it, and waiting for that."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, NetworkError, Refused
from hawker.connect.text import say
from hawker.platforms.youtube.options import PRIVATE
from hawker.platforms.youtube.refusals import GONE, ended
from hawker.platforms.youtube.upload import SESSION, STORED, VIDEO, unstamped
from hawker.platforms.youtube.wire import Tube, video_of

# Seconds between looks, each of which costs one unit; then the next attempt goes on waiting.
PAUSES = (1, 2, 5, 10, 20)
AGAIN = timedelta(seconds=60)
# A video that takes longer goes out unfinished: YouTube shows it as soon as it can.
PATIENCE = timedelta(minutes=30)


async def wait(tube: Tube, kept: str, pauses: Sequence[float]) -> None:
    """Raises Refused where YouTube gave the video up, Later where it is still at work. `kept`: the step
    `VIDEO`."""
    at, video_id = unstamped(kept)
    for pause in (0, *pauses):
        await asyncio.sleep(pause)
        video = await video_of(tube, video_id)
        stage = video.status.stage if video else ""
        if video and stage in {"failed", "rejected"}:
            raise ended(video.status.failure or video.status.rejection)
        if stage == "deleted":
            raise GONE()
        if stage == "processed":
            return
    if datetime.now(UTC) < at + PATIENCE:
        sentence = say("YouTube is still working on the video. Hawker looks again in a minute.")
        raise Later(sentence, code="processing", at=datetime.now(UTC) + AGAIN)
    if video is None:
        raise GONE()


async def take_back(tube: Tube, done: Mapping[str, str]) -> AsyncIterator[Step]:
    """Leaves nothing behind of a video that will not go out as it is; the steps say so. What people can see
    stays."""
    if not done.get(VIDEO):
        return
    video_id = unstamped(done[VIDEO])[1]
    try:
        video = await video_of(tube, video_id)
        if video and (video.status.privacy != PRIVATE or video.status.publish_at):
            return
        await tube.do("DELETE", "videos", {"id": video_id})
    except Refused:  # gone already
        pass
    except NetworkError:
        return
    for name in done:
        if name in {SESSION, STORED, VIDEO}:
            yield Step(name=name, value="")
