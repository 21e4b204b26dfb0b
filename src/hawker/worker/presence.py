"""How a worker is known to the others, and how it takes its leave."""

import os
import socket
from contextlib import suppress

from hawker.core.problems import DATABASE_AWAY
from hawker.core.publishing import ledger
from hawker.worker.tools import Tools


def own_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


async def leave(tools: Tools) -> None:
    """Says that this worker is gone, where the database lets it, and gives back what it has open."""
    with suppress(*DATABASE_AWAY):
        await tools.rows(ledger.leave, tools.worker)
    await tools.close()
