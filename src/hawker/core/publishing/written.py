"""What a decision of the rules becomes in the columns of a row."""

from datetime import datetime

from hawker.core.publishing.states import Next, Reason


def columns(then: Next, now: datetime) -> dict[str, object]:
    """A delivery that is given out of hand."""
    written: dict[str, object] = {
        "state": then.state,
        "look_at": then.look_at,
        "tries": then.tries,
        "error": _reason(then.reason),
        "lease_token": None,
        "lease_until": None,
    }
    if then.published is not None:
        written |= {
            "remote_id": then.published.remote_id,
            "remote_detail": dict(then.published.detail),
            "url": then.published.url,
            "published_at": now,
        }
    return written


def _reason(reason: Reason | None) -> dict[str, object] | None:
    if reason is None:
        return None
    said = reason.sentence
    return {
        "text": said.text,
        "params": dict(said.params),
        "code": reason.code,
        "field": reason.field,
    }
