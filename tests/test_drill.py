"""The drill of `make drill`: what it counts, and a short one of each engine."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from hawker.connect.registry import platforms
from tools.drill.clock import CACHE_SECONDS, clock
from tools.drill.count import Told, Wanted, count
from tools.drill.networks import Place
from tools.drill.plan import Deed, Setting, Trouble, rounds
from tools.drill.report import Line
from tools.drill.run import SCENES, Wish, scenes

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 600
# The blows are drawn from it; what they hit is left to chance, and so the verdict must not depend on that.
SEED = "3"
PLACE = Place(platform="net", handle="alice")
SETTING = Setting(parts=3, troubles=tuple(Trouble)[1:], networks=tuple(platforms()), patient=True)


CLEAN = Line(
    engine="local",
    kills=5,
    posts=15,
    twice=0,
    lost=0,
    stuck=0,
    asked=3,
    needless=0,
    stubborn=0,
    settled_s=1.5,
)


def told(state: str, reason: str = "") -> Told:
    return Told(id="1", mark="a", place=PLACE, state=state, reason=reason)


@pytest.mark.parametrize(
    ("state", "times", "twice", "lost"),
    [
        ("published", 1, 0, 0),
        ("published", 2, 1, 0),
        ("published", 0, 0, 1),
        ("cancelled", 1, 1, 0),
        ("cancelled", 0, 0, 1),
        ("failed", 1, 1, 0),
        ("failed", 0, 0, 1),
    ],
)
def test_the_networks_have_the_last_word(state: str, times: int, twice: int, lost: int) -> None:
    found = count([told(state)], {PLACE: Counter({"a": times})}, [], set())
    assert (len(found.twice), len(found.lost)) == (twice, lost)


def test_what_was_cancelled_or_refused_for_a_reason_is_not_lost() -> None:
    nothing = {PLACE: Counter[str]()}
    assert count([told("cancelled")], nothing, [], {"a"}).lost == ()
    assert count([told("failed", "422 too long")], nothing, [], set()).lost == ()


def test_a_post_that_hawker_took_and_forgot_is_lost() -> None:
    assert len(count([], {PLACE: Counter()}, [Wanted(mark="a", place=PLACE)], set()).lost) == 1


def test_a_post_that_nobody_wrote_down_is_still_counted_twice() -> None:
    assert len(count([], {PLACE: Counter({"a": 2})}, [], set()).twice) == 1


def test_a_seed_draws_the_same_drill_with_as_many_kills_as_were_asked_for() -> None:
    drawn, again = (rounds(Random("7"), SETTING, kills=23, posts=60) for _ in range(2))
    blows = [blow for each in drawn for blow in each.blows]
    assert drawn == again
    assert sum(blow.deed is Deed.kill for blow in blows) == 23
    assert {blow.trouble for blow in blows} == set(Trouble)


def test_the_line_begins_as_it_is_read_elsewhere() -> None:
    assert list(json.loads(str(CLEAN)))[:9] == [
        *("drill", "engine", "kills", "posts", "published_twice", "lost", "stuck", "asked", "settled_s_max"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        replace(CLEAN, twice=1),
        replace(CLEAN, lost=1),
        replace(CLEAN, stuck=1),
        replace(CLEAN, needless=1),
        replace(CLEAN, stubborn=1),
    ],
)
def test_one_thing_that_went_wrong_fails_a_drill(line: Line) -> None:
    assert CLEAN.is_well
    assert not line.is_well


def test_a_database_narrows_a_drill_and_may_leave_nothing_of_it() -> None:
    wish = Wish(kills=5, posts=15, seed=1, patient=False, database="sqlite")
    assert [[each.name for each in scenes(engine, wish)] for engine in SCENES] == [["sqlite"], []]


def test_a_clock_that_was_wrong_is_right_again_after_a_while(tmp_path: Path) -> None:
    """What is written after that while is due at its own time."""
    if (wrong := clock(tmp_path)) is None:
        pytest.skip("no libfaketime here")
    asked = "import time\nwhile input() or True: print(time.time(), flush=True)"
    with subprocess.Popen(
        [sys.executable, "-c", asked],
        env={**os.environ, **wrong.env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        wrong.jump(timedelta(hours=3))
        while ahead(child) < 3600:
            time.sleep(0.05)
        wrong.jump(timedelta(0))
        time.sleep(CACHE_SECONDS)
        assert ahead(child) < 3600
        child.kill()


def ahead(child: subprocess.Popen[str]) -> float:
    """How many seconds its clock is."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("\n")
    child.stdin.flush()
    return float(child.stdout.readline()) - time.time()


@pytest.fixture(scope="module")
def drills() -> Iterator[dict[str, subprocess.Popen[str]]]:
    """A short one of each engine, side by side: most of their time they wait for leases to run out."""
    running = {
        engine: subprocess.Popen(
            [sys.executable, "-m", "tools.drill"],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
                "KILLS": "5",
                "ENGINE": engine,
                "SEED": SEED,
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        for engine in SCENES
    }
    yield running
    for each in running.values():
        each.terminate()
        each.communicate()


@pytest.mark.parametrize("engine", SCENES)
def test_five_kills_double_nothing_and_lose_nothing(
    engine: str, drills: dict[str, subprocess.Popen[str]]
) -> None:
    said, _ = drills[engine].communicate(timeout=PATIENCE_SECONDS)
    assert drills[engine].returncode == 0, f"its reasons stand in what it wrote to standard error; {said}"
    line = json.loads(said.splitlines()[-1])
    counted = {name: line[name] for name in ("kills", "published_twice", "lost", "stuck")}
    assert counted == {"kills": 5, "published_twice": 0, "lost": 0, "stuck": 0}, said
    assert line["posts"] > 0
