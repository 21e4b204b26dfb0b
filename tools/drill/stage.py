"""One running Hawker, struck and started again round after round; after each, everything must settle."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Set
from contextlib import nullcontext
from dataclasses import dataclass

from tools.drill.api import Away
from tools.drill.count import Count, Told, count
from tools.drill.ledger import Ledger
from tools.drill.networks import Networks
from tools.drill.plan import Blow, Deed, Round, Setting, Trouble
from tools.drill.shop import Writer
from tools.drill.tree import Tree
from tools.drill.trouble import Means

SETTLE_SECONDS = 180.0
# A network may say that it will answer again in five minutes.
PATIENT_SECONDS = 420.0
POLL_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True)
class Result:
    """`stuck`: what did not settle in time. `settled_s`: the longest that it took, from the
    last start on and from the last post that was written. `asked`:
    how often the owner was asked, by network; `needless`: of those that could have been looked at. `waiting`:
    what is not there, and Hawker may not believe that yet."""

    networks: tuple[str, ...]
    posts: int
    count: Count
    stuck: tuple[str, ...]
    settled_s: float
    asked: Counter[str]
    needless: int
    late: int
    waiting: int


class Stage:
    def __init__(self, tree: Tree, means: Means, networks: Networks, ledger: Ledger, writer: Writer) -> None:
        self.tree = tree
        self.means = means
        self._networks = networks
        self._ledger = ledger
        self._writer = writer
        self._settled_s = self._took = self._written_at = 0.0

    def setting(self, *, patient: bool, without: Set[Trouble]) -> Setting:
        names = tuple(sorted({place.platform for place in self._ledger.places}))
        troubles = tuple(each for each in self.means.troubles if each not in without)
        return Setting(parts=len(self.tree.parts), troubles=troubles, networks=names, patient=patient)

    def play(self, rounds: Iterable[Round]) -> Result:
        for number, each in enumerate(rounds, 1):
            self._play(each)
            left = self._settle(patient=False)
            _note(f"round {number}: {self._took:.1f} s to settle, left: {_named(left)}")
        return self._result(self._settle(patient=True))

    def _play(self, round_: Round) -> None:
        for platform, faults in round_.faults.items():
            self._networks.add(platform, faults)
        writing = self._writer.begin(round_.posts)
        for blow in round_.blows:
            time.sleep(blow.after)
            self._strike(blow)
        writing.result()
        self._written_at = time.monotonic()
        self._networks.clear()

    def _strike(self, blow: Blow) -> None:
        """What is written while the clock is wrong is due at a wrong time, so nothing is."""
        with self._writer.silent() if blow.trouble is Trouble.clock else nullcontext():
            self._suffer(blow)
        self.tree.start()

    def _suffer(self, blow: Blow) -> None:
        self.means.begin(blow)
        time.sleep(blow.ahead)
        match blow.deed:
            case Deed.kill:
                self.tree.kill(blow.parts)
            case Deed.term:
                self.tree.stop(blow.parts)
        if blow.through:
            self.tree.start()
            time.sleep(blow.ahead)
        self.means.end(blow)

    def _settle(self, *, patient: bool) -> list[Told]:
        """Waits until everything has settled; gives what has not in time."""
        deadline = time.monotonic() + (PATIENT_SECONDS if patient else SETTLE_SECONDS)
        left = self._left(patient=patient)
        while left and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
            left = self._left(patient=patient)
        self._took = time.monotonic() - max(self.tree.started_at, self._written_at)
        if not patient:
            self._settled_s = max(self._settled_s, self._took)
        return left

    def _left(self, *, patient: bool) -> list[Told]:
        while True:
            try:
                self._ledger.decide(self._networks)
                return self._ledger.unsettled(self._networks, patient=patient)
            except Away:
                self.tree.start()

    def _result(self, left: list[Told]) -> Result:
        places = self._ledger.places
        seen = {place: self._networks.seen(place) for place in places}
        asked = Counter(place.platform for place in self._ledger.asked.values())
        blind = self._networks.blind(places)
        return Result(
            networks=tuple(sorted({place.platform for place in places})),
            posts=self._writer.posts,
            count=count(self._ledger.told(), seen, self._writer.promised, self._writer.cancelled),
            stuck=_named(left),
            settled_s=self._settled_s,
            asked=asked,
            needless=sum(number for name, number in asked.items() if name not in blind),
            late=len(self._ledger.late),
            waiting=len(self._ledger.waiting(self._networks)),
        )


def _named(left: Iterable[Told]) -> tuple[str, ...]:
    return tuple(f"{each.mark} at {each.place}, which is {each.state}: {each.reason}" for each in left)


def _note(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
