"""What a drill says: a line of JSON a scene with all the rest, and the engine's own line at the very end."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from tools.drill.clock import MEANS as CLOCK_MEANS
from tools.drill.stage import Result
from tools.drill.tree import Tree
from tools.drill.trouble import Means


@dataclass(frozen=True, kw_only=True)
class Line:
    """The engine's result, as it is printed. `needless`: how often the owner was asked what Hawker could
    have found out; `stubborn`: how many orderly stops had to be forced."""

    engine: str
    kills: int
    posts: int
    twice: int
    lost: int
    stuck: int
    asked: int
    needless: int
    stubborn: int
    settled_s: float

    @property
    def is_well(self) -> bool:
        return not (self.twice or self.lost or self.stuck or self.needless or self.stubborn)

    def __str__(self) -> str:
        said = {
            "drill": "publish",
            "engine": self.engine,
            "kills": self.kills,
            "posts": self.posts,
            "published_twice": self.twice,
            "lost": self.lost,
            "stuck": self.stuck,
            "asked": self.asked,
            "settled_s_max": round(self.settled_s, 1),
            "asked_needlessly": self.needless,
            "stops_forced": self.stubborn,
        }
        return json.dumps(said)


def total(engine: str, kills: int, results: Sequence[Result], *, stubborn: int) -> Line:
    return Line(
        engine=engine,
        kills=kills,
        posts=sum(each.posts for each in results),
        twice=sum(len(each.count.twice) for each in results),
        lost=sum(len(each.count.lost) for each in results),
        stuck=sum(len(each.stuck) for each in results),
        asked=sum(each.asked.total() for each in results),
        needless=sum(each.needless for each in results),
        stubborn=stubborn,
        settled_s=max(each.settled_s for each in results),
    )


def tell(scene: str, tree: Tree, means: Means, result: Result) -> None:
    """Everything else that was seen, for those who look for a cause."""
    said = {
        "scene": scene,
        "networks": result.networks,
        "published": result.count.published,
        "twice": result.count.twice,
        "lost": result.count.lost,
        "stuck": result.stuck,
        "failed": result.count.failed,
        "asked": result.asked,
        "asked_needlessly": result.needless,
        "late": result.late,
        "waiting": result.waiting,
        "orderly_stops": tree.stops,
        "stops_forced": tree.stubborn,
        "slowest_stop_s": round(tree.slowest_stop, 1),
        "fell": tree.fell,
        "clock": CLOCK_MEANS if means.clock else "not put wrong: no libfaketime here",
        "disk": means.disk.means if means.disk else "not full: the database has its own",
        "database": "stopped and started" if means.database else "a file",
    }
    print(json.dumps(said), flush=True)
