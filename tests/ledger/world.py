"""A ledger of two rows, two workers, a network and a clock, in memory: everything but the decisions.

Those come from a rule book. The network keeps no key against doubles, and hides for a while what it took.

`real` is the time that passes; `wall` is what the clock shows, which people and daemons set.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.core.publishing import commands, rules, upkeep
from hawker.core.publishing.states import (
    IN_HAND,
    WAITING,
    Abandoned,
    Absent,
    Accepted,
    AnswerLost,
    Bounced,
    Command,
    Declined,
    Handed,
    Intended,
    KeyDead,
    Next,
    Outcome,
    Postponed,
    Prepared,
    Reason,
    Snapshot,
    State,
    Told,
    Unlookable,
)

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
READ_DELAY = timedelta(seconds=20)
A_MOMENT = timedelta(seconds=2)
# People read a page before they answer what it asks.
THOUGHT = timedelta(seconds=10)
WHY = Reason(sentence=say("Because."), code="418")


class Fate(Enum):
    """How the next thing that a worker does with a network ends."""

    well = auto()
    lost = auto()
    lost_and_there = auto()
    later = auto()
    named = auto()
    refused = auto()
    withheld = auto()
    key_dead = auto()


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """The decisions under trial, one by one, so that a single one can be broken."""

    after: Callable[..., Next] = rules.after
    before: Callable[..., Next | None] = rules.before
    send_within: timedelta = rules.SEND_WITHIN
    commanded: Callable[..., Next | None] = commands.commanded
    live_leases: Callable[[datetime], tuple[datetime, datetime]] = upkeep.live_leases
    orphaned: Callable[..., Next | None] = upkeep.orphaned
    healed: Callable[..., Next | None] = upkeep.healed
    recalled: Callable[..., datetime | None] = upkeep.recalled
    followed: Callable[..., Next | None] = upkeep.followed
    told: Callable[..., Next | None] = rules.told
    reminded: Callable[..., Next | None] = upkeep.reminded
    accompanied: Callable[..., Next | None] = upkeep.accompanied


@dataclass(kw_only=True)
class Row:
    """`unsure`: an intent was committed, and nothing certain has come of it yet. `taken`: when the network
    took it, each time; `shown`: when it begins to show it. `wanted`: the person whom it is for agrees to it.
    `remote_id`: as Hawker knows it; `ids`: those that the network gave, the last one that of what it has;
    `bounced`: those of what came back."""

    number: int
    due_at: datetime
    look_at: datetime | None
    follows: "Row | None" = None
    state: State = State.scheduled
    attempt: int = 0
    tries: int = 0
    sent_at: datetime | None = None
    token: int | None = None
    lease_until: datetime | None = None
    addressed: bool = False
    unsure: bool = False
    taken: list[datetime] = field(default_factory=list)
    shown: datetime | None = None
    asked_since: datetime | None = None
    wanted: bool = True
    remote_id: str = ""
    ids: list[str] = field(default_factory=list)
    bounced: set[str] = field(default_factory=set)

    def seen(self) -> Snapshot:
        return Snapshot(
            state=self.state,
            due_at=self.due_at,
            look_at=self.look_at,
            attempt=self.attempt,
            tries=self.tries,
            sent_at=self.sent_at,
            leased=self.token is not None,
            wanted=self.wanted,
        )

    def become(self, then: Next) -> None:
        self.state, self.look_at, self.tries = then.state, then.look_at, then.tries
        self.due_at = then.due_at or self.due_at
        self.token = self.lease_until = None
        if then.published is not None:
            self.remote_id = then.published.remote_id
            self.addressed = bool(self.remote_id)

    def waits(self) -> bool:
        return self.follows is not None and self.follows.state is not State.published


@dataclass(kw_only=True)
class Held:
    """What one worker has in hand. `intended`: when its intent was committed, in real time."""

    row: Row
    token: int
    seen: Snapshot
    intended: datetime | None = None
    outcome: Outcome | None = None


@dataclass(kw_only=True, eq=False)
class Worker:
    """`quiet`: by its own steady clock, since when it has known each attempt's answer to be lost."""

    held: Held | None = None
    held_up: bool = False
    quiet: dict[tuple[int, int], datetime] = field(default_factory=dict)


