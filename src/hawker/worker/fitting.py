"""Making the media of a post right for its network before anything is uploaded.

Pictures and videos each have a thread: what a long video takes must not keep pictures waiting.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from django.db import connections

from hawker.connect.errors import NetworkError
from hawker.connect.registry import platform
from hawker.connect.shapes import Shape
from hawker.connect.values import Media
from hawker.core.bridge import in_database
from hawker.core.media import renditions
from hawker.core.media.ffmpeg import Stopped
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.states import Abandoned, Outcome
from hawker.worker import outcomes


@dataclass(frozen=True)
class Fitting:
    """One picture and one video at a time in this process."""

    _stop: threading.Event = field(default_factory=threading.Event)
    _pictures: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "pictures"))
    _videos: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "videos"))

    async def fit(self, claim: Claim) -> Claim | Outcome:
        """The claim with media as its network takes them, or what stands in the way."""
        shapes = platform(claim.platform).shapes(claim.draft, claim.account.limits)
        try:
            media = [
                await self._fitted(medium, shape)
                for medium, shape in zip(claim.draft.media, shapes, strict=True)
            ]
        except Stopped:
            return Abandoned()
        except NetworkError as error:
            return outcomes.of_preparation(error)
        return replace(claim, draft=replace(claim.draft, media=tuple(media)))

    async def known(self, claim: Claim) -> Claim:
        """As `fit`, of what was made before: nothing is made to look for a post."""
        shapes = platform(claim.platform).shapes(claim.draft, claim.account.limits)
        pairs = list(zip(claim.draft.media, shapes, strict=True))
        media = await in_database(self._pictures, lambda: [renditions.known(*pair) for pair in pairs])
        return replace(claim, draft=replace(claim.draft, media=tuple(media)))

    async def _fitted(self, medium: Media, shape: Shape | None) -> Media:
        if shape is None:
            return medium
        thread = self._videos if medium.is_video else self._pictures
        return await in_database(thread, lambda: renditions.fitted(medium, shape, self._stop))

    def stop(self) -> None:
        """Whatever is being made is given up; its delivery goes back to where it was."""
        self._stop.set()

    async def close(self) -> None:
        for thread in (self._pictures, self._videos):
            await in_database(thread, connections.close_all)
            thread.shutdown()
