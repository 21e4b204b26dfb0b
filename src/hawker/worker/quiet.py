"""For how long an answer has been known to be lost, by a clock that is never set."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

FORGOTTEN_AFTER = timedelta(hours=1).total_seconds()


@dataclass(frozen=True)
class Quiet:
    """Of this process alone: another one begins to count anew, which only delays.

    The wall clock may be set between the loss and the look, and "it is not there" would be believed too soon.
    """

    _since: dict[tuple[UUID, int], float] = field(default_factory=dict)

    def of(self, delivery: UUID, attempt: int) -> timedelta:
        """How long since this was first asked of this attempt: when its answer was lost, or before a look."""
        now = time.monotonic()
        self._forget(now - FORGOTTEN_AFTER)
        return timedelta(seconds=now - self._since.setdefault((delivery, attempt), now))

    def _forget(self, before: float) -> None:
        """The oldest stand first."""
        while self._since:
            oldest = next(iter(self._since))
            if self._since[oldest] > before:
                return
            del self._since[oldest]
