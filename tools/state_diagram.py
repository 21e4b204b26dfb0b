"""Writes docs/states.md: asks the rules what becomes of every state, and draws it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from hawker.core.people.rules import LATE_AFTER
from hawker.core.publishing import rules, upkeep
from hawker.core.publishing.commands import commanded
from hawker.core.publishing.states import IN_HAND, Command, Next, Snapshot, State
from tools.state_words import COMMANDS, NOW, OUTCOMES, READ_DELAY, STATES, WORDS, times

TOOLS = Path(__file__).resolve().parent
FRAME, PAGE = TOOLS / "states.md.txt", TOOLS.parent / "docs" / "states.md"
Arrow = tuple[str, str, str]
HAND = "in_hand"


def delivery(state: State, **changes: object) -> Snapshot:
    known: dict[str, object] = {"due_at": NOW, "look_at": NOW, "attempt": 1, "sent_at": NOW}
    return Snapshot(state=state, **{**known, **changes})  # type: ignore[arg-type]


def after(state: State, outcome: str) -> State | None:
    """None: it cannot come to this state."""
    try:
        return rules.after(delivery(state), OUTCOMES[outcome], NOW, read_delay=READ_DELAY).state
    except rules.Impossible:
        return None


def of_workers() -> Iterator[Arrow]:
    for state in (State.scheduled, State.unknown):
        if rules.taken(delivery(state)) is not state:
            yield state, rules.taken(delivery(state)), "taken in hand"
    for outcome in OUTCOMES:
        yield from _of_outcome(outcome)
    late = rules.before(delivery(State.scheduled), NOW + LATE_AFTER + timedelta(seconds=1))
    if late:
        yield State.scheduled, late.state, "too late"


def _of_outcome(outcome: str) -> Iterator[Arrow]:
    """What all three states in hand share is one arrow from the three together."""
    becomes = {state: then for state in State if (then := after(state, outcome))}
    shared = {becomes.get(state) for state in IN_HAND}
    target = shared.pop()
    if target and not shared:
        yield HAND, target, outcome
    for state, then in becomes.items():
        if then is not state and not (target and not shared and state in IN_HAND):
            yield state, then, outcome


def of_upkeep() -> Iterator[Arrow]:
    for state in State:
        for why, then in _mended(state).items():
            if then and then.state is not state:
                yield state, then.state, why


def _mended(state: State) -> dict[str, Next | None]:
    seen, follower = delivery(state), delivery(state, look_at=None)
    connected, set_back = upkeep.healed(seen, NOW), upkeep.healed(seen, NOW - timedelta(hours=1))
    ended = upkeep.followed(follower, State.cancelled, addressed=False, now=NOW)
    unwanted = rules.before(delivery(state, wanted=False), NOW)
    along = upkeep.accompanied(follower, "")
    return {
        "the person whom it is for agrees no more": unwanted,
        "its channel was removed": upkeep.orphaned(seen),
        "its channel is signed in again": connected,
        "a clock that was ahead is set right before its time": set_back if connected is None else None,
        "what it follows was cancelled, taken down or has no address": ended,
        "its owner has posted what it follows, and this with it": along,
    }


def ask(state: State, command: Command) -> list[State]:
    """What it becomes; more than one thing where that is for its owner to say."""
    seen = delivery(state, look_at=None)
    answers = [commanded(seen, command, NOW, at=NOW, there=there) for there in (True, False)]
    return list(dict.fromkeys(then.state for then in answers if then))


def drawing(arrows: Iterable[Arrow]) -> str:
    """Arrows between the same two states are one, with all that leads along it."""
    words: dict[tuple[str, str], list[str]] = {}
    for source, target, why in arrows:
        words.setdefault((source, target), []).append(why)
    inside = [(pair, why) for pair, why in words.items() if set(pair) <= IN_HAND]
    outside = [(pair, why) for pair, why in words.items() if not set(pair) <= IN_HAND]
    lines = [
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> scheduled",
        f'    state "in a worker\'s hand" as {HAND} {{',
    ]
    lines += ["    " + _line(pair, why) for pair, why in inside]
    lines += ["    }", *(_line(pair, why) for pair, why in outside), "```"]
    return "\n".join(lines)


def _line(pair: tuple[str, str], why: list[str]) -> str:
    return f"    {pair[0]} --> {pair[1]}: {' · '.join(why)}"


def states() -> str:
    rows = [
        f"| **{state}** | {meaning} | {mover} | {_allowed(state)} |"
        for state, (meaning, mover) in STATES.items()
    ]
    head = ["| State | What it is | Who moves it on | What people may do |", "|---|---|---|---|"]
    return "\n".join([*head, *rows])


def _allowed(state: State) -> str:
    return ", ".join(command.value for command in Command if rules.may(command, state)) or "–"


def outcomes() -> str:
    """Only states to which an outcome can come: the others have nobody who could bring one."""
    columns = [state for state in STATES if any(after(state, outcome) for outcome in OUTCOMES)]
    lines = ["| Outcome | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for outcome in OUTCOMES:
        cells = [after(state, outcome) or "–" for state in columns]
        lines.append(f"| {outcome} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def words() -> str:
    """What networks tell changes nothing in the states that are missing here."""
    lines = ["| The network tells | of | From → to |", "|---|---|---|"]
    for known, which in (
        (False, "one whose id Hawker does not know yet"),
        (True, "the one it has the id of"),
    ):
        for meaning, word in WORDS.items():
            found = {state: rules.told(delivery(state), word, known=known) for state in STATES}
            moved = {state: then.state for state, then in found.items() if then}
            for target in dict.fromkeys(moved.values()):
                sources = ", ".join(state for state, then in moved.items() if then is target)
                lines.append(f"| {meaning} | {which} | {sources} → {target} |")
    return "\n".join(lines)


def commands() -> str:
    lines = ["| Command | A person | From → to |", "|---|---|---|"]
    for command, words in COMMANDS.items():
        by_target: dict[str, list[str]] = {}
        for state in STATES:
            target = " or ".join(ask(state, command))
            if target:
                by_target.setdefault(target, []).append(state)
        moves = "; ".join(f"{', '.join(sources)} → {target}" for target, sources in by_target.items())
        lines.append(f"| {command.value} | {words} | {moves} |")
    return "\n".join(lines)


def mending() -> str:
    lines = ["| What happened | From → to |", "|---|---|"]
    by_cause: dict[tuple[str, str], list[str]] = {}
    for source, target, why in of_upkeep():
        by_cause.setdefault((why, target), []).append(source)
    lines += [f"| {why} | {', '.join(found)} → {target} |" for (why, target), found in by_cause.items()]
    return "\n".join(lines)


def page() -> str:
    parts = {
        "drawing": drawing(of_workers()),
        "states": states(),
        "outcomes": outcomes(),
        "words": words(),
        "commands": commands(),
        "upkeep": mending(),
    }
    return FRAME.read_text().format(**parts, **times())


if __name__ == "__main__":
    PAGE.write_text(page())
