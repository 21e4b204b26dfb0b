"""One delivery in every state, and everything that can come to it."""

from datetime import UTC, datetime, timedelta

from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.core.publishing.states import (
    Abandoned,
    Absent,
    Accepted,
    AnswerLost,
    Declined,
    Handed,
    Intended,
    KeyDead,
    Outcome,
    Postponed,
    Prepared,
    Reason,
    Snapshot,
    State,
    Unlookable,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DUE = NOW - timedelta(minutes=1)
SENT = NOW - timedelta(seconds=40)
NAMED = NOW + timedelta(minutes=20)
READ_DELAY = timedelta(seconds=5)
WHY = Reason(sentence=say("Because."), code="418")
POST = Published(remote_id="1", url="https://network.example/1")

OUTCOMES: dict[str, Outcome] = {
    "prepared": Prepared(),
    "handed": Handed(),
    "intended": Intended(),
    "accepted": Accepted(POST),
    "absent": Absent(timedelta(seconds=10)),
    "absent too soon": Absent(timedelta(seconds=4)),
    "postponed": Postponed(reason=WHY),
    "postponed to a time": Postponed(reason=WHY, at=NAMED),
    "postponed by a day": Postponed(reason=WHY, at=NOW + timedelta(days=1)),
    "declined": Declined(WHY),
    "key dead": KeyDead(WHY),
    "answer lost": AnswerLost(WHY),
    "unlookable": Unlookable(WHY, timedelta(seconds=10)),
    "unlookable, too soon to ask": Unlookable(WHY, timedelta(seconds=4)),
    "unlookable, and it may still tell": Unlookable(WHY, timedelta(minutes=1), tells=True),
    "abandoned": Abandoned(),
}


def delivery(state: State, **changes: object) -> Snapshot:
    known: dict[str, object] = {"due_at": DUE, "look_at": DUE, "attempt": 1, "sent_at": SENT}
    return Snapshot(state=state, **{**known, **changes})  # type: ignore[arg-type]
