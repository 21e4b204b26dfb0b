"""Where the two colours meet: Django's side is synchronous, the connectors' side is async."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from typing import TypeVar

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import connection

from hawker.connect.http import Http

T = TypeVar("T")


def client() -> Http:
    """An HTTP client by this installation's settings, to be opened with `async with`."""
    return Http(allow_private=settings.ALLOW_PRIVATE_HOSTS, answer_seconds=settings.ANSWER_SECONDS)


def ask(question: Callable[[Http], Awaitable[T]]) -> T:
    """Asks a network from synchronous code and waits for what it says."""

    async def asked() -> T:
        async with client() as http:
            return await question(http)

    return async_to_sync(asked)()


async def in_database(executor: Executor, work: Callable[[], T]) -> T:
    """Runs synchronous database work from async code on `executor`, whose threads keep their connection
    until it proves to be broken."""

    def done() -> T:
        if connection.errors_occurred:
            connection.close_if_unusable_or_obsolete()
        return work()

    return await asyncio.get_running_loop().run_in_executor(executor, done)
