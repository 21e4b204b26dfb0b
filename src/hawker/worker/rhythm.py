"""One job, again and again, at its rhythm or sooner."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime

from hawker.worker.jobs import Job
from hawker.worker.tools import now

log = logging.getLogger("hawker.worker")


async def repeat(job: Job, stop: asyncio.Event) -> None:
    while not stop.is_set():
        sooner = None
        try:
            sooner = await job.work()
        except Exception:  # the loop outlives whatever befalls one turn: a locked or absent database
            log.exception("job.failed job=%s", job.name)
        await pause(_seconds(job, sooner), stop)


async def pause(seconds: float, stop: asyncio.Event) -> None:
    """Ends at once when `stop` is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


def _seconds(job: Job, sooner: datetime | None) -> float:
    rhythm = job.rhythm.total_seconds()
    return rhythm if sooner is None else min(rhythm, max((sooner - now()).total_seconds(), 0))
