"""The bare aiohttp loop: the same calls, as many at once, and nothing else.

It keeps its connections and reads what Hawker reads of each answer. Prints when it began and its CPU time.
"""

import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import uuid4

import aiohttp

from tools.bench.calls import LANGUAGE, PATH, Call, measured, warm_up
from tools.bench.combination import Combination


async def publish(session: aiohttp.ClientSession, address: str, call: Call) -> tuple[str, str]:
    headers = {"Idempotency-Key": str(uuid4()), "Authorization": f"Bearer {call.token}"}
    body = {"status": call.text, "visibility": "public", "language": LANGUAGE}
    async with session.post(
        f"{address}{PATH}", params={"lang": "en"}, headers=headers, json=body, allow_redirects=False
    ) as response:
        said = json.loads(await response.read())
        return said["id"], said["url"]


async def in_turn(session: aiohttp.ClientSession, address: str, calls: Iterator[Call]) -> None:
    for call in calls:
        await publish(session, address, call)


async def publish_all(
    session: aiohttp.ClientSession, address: str, combination: Combination, calls: list[Call]
) -> None:
    """`shop`: a chain for each channel. `hosted`: so many chains that all take from one heap."""
    heaps = _by_channel(calls) if combination.shape == "shop" else [iter(calls)] * combination.at_once
    await asyncio.gather(*(in_turn(session, address, heap) for heap in heaps))


def _by_channel(calls: Iterable[Call]) -> list[Iterator[Call]]:
    chains = defaultdict(list)
    for call in calls:
        chains[call.channel].append(call)
    return [iter(chain) for chain in chains.values()]


async def run(combination: Combination, address: str) -> tuple[float, float]:
    """Gives the instant (Unix time) at which the measured calls began, and their CPU time in seconds."""
    warm, calls = warm_up(combination), measured(combination)
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=combination.at_once),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": "Hawker (+self-hosted)"},
    ) as session:
        await publish_all(session, address, combination, warm)
        began, cpu = time.time(), time.process_time()
        await publish_all(session, address, combination, calls)
        return began, time.process_time() - cpu


def main() -> None:
    combination = Combination(**json.loads(sys.argv[1]))
    print(*asyncio.run(run(combination, sys.argv[2])))


if __name__ == "__main__":
    main()
