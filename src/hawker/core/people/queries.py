"""Reads of businesses, people, keys and the log. Every list starts from the workspace."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from hawker.core.people import rules, tokens
from hawker.core.people.models import ApiKey, Invitation, LogEntry, Membership, SetupLink, User, Workspace
from hawker.core.people.rules import Actor, Right, Role
from hawker.core.problems import NotAllowed


def memberships(user: User) -> QuerySet[Membership]:
    """The businesses this person is in, with their rows, the longest-standing first."""
    return Membership.objects.filter(user=user).select_related("workspace").order_by("joined_at", "id")


def workspace(workspace_id: UUID) -> Workspace:
    return Workspace.objects.get(id=workspace_id)


def first_workspace() -> Workspace | None:
    return Workspace.objects.order_by("created_at", "id").first()


def runs_installation(actor: Actor) -> bool:
    first = first_workspace()
    return rules.runs_installation(actor, first.id if first else None)


def runners(actor: Actor) -> list[str]:
    """Whom a member of the first business can ask to run the installation; guests are told no names."""
    first = first_workspace()
    if first is None or first.id != actor.workspace:
        return []
    return [str(each.user) for each in members(actor).filter(role=Role.owner)]


def is_empty() -> bool:
    """Whether nobody has an account in this installation yet."""
    return not User.objects.exists()


def members(actor: Actor) -> QuerySet[Membership]:
    found = Membership.objects.filter(workspace_id=actor.workspace)
    return found.select_related("user").order_by("joined_at", "id")


def open_invitations(actor: Actor, now: datetime) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(workspace_id=actor.workspace, used_at=None)
    return found.filter(made_at__gt=now - rules.INVITATION_LASTS).order_by("-made_at")


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation behind a link, with its business, as long as it works."""
    found = Invitation.objects.filter(token_hash=tokens.hashed(token), used_at=None)
    return found.filter(made_at__gt=now - rules.INVITATION_LASTS).select_related("workspace").first()


def open_setup_link(token: str, now: datetime) -> SetupLink | None:
    found = SetupLink.objects.filter(token_hash=tokens.hashed(token), used_at=None)
    return found.filter(made_at__gt=now - rules.SETUP_LINK_LASTS).first()


def keys(actor: Actor) -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(workspace_id=actor.workspace, revoked_at=None).order_by("made_at")


def key_actor(key: str) -> tuple[Actor, ApiKey] | None:
    """Who a key acts as; None for one that is unknown or revoked."""
    row = ApiKey.objects.filter(key_hash=tokens.hashed(key), revoked_at=None).first()
    if row is None:
        return None
    label = f"{row.name} ({row.hint}…)"
    return Actor(workspace=row.workspace_id, role=Role(row.role), label=label), row


def log(actor: Actor, *, before: datetime | None = None, rows: int = 50) -> list[LogEntry]:
    """The newest entries of the log; `before` goes on from an earlier page. Raises NotAllowed."""
    if not actor.may(Right.read_log):
        raise NotAllowed
    found = LogEntry.objects.filter(workspace_id=actor.workspace)
    if before is not None:
        found = found.filter(at__lt=before)
    return list(found.order_by("-at")[:rows])
