"""What the worker does with letters. The notice in the app is the certain one; a mail comes at most once:
the intent is committed before the mail server is spoken to, and a letter of which nobody knows whether the
server took it is not sent again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from hawker.core.notices import queries, rules
from hawker.core.notices.models import Letter
from hawker.core.notices.queries import Item
from hawker.core.notices.rules import Kind, LetterState, Outcome
from hawker.core.people.models import Membership
from hawker.core.people.rules import Role
from hawker.core.rows import row_id
from hawker.core.speech import speak

PREFERENCES = "/settings/notices"
LINES = 20


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Somebody in one of her businesses, for whom letters wait."""

    workspace: UUID
    user: UUID


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One mail, of which the database knows that it is about to be sent."""

    id: UUID
    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A notice in a letter, in the reader's language; `where` is an address, or a path in Hawker."""

    headline: str
    why: str
    advice: str
    due_at: datetime | None
    where: str


def due(now: datetime, *, limit: int) -> list[Addressee]:
    """Whom letters wait for whose time has come."""
    found = Letter.objects.filter(state=LetterState.waiting, send_at__lte=now).order_by()
    pairs = found.values_list("workspace_id", "user_id").distinct()[:limit]
    return [Addressee(workspace=workspace, user=user) for workspace, user in pairs]


@transaction.atomic
def intend(to: Addressee, now: datetime) -> Parcel | None:
    """Commits the intent to send all that waits for this person in one mail, and drops what she need not
    know any more; None where nothing is left."""
    waiting = {row.notice_id: row.id for row in _locked(_waiting(to))}
    parcel, told = _written(row_id(), to, waiting)
    kept = Letter.objects.filter(id__in=[waiting[notice] for notice in told])
    Letter.objects.filter(id__in=waiting.values()).exclude(id__in=kept.values("id")).update(
        state=LetterState.dropped
    )
    if parcel is not None:
        kept.update(state=LetterState.sending, parcel=parcel.id, sent_at=now)
    return parcel


def settle(parcel: UUID, outcome: Outcome, now: datetime) -> None:
    """Writes down what came of a mail. Only what is still being sent changes."""
    with transaction.atomic():
        for row in Letter.objects.select_for_update().filter(parcel=parcel, state=LetterState.sending):
            _become(row, outcome, now)


def put_off(to: Iterable[Addressee], why: str, now: datetime) -> None:
    """The mail server cannot be reached: nothing was sent."""
    with transaction.atomic():
        for addressee in to:
            for row in _locked(_waiting(addressee)):
                _become(row, rules.Passing(why), now)


def sweep(now: datetime) -> int:
    """Letters whose worker is gone may have been sent, and are not sent again; gives how many."""
    gone = Letter.objects.filter(state=LetterState.sending, sent_at__lt=now - rules.LOST_AFTER)
    return gone.update(state=LetterState.lost, why="the worker stopped while it was sent")


def _waiting(to: Addressee) -> QuerySet[Letter]:
    return Letter.objects.filter(workspace_id=to.workspace, user_id=to.user, state=LetterState.waiting)


def _locked(found: QuerySet[Letter]) -> QuerySet[Letter]:
    return found.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)


def _member(to: Addressee) -> Membership | None:
    found = Membership.objects.filter(workspace_id=to.workspace, user_id=to.user, user__is_active=True)
    return found.select_related("user", "workspace").first()


def _become(row: Letter, outcome: Outcome, now: datetime) -> None:
    then = rules.after(outcome, tries=row.tries, age=now - row.made_at)
    row.state, row.tries, row.why = then.state, then.tries, then.why[:500]
    row.send_at = now + then.after
    if then.state is not LetterState.waiting:
        row.sent_at = now
    row.save(update_fields=["state", "tries", "why", "send_at", "sent_at"])


def _written(parcel: UUID, to: Addressee, notices: Iterable[UUID]) -> tuple[Parcel | None, list[UUID]]:
    """The mail in the reader's words, and the notices that it tells of."""
    member = _member(to)
    if member is None:
        return None, []
    kinds = rules.kinds_of(Role(member.role))
    with translation.override(member.user.language), timezone.override(ZoneInfo(member.workspace.time_zone)):
        items = [item for item in queries.standing(notices) if item.kind in kinds]
        written = _parcel(parcel, member, items) if items else None
    return written, [item.id for item in items]


def _parcel(parcel: UUID, member: Membership, items: list[Item]) -> Parcel:
    context = {
        "business": member.workspace.name,
        "lines": [_line(item) for item in items[:LINES]],
        "more": max(len(items) - LINES, 0),
        "all": _where("/notices/"),
        "preferences": _where(PREFERENCES),
        "public": bool(settings.PUBLIC_URL),
    }
    return Parcel(
        id=parcel,
        to=member.user.email,
        subject=" ".join(_subject(member, items).split()),
        text=render_to_string("letters/letter.txt", context),
        html=render_to_string("letters/letter.html", context),
        headers=_headers(parcel),
    )


def _line(item: Item) -> Line:
    return Line(
        headline=speak(item.headline),
        why=f"{speak(item.why)}{f' ({item.code})' if item.code else ''}" if item.why else "",
        advice=speak(item.advice) if item.advice else "",
        due_at=item.due_at,
        where=_where(f"/notices/{item.id}"),
    )


def _where(path: str) -> str:
    """Without a public address only a path: a link to this machine would lead the reader to her own."""
    return f"{settings.PUBLIC_URL}{path}"


def _subject(member: Membership, items: list[Item]) -> str:
    if len(items) == 1:
        return speak(items[0].headline)
    needing = sum(item.kind is not Kind.week for item in items)
    said = ngettext("%(count)s matter needs you", "%(count)s matters need you", needing) % {"count": needing}
    return gettext("%(business)s: %(said)s") % {"business": member.workspace.name, "said": said}


def _headers(parcel: UUID) -> dict[str, str]:
    """RFC 3834: no machine shall answer. RFC 2369: where to change what is mailed."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<{parcel}@{domain}>"}
    if settings.PUBLIC_URL:
        headers["List-Unsubscribe"] = f"<{settings.PUBLIC_URL}{PREFERENCES}>"
    return headers
