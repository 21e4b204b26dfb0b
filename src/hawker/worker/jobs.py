"""Every background job and its rhythm."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from hawker.core.hooks import reading
from hawker.core.media import files, renditions
from hawker.core.notices import telling
from hawker.core.people import actions as people
from hawker.core.planning import repeating
from hawker.core.publishing import ledger, sweeping
from hawker.worker.hearing import hear
from hawker.worker.mail import post
from hawker.worker.publish import Publishing
from hawker.worker.secrets import check_channels
from hawker.worker.tools import Tools, now

TELL_EVERY = timedelta(seconds=5)
MAIL_EVERY = timedelta(seconds=10)


@dataclass(frozen=True)
class Job:
    """`work` may give an instant (UTC) at which to come sooner than `rhythm` says; so may `woken_by`.

    `everywhere`: each worker does it for itself. All else is done by one worker at a time for everybody.
    """

    name: str
    rhythm: timedelta
    work: Callable[[], Awaitable[datetime | None]]
    everywhere: bool = False
    woken_by: tuple[asyncio.Event, ...] = ()


def jobs(tools: Tools, publishing: Publishing) -> tuple[Job, ...]:
    async def sweep() -> None:
        await tools.aside(sweeping.sweep, now())

    async def beat() -> None:
        await tools.aside(ledger.beat, tools.worker, now())

    async def check() -> datetime | None:
        return await check_channels(tools)

    async def clear() -> None:
        await tools.aside(files.clear, now())

    async def listen() -> datetime | None:
        return await tools.aside(hear, now())

    async def tell() -> None:
        await tools.aside(telling.tell, now())

    async def mail() -> None:
        await post(tools)

    async def weeks() -> None:
        await tools.aside(telling.tell_of_weeks, now())
        await tools.aside(telling.tell_of_endings, now())
        await tools.aside(telling.tell_of_keys, now())

    async def plan() -> None:
        await tools.aside(repeating.plan, now())

    return (
        Job("publish", timedelta(seconds=0.5), publishing.take, everywhere=True, woken_by=(publishing.more,)),
        Job("renew", timedelta(seconds=5), publishing.renew, everywhere=True),
        Job("sweep", timedelta(seconds=2), sweep),
        Job("beat", timedelta(seconds=10), beat, everywhere=True),
        Job("figures", timedelta(seconds=10), publishing.figures, everywhere=True),
        Job("check", timedelta(minutes=30), check),
        Job("plan", timedelta(minutes=5), plan),
        Job("tidy", timedelta(hours=12), partial(_tidy, tools)),
        Job("clear", timedelta(hours=12), clear, everywhere=True),
        Job("hear", timedelta(seconds=1), listen),
        Job("tell", TELL_EVERY, tell),
        Job("mail", MAIL_EVERY, mail),
        Job("weeks", timedelta(minutes=1), weeks),
    )


async def _tidy(tools: Tools) -> None:
    """Forgets what every part of Hawker keeps for a time only."""
    await tools.aside(people.tidy)
    await tools.aside(telling.tidy, now())
    await tools.aside(reading.tidy, now())
    await tools.aside(renditions.tidy)
