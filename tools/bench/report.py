"""From what the network saw to the line of figures."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tools.bench.combination import Combination
from tools.bench.network import Seen

NAME = re.compile(r"^([\w-]+): ", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """Calls that were due at `due` (Unix time), with one of them as it came over the wire."""

    due: float
    seen: list[Seen]
    sample: str

    def posts_per_s(self) -> float:
        return len(self.seen) / (max(each.answered for each in self.seen) - self.due)

    def lateness(self, percent: int) -> float:
        """Nearest rank."""
        late = sorted(each.arrived - self.due for each in self.seen)
        return late[-(-len(late) * percent // 100) - 1]

    def shape(self) -> tuple[str, frozenset[str], frozenset[str]]:
        """Request line, names of headers, names of fields: what two runs must have in common."""
        head, _, body = self.sample.partition("\r\n\r\n")
        line, _, headers = head.partition("\r\n")
        names = frozenset(name.lower() for name in NAME.findall(headers)) - {"connection"}
        return line, names, frozenset(re.findall(r'"(\w+)":', body))


@dataclass(frozen=True)
class Cost:
    cpu_s: float
    peak_mb: float


def check(run: Run, posts: int, *, like: Run) -> None:
    """Raises SystemExit unless each post came exactly once, by a call like those of the other run."""
    if len(run.seen) != posts or len({each.key for each in run.seen}) != posts:
        raise SystemExit(f"{posts} posts made {len(run.seen)} calls with {_keys(run.seen)} keys")
    if run.shape() != like.shape():
        raise SystemExit(f"The calls differ: {run.shape()} and {like.shape()}")


def _keys(seen: Iterable[Seen]) -> int:
    return len({each.key for each in seen})


def line(combination: Combination, run: Run, bare: Run, cost: Cost) -> dict[str, object]:
    rate, bare_rate = run.posts_per_s(), bare.posts_per_s()
    return {
        "bench": "publish",
        "shape": combination.shape,
        "database": combination.database,
        "engine": combination.engine,
        "posts": combination.posts,
        "posts_per_s": round(rate, 1),
        "bare_per_s": round(bare_rate, 1),
        "ratio": round(rate / bare_rate, 3),
        "lateness_p50_s": round(run.lateness(50), 3),
        "lateness_p99_s": round(run.lateness(99), 3),
        "bare_p99_s": round(bare.lateness(99), 3),
        "cpu_ms_per_post": round(cost.cpu_s * 1000 / combination.posts, 3),
        "peak_mb": round(cost.peak_mb, 1),
        "workers": combination.workers,
        "answer_ms": combination.answer_ms,
    }
