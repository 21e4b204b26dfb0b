"""What happens in a drill, and in which order: drawn from a seed before anything starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random

from hawker.sandbox.faults import Fault, Kind

BLOWS_A_ROUND = 10
ANSWER_SECONDS = 2.0
CLOCK_JUMPS = (
    timedelta(minutes=3),
    timedelta(minutes=-4),
    timedelta(hours=3),
    timedelta(hours=-3),
    timedelta(minutes=-40),
)


class Deed(StrEnum):
    kill = "kill"
    term = "term"
    nothing = "nothing"  # what lives must bear the trouble


class Trouble(StrEnum):
    none = "none"
    clock = "clock"
    database = "database"
    disk = "disk"


@dataclass(frozen=True, kw_only=True)
class Blow:
    """`after`: seconds from when all parts run; `parts`: places of those that are hit. `trouble` begins
    `ahead` seconds before the blow and ends after it; with `through` the parts start again within it."""

    deed: Deed
    after: float
    parts: tuple[int, ...]
    trouble: Trouble = Trouble.none
    ahead: float = 0
    through: bool = False
    jump: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Round:
    """`posts` are written while the blows fall; then everything must settle. `faults` by platform."""

    posts: int
    blows: tuple[Blow, ...]
    faults: dict[str, tuple[Fault, ...]]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """`parts`: how many processes there are to hit; `troubles`: those that can be had here. `networks`:
    the platforms. A `patient` drill waits for what a network says of minutes."""

    parts: int
    troubles: tuple[Trouble, ...]
    networks: tuple[str, ...]
    patient: bool


def rounds(random: Random, setting: Setting, *, kills: int, posts: int) -> list[Round]:
    """`kills` times a kill -9 in all, and in every round one orderly stop and one of the troubles besides."""
    sizes = [min(BLOWS_A_ROUND, kills - done) for done in range(0, kills, BLOWS_A_ROUND)]
    made = []
    for number, size in enumerate(sizes):
        trouble = setting.troubles[number % len(setting.troubles)] if setting.troubles else Trouble.none
        early = setting.patient and number < len(sizes) / 2
        faults = {name: _faults(random, patient=early) for name in setting.networks}
        made.append(
            Round(posts=posts // len(sizes), blows=_blows(random, setting, size, trouble), faults=faults)
        )
    return made


def _blows(random: Random, setting: Setting, kills: int, borne: Trouble) -> tuple[Blow, ...]:
    drawn = [_kill(random, setting) for _ in range(kills)]
    drawn.append(_blow(random, setting, Deed.term))
    if borne is not Trouble.none:
        drawn.append(_troubled(random, _blow(random, setting, Deed.nothing), borne))
    random.shuffle(drawn)
    return tuple(drawn)


def _kill(random: Random, setting: Setting) -> Blow:
    blow = _blow(random, setting, Deed.kill)
    if setting.troubles and random.random() < 0.3:
        return _troubled(random, blow, random.choice(setting.troubles))
    return blow


def _blow(random: Random, setting: Setting, deed: Deed) -> Blow:
    hit = random.sample(range(setting.parts), random.randint(1, setting.parts))
    return Blow(deed=deed, after=random.uniform(0.05, 2.5), parts=tuple(sorted(hit)))


def _troubled(random: Random, blow: Blow, trouble: Trouble) -> Blow:
    return Blow(
        deed=blow.deed,
        after=blow.after,
        parts=blow.parts,
        trouble=trouble,
        ahead=random.uniform(0.5, 4),
        through=trouble is Trouble.clock and random.random() < 0.5,
        jump=random.choice(CLOCK_JUMPS),
    )


def _faults(random: Random, *, patient: bool) -> tuple[Fault, ...]:
    """A slow network, and among its answers some that go wrong in each of the ways there are."""
    wrong = [
        Fault(kind=Kind.delay_after, seconds=ANSWER_SECONDS + 1),
        Fault(kind=Kind.reset_before),
        Fault(kind=Kind.reset_after),
        Fault(kind=Kind.error_after, status=random.choice([500, 502, 503, 504])),
        Fault(kind=Kind.error_before, status=500),
        Fault(kind=Kind.error_before, call="any", status=503),
        Fault(kind=Kind.reset_before, call="any"),
        Fault(kind=Kind.limited_bare),
        *([Fault(kind=Kind.limited)] if patient else []),
    ]
    return tuple(_among_slow_ones(random, wrong))


def _among_slow_ones(random: Random, wrong: Sequence[Fault]) -> list[Fault]:
    order = random.sample(wrong, len(wrong))
    mixed: list[Fault] = []
    for fault in order:
        slow = Fault(kind=Kind.delay_after, seconds=random.uniform(0.05, 0.6), times=random.randint(1, 4))
        mixed += [slow, fault]
    return [*mixed, Fault(kind=Kind.delay_after, seconds=0.1, times=1000)]
