"""A drill of one engine: its scenes, one after the other, and what they came to together."""

import sys
from dataclasses import dataclass
from random import Random

from tools.drill.plan import Trouble, rounds
from tools.drill.report import Line, tell, total
from tools.drill.scene import Scene, staged
from tools.drill.tree import ALONE, CLUSTER, PAIR

SCENES = {
    "local": (
        Scene(name="sqlite", engine="local", parts=ALONE, postgresql=False),
        Scene(name="postgresql", engine="local", parts=PAIR),
    ),
    "cluster": (Scene(name="cluster", engine="cluster", parts=CLUSTER),),
}
# A drill as short as that is played on the engine's first scene only.
SHORT = 10


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How hard a drill is. The same `seed` draws the same blows; what they hit depends on the pace."""

    kills: int
    posts: int
    seed: int
    patient: bool
    without: frozenset[Trouble] = frozenset()


def drill(engine: str, wish: Wish) -> Line:
    scenes = SCENES[engine][: 1 if wish.kills < SHORT else None]
    share = len(scenes)
    results = []
    for number, scene in enumerate(scenes):
        kills = wish.kills // share + (number < wish.kills % share)
        random = Random(f"{wish.seed} {scene.name}")
        with staged(scene, random) as stage:
            print(f"{engine} on {scene.name}, seed {wish.seed}, kills {kills}", file=sys.stderr, flush=True)
            setting = stage.setting(patient=wish.patient, without=wish.without)
            result = stage.play(rounds(random, setting, kills=kills, posts=wish.posts // share))
            tell(scene.name, stage.tree, stage.means, result)
        results.append(result)
    return total(engine, wish.kills, results)
