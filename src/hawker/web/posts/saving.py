"""Sending the composer's form: one transaction, so that a refusal leaves nothing half done behind."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from hawker.core.people.rules import Actor
from hawker.core.planning import queue, repeating
from hawker.core.planning.models import Recurrence
from hawker.core.posts.models import Post
from hawker.core.problems import Conflict, invalid
from hawker.core.publishing import actions
from hawker.core.publishing.actions import PASSED
from hawker.web.posts import clock
from hawker.web.posts.typed import Typed, When

A_MOMENT = timedelta(seconds=1)


def save_new(actor: Actor, typed: Typed, zone: ZoneInfo) -> Post:
    """A form that comes twice makes one post; one that comes again with other words makes another.

    Raises Invalid with everything that must be changed first.
    """
    at, draft = when_due(typed, zone), not typed.goes_out
    if typed.when is When.queue:
        return queue.compose(actor, typed.writing, key=str(typed.key))
    try:
        return actions.compose(actor, typed.writing, at, draft=draft, key=str(typed.key))
    except Conflict:
        return actions.compose(actor, typed.writing, at, draft=draft)


@transaction.atomic
def save_changed(actor: Actor, post: Post, typed: Typed, zone: ZoneInfo) -> Post:
    """Raises Invalid as `save_new` does, and Conflict where the post is on its way by now."""
    at = when_due(typed, zone)
    if post.deliveries.exists():
        # Core takes no time that has passed; a second from now is now.
        return actions.rewrite(actor, post.id, typed.writing, at or _now(typed))
    changed = actions.rewrite(actor, post.id, typed.writing, at)
    if typed.when is When.queue:
        return queue.enqueue(actor, post.id)
    return actions.schedule(actor, post.id, at) if typed.goes_out else changed


def save_repeat(actor: Actor, row: Recurrence | None, typed: Typed) -> Recurrence:
    """A form that comes twice makes one recurrence. Raises Invalid as `save_new` does."""
    rhythm = typed.repeat.rhythm
    if row is None:
        return repeating.repeat(actor, typed.writing, rhythm, key=str(typed.key))
    return repeating.change(actor, row.id, typed.writing, rhythm)


def when_due(typed: Typed, zone: ZoneInfo) -> datetime | None:
    """The instant for `When.later`, else None. Raises Invalid at `at`."""
    if typed.when is not When.later:
        return None
    at = clock.instant(typed.at, zone)
    if at <= timezone.now():
        raise invalid("at", PASSED)
    return at


def _now(typed: Typed) -> datetime | None:
    return timezone.now() + A_MOMENT if typed.when is When.now else None
