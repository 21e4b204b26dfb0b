"""How what the rules decide is written into a row."""

from datetime import datetime

from hawker.core.publishing.states import Next, Reason


def columns(then: Next, now: datetime) -> dict[str, object]:
    """Every decision gives the delivery out of hand."""
    changed: dict[str, object] = {
        "state": then.state,
        "look_at": then.look_at,
        "tries": then.tries,
        "error": said(then.reason),
        "lease_token": None,
        "lease_until": None,
    }
    if then.due_at is not None:
        changed |= {"due_at": then.due_at, "stage": "", "stage_at": None}
    if then.published is not None:
        changed |= {
            "remote_id": then.published.remote_id,
            "remote_detail": dict(then.published.detail),
            "url": then.published.url,
            "published_at": now,
        }
    return changed


def said(reason: Reason | None) -> dict[str, object] | None:
    if reason is None:
        return None
    return {
        "text": reason.sentence.text,
        "params": dict(reason.sentence.params),
        "code": reason.code,
        "field": reason.field,
    }
