"""The parts of a running Hawker, started and ended together in one asyncio loop."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

import uvicorn
from django.conf import settings

from hawker.config import demo
from hawker.config.asgi import application
from hawker.config.data import folder
from hawker.config.running import noted
from hawker.core.people import actions as people
from hawker.core.people import queries as people_queries
from hawker.sandbox.app import serve as serve_sandbox
from hawker.worker.engine import engine

GRACE_SECONDS = 5


class Server(uvicorn.Server):
    """Says when it is ready, and leaves the signals to `serve`, which has more than the web to end."""

    def __init__(self) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                lifespan="off",
                access_log=False,
                log_config=None,
                timeout_graceful_shutdown=GRACE_SECONDS,
                server_header=False,
            )
        )
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(listening: socket.socket, *, with_demo: bool, with_worker: bool) -> None:
    """Runs until SIGINT or SIGTERM, then finishes what is being sent."""
    stop = _stop_at_a_signal()
    here = _address(listening)
    url = str(settings.PUBLIC_URL) or here
    async with AsyncExitStack() as stack:
        words = await _demo(stack, listening) if with_demo else await asyncio.to_thread(_first_steps, url)
        server = Server()
        web = asyncio.create_task(server.serve(sockets=[listening]))
        worker = asyncio.create_task(engine()(stop) if with_worker else stop.wait())
        await server.ready.wait()
        stack.enter_context(noted(folder(), here))
        print(f"Hawker is ready: {url}", *words, sep="\n", flush=True)
        await stop.wait()
        server.should_exit = True
        await asyncio.gather(web, worker)


async def work() -> None:
    """As `serve`, without any pages."""
    stop = _stop_at_a_signal()
    print("Hawker's worker is ready.", flush=True)
    await engine()(stop)


def _stop_at_a_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _demo(stack: AsyncExitStack, listening: socket.socket) -> list[str]:
    """The pretend networks, next door to the pages where that port is free, and the shop on them."""
    try:
        serving = serve_sandbox(port=listening.getsockname()[1] + 1)
        sandbox = await stack.enter_async_context(serving)
    except OSError:
        sandbox = await stack.enter_async_context(serve_sandbox())
    await asyncio.to_thread(demo.fill, sandbox)
    sandbox.tell(_address(listening))
    return [f"Sign in with: {demo.EMAIL} / {demo.password()}"]


def _first_steps(url: str) -> list[str]:
    if not people_queries.is_empty():
        return []
    token = people.make_setup_link()
    return [f"Set up your business here (the link works once, for a day): {url}/setup/{token}"]


def _address(listening: socket.socket) -> str:
    """On this machine, for the command line: the machine's key works from here only."""
    host, port = listening.getsockname()[:2]
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104
