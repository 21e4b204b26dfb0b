"""Large bodies, bit by bit. Whoever sends one tells its length by `Content-Length`: else it goes out in
chunks, which stores of files do not take."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from hawker.connect.values import Media

HELD, READ = 2**18, 4 * 2**20


@dataclass(frozen=True)
class Pieces:
    """What is in memory already, sent from its start where aiohttp repeats the call."""

    content: bytes = field(repr=False)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._each()

    async def _each(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.content), HELD):
            yield self.content[start : start + HELD]


async def of_medium(medium: Media, start: int = 0) -> AsyncIterator[bytes]:
    """A file from `start` on, of which no more than a piece is in memory."""
    for place in range(start, medium.size, READ):
        yield await asyncio.to_thread(medium.slice, place, READ)
