"""The cluster engine: any number of workers on one PostgreSQL share the duties evenly.

Who has which lasts until workers come or go: then each ends its term and fetches its share anew. That two
workers may believe to have the same duty, until one that was frozen looks, does no harm: the ledger decides.
"""

import asyncio
import logging
from math import ceil

from procrastinate.exceptions import ConnectorException
from psycopg import Error

from hawker.core.bridge import client
from hawker.core.problems import DATABASE_AWAY, first_line
from hawker.worker import queue
from hawker.worker.duties import Duties
from hawker.worker.jobs import jobs
from hawker.worker.presence import leave, own_name
from hawker.worker.publish import Publishing
from hawker.worker.queue import Queue
from hawker.worker.rhythm import pause, repeat
from hawker.worker.tools import Tools

log = logging.getLogger("hawker.worker")

AWAY = (*DATABASE_AWAY, ConnectorException, Error)
AGAIN_SECONDS = 1.0
LOOK_SECONDS = 0.5


async def run(stop: asyncio.Event) -> None:
    """Works until `stop` is set, then finishes what is being sent and hands on the rest."""
    async with client() as http:
        tools = Tools(http=http, worker=own_name())
        publishing = Publishing(tools, shards=())
        all_jobs = jobs(tools, publishing)
        duties = Duties(publishing, [job for job in all_jobs if not job.everywhere])
        loops = [asyncio.create_task(repeat(job, stop)) for job in all_jobs if job.everywhere]
        loops.append(asyncio.create_task(_take_part(tools, duties, stop)))
        await stop.wait()
        await asyncio.gather(*loops, publishing.finish())
        await leave(tools)


async def _take_part(tools: Tools, duties: Duties, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await _term(tools, duties, stop)
        except AWAY as error:
            log.warning("cluster.interrupted error=%s", first_line(error))
            await pause(AGAIN_SECONDS, stop)


async def _term(tools: Tools, duties: Duties, stop: asyncio.Event) -> None:
    """From one division of the duties to the next. Raises one of AWAY where the database cannot be asked."""
    opened = Queue(duties.do)
    async with opened.app.open_async():
        await opened.seed(duties.names)
        share = _share(duties, await tools.rows(queue.count) + 1)
        log.info("cluster.share duties=%s of=%s", share, len(duties.names))
        working = asyncio.create_task(opened.work(share))
        try:
            changes = 0
            while not stop.is_set() and not working.done() and changes < 2:
                await pause(LOOK_SECONDS, stop)
                changes = 0 if await _look(tools, duties, opened.worker) == share else changes + 1
        finally:
            working.cancel()
            (ended,) = await asyncio.gather(working, return_exceptions=True)
        if isinstance(ended, Exception):
            raise ended


async def _look(tools: Tools, duties: Duties, worker: int | None) -> int:
    """Lets go what this worker has no more; gives the share of each as it would be now."""
    held = duties.held
    seen = await tools.rows(queue.look, worker)
    duties.lose(held - seen.mine)
    return _share(duties, seen.workers)


def _share(duties: Duties, workers: int) -> int:
    return ceil(len(duties.names) / max(workers, 1))
