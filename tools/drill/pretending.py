"""The pretend networks in a process of their own: it outlives every death of Hawker, and its memory is what
is counted in the end. Prints its address, and ends when its parent does."""

import asyncio
import sys

from hawker.sandbox.app import serve


async def pretend() -> None:
    async with serve() as sandbox:
        print(sandbox.address, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(pretend())
