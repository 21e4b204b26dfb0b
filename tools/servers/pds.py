"""Bluesky's reference server (PDS) with a directory of identities (PLC) in memory, from npm.

The two alone, and not `@atproto/dev-env`: that brings an AppView, which needs PostgreSQL and Redis, and takes
four times as long to install.
"""

import shutil
from pathlib import Path

from tools.servers.cache import PINS, Part, need, run
from tools.servers.node import NODE, root

START = "start.mjs"
FILES = ("package.json", "package-lock.json", START)
COMPILER = "apt-get install -y g++ make python3"


def command(place: Path) -> list[str]:
    """How to start it; its arguments are told in start.mjs."""
    return [str(root(NODE.place) / "bin" / "node"), str(place / START)]


def _fill(place: Path) -> None:
    for program in ("g++", "make", "python3"):
        need(program, COMPILER)
    for name in FILES:
        shutil.copy(PINS / "pds" / name, place)
    _npm(place, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    _npm(place, "rebuild", "better-sqlite3")


def _npm(place: Path, *arguments: str) -> None:
    """-O1 halves the minute that SQLite takes to compile. The wheel's own bin/npm does not find its parts."""
    node = root(NODE.install())
    npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{node / 'bin'}:{Path(need('make', COMPILER)).parent}:/usr/bin:/bin"
    env = {"PATH": path, "npm_config_nodedir": str(node), "CFLAGS": "-O1", "CXXFLAGS": "-O1"}
    run([node / "bin" / "node", npm, *arguments], f"npm {arguments[0]}", at=place, env=env)


PDS = Part("pds", ("node.lock", *(f"pds/{name}" for name in FILES)), _fill)
