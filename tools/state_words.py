"""What docs/states.md says of each state, outcome, command and upkeep. The arrows come from the rules."""

from datetime import UTC, datetime, timedelta

from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.core.people.rules import LATE_AFTER
from hawker.core.publishing import rules, upkeep
from hawker.core.publishing.states import (
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
    Outcome,
    Postponed,
    Prepared,
    Reason,
    State,
    Told,
    Unlookable,
    Word,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
READ_DELAY = timedelta(seconds=10)
_WHY = Reason(sentence=say("…"))

# State → what it is, and who moves it on.
STATES = {
    State.scheduled: (
        "It waits for its time, or for the post that it follows.",
        "A worker, when it is time; the post that it follows.",
    ),
    State.preparing: (
        "A worker uploads pictures and waits until the network has them; all of it can be repeated.",
        "That worker; when it is gone, the end of its lease.",
    ),
    State.ready: (
        "All that can be repeated is done. Nothing has been sent.",
        "That worker; when it is gone, the end of its lease.",
    ),
    State.handed: (
        "It is due, and its network lets no program post to this account.",
        "Its owner, who is told at once and, past the limit of lateness, once more.",
    ),
    State.sending: (
        "The intent is written down, and the one call that cannot be taken back may be under way.",
        "That worker; when it is gone, the end of its lease.",
    ),
    State.published: ("It is on its network.", "Nobody needs to; its owner may take it down."),
    State.unknown: (
        "The answer was lost. Nothing is sent again before somebody has looked whether the post is there.",
        "A worker, who looks. Where Hawker cannot look, or not for about an hour, its owner is asked.",
    ),
    State.held: ("Somebody put it on hold.", "Its owner is asked: resume, move or cancel."),
    State.late: (
        "Its time passed by more than the limit of lateness before it could go out.",
        "Its owner is asked: publish now, give another time or cancel.",
    ),
    State.needs_sign_in: (
        "The network does not take the key of this channel any more.",
        "The channel's owner is asked to sign in again; then it goes on by itself.",
    ),
    State.failed: (
        "The network refused it, and says why.",
        "Its owner is told: mend it and try again, or leave it.",
    ),
    State.cancelled: ("Its owner cancelled it, or its channel was removed.", "Nobody needs to."),
    State.removed: ("It was published, and its owner took it off the network.", "Nobody needs to."),
}

# Words on the arrow → an outcome that stands for it.
OUTCOMES: dict[str, Outcome] = {
    "prepared": Prepared(),
    "handed over": Handed(),
    "intent written": Intended(),
    "taken": Accepted(Published(remote_id="1", url="")),
    "not there": Absent(rules.must_be_quiet(READ_DELAY)),
    "not there, too soon to believe": Absent(timedelta(0)),
    "later": Postponed(reason=_WHY),
    "later, past the limit": Postponed(reason=_WHY, at=NOW + LATE_AFTER * 2),
    "refused": Declined(_WHY),
    "key dead": KeyDead(_WHY),
    "answer lost": AnswerLost(_WHY),
    "cannot look": Unlookable(_WHY, rules.must_be_quiet(READ_DELAY)),
    "cannot look, too soon to ask": Unlookable(_WHY),
    "cannot look, but may be told": Unlookable(_WHY, tells=True),
    "worker gone": Abandoned(),
}

# What a network may tell by itself.
WORDS: dict[str, Word] = {
    "that it has it": Told(Published(remote_id="1", url="")),
    "that it cannot deliver it": Bounced(_WHY),
}

# Command → what a person does.
COMMANDS = {
    Command.move: "gives it another time",
    Command.hold: "puts it on hold",
    Command.resume: "lets it go on",
    Command.cancel: "cancels it",
    Command.retry: "publishes it now",
    Command.rewrite: "changes the post and its time",
    Command.take_down: "takes it off the network",
    Command.settle: "says that it is there, or that it is not",
    Command.done: "says that she has posted it",
}


def times() -> dict[str, str]:
    return {
        "late": _said(LATE_AFTER),
        "lease": _said(rules.LEASE),
        "send": _said(rules.SEND_WITHIN),
        "look": _said(rules.FIRST_LOOK),
        "looks": str(rules.ASK_AT),
        "hear": _said(rules.HEAR_WITHIN),
        "skew": _said(upkeep.SKEW),
        "most": _said(rules.pause(len(rules.BACK_OFF))),
        "pauses": ", ".join(_said(rules.pause(tries)) for tries in range(len(rules.BACK_OFF))),
    }


def _said(time: timedelta) -> str:
    seconds = int(time.total_seconds())
    for size, name in ((3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size} {name}"
    return f"{seconds} s"
