"""The time test: do posts start at their time while Hawker has much else to do?

Its other work are its own daily checks of channels, two calls and a few rows each. Started as `run` is.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

from tools.bench.combination import Combination
from tools.bench.program import program
from tools.bench.watch import Network, network

MINUTES = float(os.environ.get("MINUTES") or 10)
POSTS = int(os.environ.get("POSTS") or 300)
CHECKS = int(os.environ.get("JOBS") or 2000)
LEAD_SECONDS = 20.0  # for the program to start
REST_SECONDS = 15.0  # for the last ones to be seen


def wanted() -> Combination:
    """By DATABASE and ANSWER_MS; MINUTES, POSTS and JOBS shorten it."""
    return Combination(
        shape="hosted",
        database=os.environ.get("DATABASE") or "sqlite",
        engine="local",
        posts=POSTS,
        answer_ms=int(os.environ.get("ANSWER_MS") or 200),
        workers=1,
    )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hawker.config.settings")
    django.setup()
    combination = Combination(**json.loads(sys.argv[1]))
    with network(combination.answer_ms) as watched:
        late, spread = measure(combination, watched, Path(os.environ["HAWKER_DATA"]))
    print(json.dumps(line(combination, sorted(late), spread)), flush=True)


def measure(combination: Combination, watched: Network, folder: Path) -> tuple[list[float], float]:
    """How late each post came to the network, and over how many seconds the checks were spread there."""
    from hawker.config import migrations
    from tools.bench import seed

    migrations.bring_up_to_date()
    length = timedelta(minutes=MINUTES)
    begin = datetime.fromtimestamp(time.time() + LEAD_SECONDS, UTC)
    due = seed.plan(combination, watched.address, begin, length, CHECKS)
    with program(combination, folder):
        if time.time() > begin.timestamp():
            raise SystemExit("Hawker was not ready in time")
        time.sleep((begin + length).timestamp() - time.time() + REST_SECONDS)
        checks = watched.checks()
        seen, _ = watched.collect()
    if sorted(each.key for each in seen) != sorted(due):
        raise SystemExit(f"{len(due)} posts made {len(seen)} calls")
    if len(checks) != CHECKS:
        raise SystemExit(f"{CHECKS} channels were due, {len(checks)} were checked")
    return [each.arrived - due[each.key] for each in seen], max(checks.values()) - min(checks.values())


def line(combination: Combination, late: list[float], spread: float) -> dict[str, object]:
    """Percentiles by nearest rank."""
    return {
        "bench": "timing",
        "posts": combination.posts,
        "jobs": CHECKS,
        "minutes": MINUTES,
        "database": combination.database,
        "engine": combination.engine,
        "jobs_over_s": round(spread, 1),
        "lateness_p50_s": round(late[-(-len(late) * 50 // 100) - 1], 3),
        "lateness_p99_s": round(late[-(-len(late) * 99 // 100) - 1], 3),
        "lateness_max_s": round(late[-1], 3),
        "earliest_s": round(late[0], 3),
    }


if __name__ == "__main__":
    main()
