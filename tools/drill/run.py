"""A drill of one engine: its scenes, one after the other, and what they came to together."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tools.drill.plan import Trouble, rounds
from tools.drill.report import Line, tell, total
from tools.drill.scene import POSTGRESQL, SQLITE, Scene, staged
from tools.drill.tree import ALONE, CLUSTER, PAIR

SCENES = {
    "local": (
        Scene(name="sqlite", engine="local", parts=ALONE, database=SQLITE),
        Scene(name="postgresql", engine="local", parts=PAIR, database=POSTGRESQL),
    ),
    "cluster": (Scene(name="cluster", engine="cluster", parts=CLUSTER, database=POSTGRESQL),),
}
# A drill as short as that is played on the engine's first scene only.
SHORT = 10


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How hard a drill is. The same `seed` draws the same blows; what they hit depends on the pace.

    `database`: on this one only; empty: on all that are drilled.
    """

    kills: int
    posts: int
    seed: int
    patient: bool
    database: str = ""
    without: frozenset[Trouble] = frozenset()


def scenes(engine: str, wish: Wish) -> Sequence[Scene]:
    found = [each for each in SCENES[engine] if wish.database in {"", each.database}]
    return found[:1] if wish.kills < SHORT else found


def drill(engine: str, wish: Wish) -> Line:
    played = scenes(engine, wish)
    share = len(played)
    results, stubborn = [], 0
    for number, scene in enumerate(played):
        kills = wish.kills // share + (number < wish.kills % share)
        random = Random(f"{wish.seed} {scene.name}")
        with staged(scene, random) as stage:
            print(f"{engine} on {scene.name}, seed {wish.seed}, kills {kills}", file=sys.stderr, flush=True)
            setting = stage.setting(patient=wish.patient, without=wish.without)
            result = stage.play(rounds(random, setting, kills=kills, posts=wish.posts // share))
            tell(scene.name, stage.tree, stage.means, result)
        results.append(result)
        stubborn += stage.tree.stubborn
    return total(engine, wish.kills, results, stubborn=stubborn)
