"""`make drill KILLS=100`: both engines, or the one that ENGINE names, on both databases, or the one that
DATABASE names. SEED draws the same blows once more, WITHOUT leaves out some of the troubles around: clock,
database, disk. KEEP leaves everything there to be looked at."""

import os
import random
import signal
import sys

from tools.drill.plan import Trouble
from tools.drill.report import Line
from tools.drill.run import SCENES, Wish, drill, scenes


def main() -> int:
    # Asked to end, it ends as with Ctrl-C, and takes what it started with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    kills = int(os.environ.get("KILLS", "100"))
    wish = Wish(
        kills=kills,
        posts=int(os.environ.get("POSTS", str(kills * 3))),
        seed=int(os.environ.get("SEED", str(random.randrange(10**6)))),
        patient=kills >= 20,
        database=os.environ.get("DATABASE", ""),
        without=frozenset(Trouble(each) for each in os.environ.get("WITHOUT", "").split()),
    )
    engines = [os.environ["ENGINE"]] if os.environ.get("ENGINE") else list(SCENES)
    lines: list[Line] = [drill(engine, wish) for engine in engines if scenes(engine, wish)]
    for line in lines:
        print(line, flush=True)
    return 0 if lines and all(line.is_well for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
