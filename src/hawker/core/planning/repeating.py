"""Writes of posts that come back, and the job that makes their posts ahead.

One day makes one post: the day's row and its post are written in one transaction, under the lock of the
recurrence, and a second row for the same day cannot be. What is out, or on its way, is never touched.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from hawker.connect.text import Sentence, say
from hawker.core.channels import queries as channels
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right, Role
from hawker.core.planning import queries, rules
from hawker.core.planning.models import Occurrence, Recurrence
from hawker.core.planning.rules import Rhythm
from hawker.core.planning.writings import keep, writing_of
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Post
from hawker.core.posts.values import Writing
from hawker.core.problems import Conflict, Invalid, NotFound, Refusal, invalid
from hawker.core.publishing import actions as publishing
from hawker.core.publishing import queries as ledger
from hawker.core.publishing.states import UNSENT, State
from hawker.core.rows import row_id

HAWKER = "Hawker"


@transaction.atomic
def repeat(actor: Actor, writing: Writing, rhythm: Rhythm, *, key: str = "") -> Recurrence:
    """Lets a post come back by a rule; its first posts are made at once. Raises Invalid.

    With a `key`, the same call makes one recurrence only, however often it comes.
    """
    _require(actor)
    row_key = uuid5(actor.workspace, key) if key else row_id()
    row = Recurrence(id=row_key, workspace_id=actor.workspace, author_id=actor.user)
    _fill(actor, row, writing, rhythm)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return Recurrence.objects.get(workspace_id=actor.workspace, id=row_key)
    _plan(row, timezone.now())
    _refuse_trouble(row)
    note(actor, "repeated", "recurrence", row.id)
    return row


@transaction.atomic
def change(actor: Actor, recurrence_id: UUID, writing: Writing, rhythm: Rhythm) -> Recurrence:
    """Other words, or other times, for what is still to come; nothing goes out by it.

    An occurrence that somebody has changed by itself keeps its words. Raises Invalid.
    """
    _require(actor)
    row, now = _locked(actor, recurrence_id), timezone.now()
    before = writing_of(row.writing)
    _fill(actor, row, writing, rhythm)
    row.save()
    if row.paused_at is None:
        _bring_in_line(actor, row, before, now)
        _plan(row, now)
        _refuse_trouble(row)
    note(actor, "changed", "recurrence", row.id)
    return row


@transaction.atomic
def pause(actor: Actor, recurrence_id: UUID) -> Recurrence:
    """Stops making posts and takes back those that have not gone out."""
    _require(actor)
    row, now = _locked(actor, recurrence_id), timezone.now()
    if row.paused_at is not None:
        raise Conflict(say("This is paused already."))
    _take_back(actor, row.occurrences.all(), now)
    row.paused_at = now
    row.save(update_fields=["paused_at"])
    note(actor, "paused", "recurrence", row.id)
    return row


@transaction.atomic
def resume(actor: Actor, recurrence_id: UUID) -> Recurrence:
    """Goes on from now; what the pause left out stays out."""
    _require(actor)
    row = _locked(actor, recurrence_id)
    if row.paused_at is None:
        raise Conflict(say("This is not paused."))
    row.paused_at = None
    row.save(update_fields=["paused_at"])
    _plan(row, timezone.now())
    note(actor, "resumed", "recurrence", row.id)
    return row


@transaction.atomic
def end(actor: Actor, recurrence_id: UUID) -> None:
    """Lets it come no more, and takes back what has not gone out."""
    _require(actor)
    row, now = _locked(actor, recurrence_id), timezone.now()
    _take_back(actor, row.occurrences.all(), now)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    note(actor, "ended", "recurrence", row.id)


def plan(now: datetime) -> int:
    """Makes the posts of the next two weeks that are not there yet; gives how many it made. It may run at any
    time, in any number of processes, and die anywhere."""
    going = Recurrence.objects.filter(paused_at=None, ended_at=None)
    soon = Q(planned_until=None) | Q(planned_until__lt=now + rules.AHEAD - rules.AGAIN)
    ids = list(going.filter(soon).order_by("id").values_list("id", flat=True))
    return sum(_plan_one(recurrence_id, now) for recurrence_id in ids)


@transaction.atomic
def _plan_one(recurrence_id: UUID, now: datetime) -> int:
    waiting = Recurrence.objects.select_for_update().filter(id=recurrence_id, paused_at=None, ended_at=None)
    row = waiting.first()
    return _plan(row, now) if row else 0


def _plan(row: Recurrence, now: datetime) -> int:
    """`row` is locked. What is refused is kept as its trouble and tried again at the next run."""
    rhythm = queries.rhythm_of(row)
    actor = Actor(workspace=row.workspace_id, role=Role.manager, label=HAWKER, user=row.author_id)
    zone = queries.zone_of(actor)
    until = now + rules.AHEAD
    due = rules.ahead(rhythm, now, zone, until=until)
    there = set(row.occurrences.filter(day__in=due).values_list("day", flat=True))
    missing = [day for day in due if day not in there]
    trouble: Sentence | None = None
    made = 0
    for day in missing:
        try:
            with transaction.atomic():
                _make(actor, row, day, rules.instant(rhythm, day, zone))
            made += 1
        except Refusal as refused:
            trouble = refused.sentence
    row.planned_until = None if trouble else until
    row.error = {"text": trouble.text, "params": dict(trouble.params)} if trouble else None
    row.save(update_fields=["planned_until", "error"])
    return made


def _make(actor: Actor, row: Recurrence, day: date, at: datetime) -> None:
    occurrence = Occurrence.objects.create(workspace_id=row.workspace_id, recurrence=row, day=day)
    occurrence.post = publishing.compose(actor, _here(actor, writing_of(row.writing)), at)
    occurrence.save(update_fields=["post"])


def _here(actor: Actor, writing: Writing) -> Writing:
    """Without the channels that have been removed meanwhile."""
    known = set(channels.channels(actor).values_list("id", flat=True))
    return replace(writing, wordings=tuple(each for each in writing.wordings if each.channel in known))


def _bring_in_line(actor: Actor, row: Recurrence, before: Writing, now: datetime) -> None:
    rhythm, zone = queries.rhythm_of(row), queries.zone_of(actor)
    meant = set(rules.ahead(rhythm, now, zone, until=now + rules.AHEAD))
    coming = _coming(actor, row.occurrences.all(), now)
    _take_back(actor, [each for each, _ in coming if each.day not in meant], now)
    for occurrence, post in coming:
        if occurrence.day in meant:
            _rewrite(actor, post, row, before, rules.instant(rhythm, occurrence.day, zone))


def _rewrite(actor: Actor, post: Post, row: Recurrence, before: Writing, at: datetime) -> None:
    own = posts.writing_of(post)
    said = (own.text, own.language, own.pictures, own.thread, own.first_comment)
    if said != (before.text, before.language, before.pictures, before.thread, before.first_comment):
        return
    moved = at if at != post.planned_at and ledger.every_state(post) == {State.scheduled} else None
    with suppress(Conflict):  # a worker was faster: it goes out as it was
        publishing.rewrite(actor, post.id, _here(actor, writing_of(row.writing)), moved)


def _take_back(actor: Actor, rows: Iterable[Occurrence], now: datetime) -> None:
    """What somebody has cancelled stays, so that its day is not made again."""
    for occurrence, post in _coming(actor, rows, now):
        if ledger.every_state(post) != {State.cancelled}:
            with suppress(Conflict):  # a worker was faster: it goes out
                publishing.delete(actor, post.id)
                occurrence.delete()


def _coming(actor: Actor, rows: Iterable[Occurrence], now: datetime) -> list[tuple[Occurrence, Post]]:
    """Those whose time is still to come and of which nothing is out, or on its way."""
    by_post = {each.post_id: each for each in rows if each.post_id}
    found = ledger.posts_on(actor).filter(id__in=by_post, planned_at__gt=now)
    return [
        (by_post[post.id], post) for post in found if ledger.every_state(post) <= UNSENT | {State.cancelled}
    ]


def _fill(actor: Actor, row: Recurrence, writing: Writing, rhythm: Rhythm) -> None:
    today = timezone.now().astimezone(ZoneInfo(queries.zone_of(actor))).date()
    found = rules.problems(rhythm)
    if found:
        raise Invalid(found)
    if (today - rhythm.start).days > rules.A_YEAR:
        raise invalid("start", say("It began more than a year ago. Choose a later beginning."))
    publishing.check(actor, writing)
    row.writing = keep(writing)
    row.kind, row.wall, row.start = rhythm.kind, rhythm.wall, rhythm.start
    row.weekdays, row.day = sorted(rhythm.weekdays), rhythm.day
    row.until, row.count = rhythm.until, rhythm.count


def _refuse_trouble(row: Recurrence) -> None:
    """Raises Invalid: who has just written it mends it at once."""
    trouble = queries.trouble_of(row)
    if trouble is not None:
        raise invalid("text", trouble)


def _require(actor: Actor) -> None:
    require(actor, Right.write_posts)
    require(actor, Right.publish_posts)


def _locked(actor: Actor, recurrence_id: UUID) -> Recurrence:
    """Raises NotFound."""
    found = Recurrence.objects.select_for_update().filter(workspace_id=actor.workspace, ended_at=None)
    row = found.filter(id=recurrence_id).first()
    if row is None:
        raise NotFound
    return row
