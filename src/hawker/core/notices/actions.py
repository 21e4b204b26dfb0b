"""What people do with notices: read them, and say which they want."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hawker.core.notices import queries
from hawker.core.notices.models import Copy, Letter, Preference
from hawker.core.notices.queries import Wish
from hawker.core.notices.rules import LetterState
from hawker.core.people.rules import Actor
from hawker.core.problems import NotAllowed


def read(actor: Actor, notice_id: UUID) -> None:
    """A key acts for the whole business: what it has read, nobody has to read any more. Raises NotFound."""
    notice = queries.notice(actor, notice_id)
    _unread(actor).filter(notice_id=notice.id).update(read_at=timezone.now())


def read_all(actor: Actor, until: datetime) -> None:
    """What came after `until` the person has not seen yet."""
    _unread(actor).filter(notice__made_at__lte=until).update(read_at=timezone.now())


@transaction.atomic
def prefer(actor: Actor, wishes: Iterable[Wish]) -> None:
    """Keeps what a person wants to be told of; letters of what she no longer wants are not sent.

    Raises NotAllowed for a key, which is nobody.
    """
    if actor.user is None:
        raise NotAllowed
    for wish in wishes:
        Preference.objects.update_or_create(
            workspace_id=actor.workspace,
            user_id=actor.user,
            kind=wish.kind,
            defaults={"in_app": wish.in_app, "by_mail": wish.by_mail},
        )
        if not wish.by_mail:
            mine = Letter.objects.filter(workspace_id=actor.workspace, user=actor.user)
            mine.filter(notice__kind=wish.kind, state=LetterState.waiting).update(state=LetterState.dropped)


def _unread(actor: Actor) -> QuerySet[Copy]:
    found = Copy.objects.filter(workspace_id=actor.workspace, read_at=None)
    return found if actor.user is None else found.filter(user=actor.user)
