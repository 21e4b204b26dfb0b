"""The local engine: all jobs in one asyncio loop, inside the process that serves the pages."""

import asyncio
import logging
import os
import socket
from datetime import datetime

from hawker.core.bridge import client
from hawker.worker.jobs import Job, jobs
from hawker.worker.publish import Publishing
from hawker.worker.tools import Tools, now

log = logging.getLogger("hawker.worker")


async def run(stop: asyncio.Event) -> None:
    """Works until `stop` is set, then finishes what is being sent and hands back the rest."""
    async with client() as http:
        tools = Tools(http=http, worker=f"{socket.gethostname()}:{os.getpid()}")
        publishing = Publishing(tools)
        loops = [asyncio.create_task(_repeat(job, stop)) for job in jobs(tools, publishing)]
        await stop.wait()
        await asyncio.gather(*loops)
        await publishing.finish()
        await tools.close()


async def _repeat(job: Job, stop: asyncio.Event) -> None:
    while not stop.is_set():
        sooner = None
        try:
            sooner = await job.work()
        except Exception:  # the loop outlives whatever befalls one turn: a locked or absent database
            log.exception("job.failed job=%s", job.name)
        await _pause(job, sooner, stop)


async def _pause(job: Job, sooner: datetime | None, stop: asyncio.Event) -> None:
    seconds = job.rhythm.total_seconds()
    if sooner is not None:
        seconds = min(seconds, max((sooner - now()).total_seconds(), 0))
    woken = [asyncio.ensure_future(event.wait()) for event in (stop, *job.woken_by)]
    await asyncio.wait(woken, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for waiting in woken:
        waiting.cancel()
