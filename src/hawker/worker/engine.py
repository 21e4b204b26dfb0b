"""Which engine runs the jobs."""

from collections.abc import Awaitable, Callable
from asyncio import Event

from django.conf import settings

from hawker.worker import local


def engine() -> Callable[[Event], Awaitable[None]]:
    if settings.ENGINE == "cluster":
        from hawker.worker import cluster  # noqa: PLC0415 - its library is an extra of the installation

        return cluster.run
    return local.run
