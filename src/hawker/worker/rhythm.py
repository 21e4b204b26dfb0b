"""One job, again and again, at its rhythm or sooner."""

import asyncio
import logging
from datetime import datetime

from hawker.core.problems import DATABASE_AWAY, first_line
from hawker.worker.jobs import Job
from hawker.worker.tools import now

log = logging.getLogger("hawker.worker")


async def repeat(job: Job, stop: asyncio.Event) -> None:
    while not stop.is_set():
        sooner = None
        try:
            sooner = await job.work()
        except DATABASE_AWAY as error:
            log.warning("job.database_away job=%s error=%s", job.name, first_line(error))
        except Exception:  # the loop outlives whatever befalls one turn
            log.exception("job.failed job=%s", job.name)
        await pause(_seconds(job, sooner), stop, *job.woken_by)


async def pause(seconds: float, *until: asyncio.Event) -> None:
    """Ends at once when one of `until` is set."""
    woken = [asyncio.ensure_future(event.wait()) for event in until]
    await asyncio.wait(woken, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for waiting in woken:
        waiting.cancel()


def _seconds(job: Job, sooner: datetime | None) -> float:
    rhythm = job.rhythm.total_seconds()
    return rhythm if sooner is None else min(rhythm, max((sooner - now()).total_seconds(), 0))
