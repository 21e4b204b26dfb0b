"""The duties as jobs of procrastinate: one row each, for ever; its lock is held by the worker that has it.

A duty's job never succeeds. Whatever ends it hands it on: the same row waits for whoever fetches it next.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

QUEUE = "hawker"
DEAD_AFTER_SECONDS = 10.0
_SEEDING = 0x6861776B65720001  # "hawker", 1: the number of an advisory lock

_HAND_ON = """
    UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL, attempts = attempts + 1
    WHERE id = %(job)s AND status = 'doing' AND worker_id = %(worker)s"""
_FREE = """
    UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL, attempts = attempts + 1
    WHERE queue_name = %s AND status = 'doing' AND NOT EXISTS (
        SELECT 1 FROM procrastinate_workers
        WHERE id = procrastinate_jobs.worker_id AND last_heartbeat > now() - make_interval(secs => %s))"""
_COUNT = """
    SELECT count(*) FROM procrastinate_workers
    WHERE last_heartbeat > now() - make_interval(secs => %s)"""
_MINE = """
    SELECT args ->> 'name' FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = %s"""
_THERE = """
    SELECT args ->> 'name' FROM procrastinate_jobs WHERE queue_name = %s AND status IN ('todo', 'doing')"""
_STRAYS = """
    DELETE FROM procrastinate_jobs
    WHERE queue_name = %s AND status = 'todo' AND args ->> 'name' <> ALL (%s)"""


class HandedOn(Exception):
    """Ends a duty's job in the one way that keeps its row."""


@dataclass(frozen=True, kw_only=True)
class Sight:
    """How many workers are alive, and which duties are this one's."""

    workers: int
    mine: frozenset[str]


class Fenced(JobManager):
    """Hands a duty on only where it is this worker's still: who was thought dead may have lost it, and
    `JobManager.retry_job` would take it from whoever has it now."""

    async def retry_job(self, job: Job, *args: Any, **named: Any) -> None:  # noqa: ARG002
        await self.connector.execute_query_async(_HAND_ON, job=job.id, worker=job.worker_id)


class Queue:
    """One opening of the queue. `worker` is this worker's number there, from its first duty on."""

    def __init__(self, do: Callable[[str], Awaitable[None]]) -> None:
        self._do = do
        self._connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3, timeout=3)
        self.app = App(connector=self._connector)
        self.app.job_manager = Fenced(self._connector)
        self._duty = self.app.task(name="duty", queue=QUEUE, pass_context=True, retry=True)(self._run)
        self.worker: int | None = None

    async def _run(self, context: JobContext, name: str) -> None:
        self.worker = context.job.worker_id
        await self._do(name)
        raise HandedOn(name)

    async def seed(self, names: frozenset[str]) -> None:
        """Makes the rows that are lacking and drops those of duties that are no more."""
        async with self._connector.pool.connection() as held:
            await held.execute("SELECT pg_advisory_xact_lock(%s)", [_SEEDING])
            await held.execute(_STRAYS, [QUEUE, sorted(names)])
            found = await held.execute(_THERE, [QUEUE])
            there = {str(row[0]) for row in await found.fetchall()}
            for name in sorted(names - there):
                made = self._duty.configure(lock=name, queueing_lock=name, connection=held)
                await made.defer_async(name=name)

    async def work(self, share: int) -> None:
        """Fetches up to `share` duties and does them, until it is cancelled."""
        await self.app.run_worker_async(
            queues=[QUEUE],
            concurrency=share,
            fetch_job_polling_interval=0.25,
            update_heartbeat_interval=3.0,
            stalled_worker_timeout=DEAD_AFTER_SECONDS,
            shutdown_graceful_timeout=0,
            install_signal_handlers=False,
        )


def count() -> int:
    """How many workers are alive."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [DEAD_AFTER_SECONDS])
        return int(cursor.fetchone()[0])


def look(worker: int | None) -> Sight:
    """Frees the duties of workers that are dead, and sees who is there."""
    with connection.cursor() as cursor:
        cursor.execute(_FREE, [QUEUE, DEAD_AFTER_SECONDS])
        cursor.execute(_MINE, [worker])
        mine = frozenset(str(row[0]) for row in cursor.fetchall())
    return Sight(workers=count(), mine=mine)