class World:
    def __init__(
        self, book: Rulebook, *, lookable: bool, telling: bool = False, by_hand: bool = False
    ) -> None:
        """`telling`: the network tells by itself what became of a post. `by_hand`: it lets nobody but the
        owner post."""
        self.book, self.lookable, self.telling, self.by_hand = book, lookable, telling, by_hand
        self.real, self.ahead = START, timedelta(0)
        self.connected, self.removed = True, False
        self.rows: list[Row] = []
        self.workers = [Worker(), Worker()]
        self.tokens = self.written = 0
        self.write_anew()

    @property
    def wall(self) -> datetime:
        return self.real + self.ahead

    def pass_by(self, time: timedelta) -> None:
        self.real += time

    def write_anew(self) -> None:
        """A post and its first comment, due now, when the ones before have come to their end."""
        if all(row.state in {State.published, State.removed, State.cancelled} for row in self.rows):
            self.written += 2
            leader = Row(number=self.written, due_at=self.wall, look_at=self.wall)
            follower = Row(number=self.written + 1, due_at=self.wall, look_at=None, follows=leader)
            self.rows = [leader, follower]

    def crash(self, worker: Worker) -> None:
        self.workers[self.workers.index(worker)] = Worker()

    def about_to_send(self) -> list[Worker]:
        """Those that have written their intent, and not acted on it yet."""
        held = [(worker, worker.held) for worker in self.workers if not worker.held_up]
        return [worker for worker, each in held if each and each.intended and each.outcome is None]

    def renew(self) -> None:
        for held in [worker.held for worker in self.workers if not worker.held_up]:
            if held and held.row.token == held.token:
                held.row.lease_until = self.wall + rules.LEASE

    def work(self, worker: Worker, fate: Fate, delay: timedelta) -> None:
        """The next thing that there is to do for this worker. `delay`: how long the network hides a post."""
        held = worker.held
        if worker.held_up:
            return
        if held is None:
            worker.held = self._take()
        elif held.outcome is not None:
            self._settle(worker, held, held.outcome)
        elif held.seen.state is State.unknown:
            held.outcome = self._look(worker, held, fate)
        elif held.intended is None:
            self._prepare(worker, held, fate)
        else:
            held.outcome = self._send(held, fate, delay)

    def sweep(self) -> None:
        first, last = self.book.live_leases(self.wall)
        for row in self.rows:
            if row.lease_until is not None and not first <= row.lease_until <= last:
                row.become(self._after(row.seen(), Abandoned()))
            if row.token is None:
                self._mend(row)

    def tell(self, row: Row, *, bounce: bool, first: bool) -> None:
        """The network tells of a message that it took: of the last one, or once more of the first. A message
        that bounces is on nobody's network any more."""
        if not row.ids:
            return
        named = row.ids[0] if first else row.ids[-1]
        if bounce and row.taken and named == row.ids[-1]:
            row.taken, row.shown = [], None
            row.bounced.add(named)
        # One that bounced was told of as taken before, and may be told of so again.
        word = Bounced(WHY) if named in row.bounced and bounce else Told(_at(named))
        known = row.remote_id == named or (row.state is State.published and not row.remote_id)
        then = self.book.told(row.seen(), word, known=known)
        if then is not None:
            assert row.taken or then.state is State.failed, "counted as out, and it came back before"
            row.unsure = False
            self._become(row, then)
        if isinstance(word, Bounced) and row.state not in {State.published, State.removed}:
            row.remote_id = named

    def ask(self, row: Row, command: Command, at: datetime) -> None:
        """A person asks it of a delivery, and knows what stands on the network."""
        there = bool(row.taken)
        if command is Command.settle and not self._has_thought(row):
            return
        if command is Command.take_down and not row.addressed:
            return
        then = self.book.commanded(
            row.seen(), command, self.wall, at=max(at, self.wall + A_MOMENT), there=there
        )
        if then is not None:
            if command is Command.retry and row.remote_id in row.bounced:
                row.remote_id, row.ids, row.bounced = (
                    "",
                    [],
                    set(),
                )  # another key: of the old one nobody hears
            row.unsure = row.unsure and command is not Command.settle
            if command is Command.done:
                self._post(row)
            self._become(row, then)
            self._link(row)

    def _post(self, row: Row) -> None:
        """Its owner posts it herself, and what waits for it as well."""
        along = [each for each in self.rows if each.follows is row]
        for each in (row, *along):
            then = self.book.accompanied(each.seen(), "") if each is not row else None
            if each is row or then is not None:
                each.taken.append(self.real)
                assert len(each.taken) == 1, "on the network twice"
            if then is not None:
                each.become(then)

    def _has_thought(self, row: Row) -> bool:
        return row.asked_since is not None and self.real >= row.asked_since + THOUGHT

    def note_asked(self) -> None:
        for row in self.rows:
            asked = rules.is_asked(row.seen())
            row.asked_since = (row.asked_since or self.real) if asked else None

    def _take(self) -> Held | None:
        at_work = any(row.state in IN_HAND for row in self.rows)
        if not self.connected or self.removed or at_work:
            return None
        for row in self._due():
            stop = self.book.before(row.seen(), self.wall)
            if stop is not None:
                row.become(stop)
                continue
            self.tokens += 1
            row.state = rules.taken(row.seen())
            row.token, row.lease_until = self.tokens, self.wall + rules.LEASE
            return Held(row=row, token=self.tokens, seen=row.seen())
        return None

    def _due(self) -> Iterator[Row]:
        for row in self.rows:
            waiting = row.state in WAITING and row.token is None
            if waiting and row.look_at is not None and row.look_at <= self.wall:
                yield row

    def _prepare(self, worker: Worker, held: Held, fate: Fate) -> None:
        """Up to the intent, which is written only while the lease is held."""
        if fate in {Fate.later, Fate.named, Fate.refused, Fate.withheld, Fate.key_dead}:
            held.outcome = self._refusal(fate)
            return
        if self.book.before(held.seen, self.wall):
            held.outcome = Abandoned()
            return
        row = held.row
        if not row.wanted:
            held.outcome = Abandoned()
            return
        if row.token != held.token or row.state is not State.preparing:
            worker.held = None
            return
        if self.by_hand:
            held.outcome = Handed()
            return
        ready = self._after(held.seen, Prepared())
        row.state = self._after(_in(held.seen, ready.state), Intended()).state
        row.attempt, row.sent_at = row.attempt + 1, self.wall
        assert not row.unsure, "sent again, and nobody has looked"
        row.unsure = True
        held.seen, held.intended = row.seen(), self.real

    def _send(self, held: Held, fate: Fate, delay: timedelta) -> Outcome:
        assert held.intended is not None
        if self.real - held.intended > self.book.send_within:
            return Postponed(reason=rules.STALLED)
        if fate in {Fate.well, Fate.lost_and_there}:
            held.row.taken.append(self.real)
            held.row.ids.append(f"{held.row.number}.{len(held.row.ids)}")
            held.row.shown = self.real + delay
            assert len(held.row.taken) == 1, "on the network twice"
        if fate in {Fate.lost, Fate.lost_and_there}:
            return AnswerLost(WHY)
        return Accepted(_at(held.row.ids[-1])) if fate is Fate.well else self._refusal(fate)

    def _look(self, worker: Worker, held: Held, fate: Fate) -> Outcome:
        key = (held.row.number, held.seen.attempt)
        quiet = self.real - worker.quiet.setdefault(key, self.real)
        if not self.lookable:
            return Unlookable(WHY, quiet, tells=self.telling)
        if fate in {Fate.later, Fate.named, Fate.refused, Fate.withheld, Fate.key_dead}:
            return self._refusal(Fate.refused if fate is Fate.withheld else fate)
        shown = held.row.shown is not None and held.row.shown <= self.real
        return Accepted(_at(held.row.ids[-1])) if shown else Absent(quiet)

    def _refusal(self, fate: Fate) -> Outcome:
        match fate:
            case Fate.refused:
                return Declined(WHY)
            case Fate.withheld:
                return Handed(WHY)
            case Fate.key_dead:
                self.connected = False
                return KeyDead(WHY)
            case Fate.named:
                return Postponed(reason=WHY, at=self.wall + timedelta(minutes=2))
        return Postponed(reason=WHY)

    def _settle(self, worker: Worker, held: Held, outcome: Outcome) -> None:
        row, worker.held = held.row, None
        if isinstance(outcome, AnswerLost):
            worker.quiet.setdefault((row.number, held.seen.attempt), self.real)
        if row.token != held.token:
            return
        then = self._after(held.seen, outcome)
        certain = held.seen.state is State.sending or then.state is not State.unknown
        if certain and not isinstance(outcome, AnswerLost | Abandoned):
            row.unsure = False
        self._become(row, then)

    def _become(self, row: Row, then: Next) -> None:
        row.become(then)
        for each in self.rows:
            if each.follows is row:
                self._follow(each, row)

    def _follow(self, follower: Row, leader: Row) -> None:
        then = self.book.followed(follower.seen(), leader.state, addressed=leader.addressed, now=self.wall)
        if then is not None:
            follower.become(then)

    def _mend(self, row: Row) -> None:
        then = None
        if self.removed:
            then = self.book.orphaned(row.seen())
        elif self.connected:
            then = self.book.healed(row.seen(), self.wall)
        then = then or self.book.reminded(row.seen(), self.wall)
        if then is not None:
            row.become(then)
        row.look_at = self.book.recalled(row.seen(), self.wall) or row.look_at
        self._link(row)

    def _link(self, row: Row) -> None:
        if row.follows is not None:
            self._follow(row, row.follows)

    def _after(self, seen: Snapshot, outcome: Outcome) -> Next:
        return self.book.after(seen, outcome, self.wall, read_delay=READ_DELAY)


def _in(seen: Snapshot, state: State) -> Snapshot:
    return Snapshot(state=state, due_at=seen.due_at, tries=seen.tries)


def _at(remote_id: str) -> Published:
    return Published(remote_id=remote_id, url="https://network.example/post")
