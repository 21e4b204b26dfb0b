"""Sets the scene: a fresh data folder, a database, the networks, a shop with its channels."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from hawker.connect.registry import platforms
from tools.drill.api import Api
from tools.drill.clock import Clock, clock
from tools.drill.disk import small
from tools.drill.ledger import Ledger
from tools.drill.networks import Networks, Place, pretending
from tools.drill.plan import ANSWER_SECONDS
from tools.drill.shop import Writer, add_media, connect
from tools.drill.stage import Stage
from tools.drill.tree import ROOT, Part, Tree
from tools.drill.trouble import Means
from tools.kinds import simplest
from tools.postgres import Postgres, server

ACCOUNTS = 2
SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`parts`: what runs side by side, on this `database`."""

    name: str
    engine: str
    parts: Sequence[Part]
    database: str


@contextmanager
def staged(scene: Scene, random: Random) -> Iterator[Stage]:
    """Everything runs for as long as the block lasts, and leaves nothing behind."""
    with ExitStack() as stack:
        folder = stack.enter_context(_folder(scene.name))
        database = stack.enter_context(server()) if scene.database == POSTGRESQL else None
        wrong = clock(folder)
        tree = Tree(scene.parts, folder, _env(scene, folder, database, wrong))
        disk = None if database else stack.enter_context(small(folder / "data", tree.pids))
        stack.callback(tree.close)
        networks = stack.enter_context(pretending())
        shop = stack.enter_context(_shop(tree, networks, folder / "data", random))
        yield Stage(tree, Means(clock=wrong, database=database, disk=disk), networks, *shop)


@contextmanager
def _shop(tree: Tree, networks: Networks, data: Path, random: Random) -> Iterator[tuple[Ledger, Writer]]:
    """A business with channels and pictures, in a Hawker that runs."""
    tree.start()
    subprocess.run(
        [sys.executable, "-m", "tools.drill.founding"], cwd=ROOT, env={**os.environ, **tree.env}, check=True
    )
    places = [Place(platform=name, handle=f"drill{n}") for name in _posting() for n in range(ACCOUNTS)]
    with closing(Api(tree.addresses, data)) as ours, closing(Api(tree.addresses, data)) as writers:
        channels = connect(ours, networks, places)
        yield Ledger(ours, channels), Writer(writers, random, channels, add_media(ours))


def _posting() -> list[str]:
    """The networks that a post can go to; messages to people are none."""
    return [name for name, platform in platforms().items() if simplest(platform)]


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    """Kept where KEEP is set, for those who want to know what happened."""
    folder = Path(tempfile.mkdtemp(prefix=f"hawker-drill-{name}-"))
    try:
        yield folder
    finally:
        if "KEEP" not in os.environ:
            shutil.rmtree(folder, ignore_errors=True)


def _env(scene: Scene, folder: Path, database: Postgres | None, wrong: Clock | None) -> Mapping[str, str]:
    return {
        "DATABASE_URL": database.address if database else "",
        "DJANGO_SETTINGS_MODULE": "hawker.config.settings",
        "HAWKER_ALLOW_PRIVATE_HOSTS": "1",
        "HAWKER_ANSWER_SECONDS": str(ANSWER_SECONDS),
        "HAWKER_DATA": str(folder / "data"),
        "HAWKER_ENGINE": scene.engine,
        "HAWKER_PUBLIC_URL": "",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "XDG_STATE_HOME": str(folder / "state"),
        **(wrong.env if wrong else {}),
    }
