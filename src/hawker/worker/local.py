"""The local engine: all jobs in one asyncio loop, inside the process that serves the pages or beside it."""

import asyncio

from hawker.core.bridge import client
from hawker.worker.jobs import jobs
from hawker.worker.presence import leave, own_name
from hawker.worker.publish import Publishing
from hawker.worker.rhythm import repeat
from hawker.worker.tools import Tools


async def run(stop: asyncio.Event) -> None:
    """Works until `stop` is set, then finishes what is being sent and hands back the rest."""
    async with client() as http:
        tools = Tools(http=http, worker=own_name())
        publishing = Publishing(tools)
        loops = [asyncio.create_task(repeat(job, stop)) for job in jobs(tools, publishing)]
        await stop.wait()
        await asyncio.gather(*loops)
        await publishing.finish()
        await leave(tools)
