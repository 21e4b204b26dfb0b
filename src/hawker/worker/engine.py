"""Which engine runs the jobs."""

from asyncio import Event
from collections.abc import Callable, Coroutine

from django.conf import settings

from hawker.worker import local


def engine() -> Callable[[Event], Coroutine[object, object, None]]:
    if settings.ENGINE == "cluster":
        from hawker.worker import cluster  # noqa: PLC0415 - its library is an extra of the installation

        return cluster.run
    return local.run
