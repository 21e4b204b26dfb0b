"""Sending the composer's form: one transaction, so that a refusal leaves nothing half done behind."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from hawker.connect.text import say
from hawker.core.people.rules import Actor
from hawker.core.posts import actions as posts
from hawker.core.posts import queries
from hawker.core.posts.models import Post
from hawker.core.posts.values import Writing
from hawker.core.problems import Conflict, NotFound, invalid
from hawker.core.publishing import actions as publishing
from hawker.core.rows import row_id
from hawker.web.posts import clock
from hawker.web.posts.typed import Typed, When


def save_new(actor: Actor, typed: Typed, zone: ZoneInfo) -> Post:
    """A form that comes twice makes one post; one that comes again with other words makes another.

    Raises Invalid with everything that must be changed first.
    """
    before = _sent_before(actor, typed.key)
    if before and not _is_same(before, typed):
        typed = replace(typed, key=row_id())
    try:
        return _write(actor, typed, when_due(typed, zone))
    except Conflict:
        return queries.post(actor, typed.key)


@transaction.atomic
def save_changed(actor: Actor, post: Post, typed: Typed, zone: ZoneInfo) -> Post:
    """Raises Invalid as `save_new` does, and Conflict where the post is on its way by now."""
    at = when_due(typed, zone)
    if post.deliveries.exists():
        return publishing.rewrite(actor, post.id, typed.writing, _now(typed, at))
    publishing.rewrite(actor, post.id, typed.writing, at)
    return _schedule(actor, post, typed, at)


def when_due(typed: Typed, zone: ZoneInfo) -> datetime | None:
    """The instant for `When.later`, else None. Raises Invalid at `at`."""
    if typed.when is not When.later:
        return None
    at = clock.instant(typed.at, zone)
    if at <= timezone.now():
        raise invalid("at", say("This time has passed. Choose a later one."))
    return at


@transaction.atomic
def _write(actor: Actor, typed: Typed, at: datetime | None) -> Post:
    post = posts.write(actor, typed.writing, at, post_id=typed.key)
    return _schedule(actor, post, typed, at)


def _schedule(actor: Actor, post: Post, typed: Typed, at: datetime | None) -> Post:
    if typed.goes_out:
        return publishing.schedule(actor, post.id, at)
    return post


def _now(typed: Typed, at: datetime | None) -> datetime | None:
    return timezone.now() if typed.when is When.now else at


def _sent_before(actor: Actor, key: UUID) -> Post | None:
    try:
        return queries.post(actor, key)
    except NotFound:
        return None


def _is_same(post: Post, typed: Typed) -> bool:
    same_words = _words(queries.writing_of(post)) == _words(typed.writing)
    return same_words and post.deliveries.exists() == typed.goes_out


def _words(writing: Writing) -> tuple[object, ...]:
    where = {each.channel: each.text for each in writing.wordings}
    return writing.text, writing.first_comment, {each.media for each in writing.pictures}, where
