"""When a channel's secrets are renewed and its facts looked up again."""

from datetime import datetime, timedelta
from enum import StrEnum

REFRESH_AHEAD = timedelta(minutes=15)
REFRESH_LEASE = timedelta(minutes=1)
CHECK_EVERY = timedelta(hours=24)
CHECK_AGAIN = timedelta(hours=1)


class State(StrEnum):
    connected = "connected"
    needs_sign_in = "needs_sign_in"
    removed = "removed"


def must_refresh(expires_at: datetime | None, now: datetime) -> bool:
    return expires_at is not None and now >= expires_at - REFRESH_AHEAD
