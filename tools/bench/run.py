"""One combination, from an empty database to its line of figures.

Started with the combination as JSON, and with HAWKER_DATA and DATABASE_URL of an installation of its own.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import django

from tools.bench import report
from tools.bench.calls import WARM_UP
from tools.bench.combination import Combination
from tools.bench.profile import profiled
from tools.bench.program import program
from tools.bench.report import Cost, Run
from tools.bench.watch import Network, network

LEAD_SECONDS = 3.0


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hawker.config.settings")
    django.setup()
    combination = Combination(**json.loads(sys.argv[1]))
    with network(combination.answer_ms) as watched:
        bare, bare_cpu_s = measure_bare(combination, watched)
        run, cost = measure_hawker(combination, watched, Path(os.environ["HAWKER_DATA"]))
    report.check(run, combination.posts, like=bare)
    line = report.line(combination, run, bare, cost)
    line["bare_cpu_ms_per_post"] = round(bare_cpu_s * 1000 / combination.posts, 3)
    print(json.dumps(line), flush=True)


def measure_bare(combination: Combination, watched: Network) -> tuple[Run, float]:
    words = [sys.executable, "-m", "tools.bench.bare", json.dumps(asdict(combination)), watched.address]
    began, cpu_s = subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout.split()
    seen, sample = watched.collect()
    return Run(float(began), seen[WARM_UP:], sample), float(cpu_s)


def measure_hawker(combination: Combination, watched: Network, folder: Path) -> tuple[Run, Cost]:
    """What Hawker does ahead of the due instant, and after the last answer until its rows say so, counts."""
    from hawker.config import migrations
    from tools.bench import seed

    migrations.bring_up_to_date()
    held_until = seed.sow(combination, watched.address)
    with program(combination, folder) as hawker:
        seed.wait_until_published(WARM_UP)
        watched.collect()
        before = hawker.cpu_seconds()
        due = time.time() + LEAD_SECONDS
        seed.release(held_until, datetime.fromtimestamp(due, UTC))
        with profiled(hawker, combination.name, LEAD_SECONDS):
            watched.wait_for(combination.posts)
            seed.wait_until_published(WARM_UP + combination.posts)
        cost = Cost(hawker.cpu_seconds() - before, hawker.peak_mb())
    seen, sample = watched.collect()
    return Run(due, seen, sample), cost


if __name__ == "__main__":
    main()
