"""Writes to businesses, people, links and keys; every one is logged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hawker.connect.text import say
from hawker.core.people import queries, rules, tokens
from hawker.core.people.models import ApiKey, Invitation, LogEntry, Membership, SetupLink, User, Workspace
from hawker.core.people.rules import Actor, Right, Role
from hawker.core.problems import Conflict, NotAllowed, NotFound, invalid


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is typed to open an account."""

    name: str
    email: str
    password: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Business:
    """`language`: zh-hant or en; `time_zone`: an IANA name; `late_after`: one of `LATE_AFTER_CHOICES`."""

    name: str
    language: str
    time_zone: str
    late_after: timedelta = rules.LATE_AFTER


def require(actor: Actor, right: Right) -> None:
    """Raises NotAllowed."""
    if not actor.may(right):
        raise NotAllowed


def require_installation(actor: Actor) -> None:
    """Raises NotAllowed for whoever does not run this installation."""
    if not queries.runs_installation(actor):
        raise NotAllowed


def note(actor: Actor, action: str, thing: str, thing_id: UUID | None = None, **detail: str) -> None:
    """Puts a write into the workspace's log; call it in the same transaction."""
    LogEntry.objects.create(
        workspace_id=actor.workspace,
        actor=actor.label,
        user_id=actor.user,
        action=action,
        thing=thing,
        thing_id=thing_id,
        detail=detail,
    )


def make_setup_link() -> str:
    """A fresh one-time token for an installation in which nobody has an account; older ones stop working.

    Raises Conflict where somebody has one already.
    """
    if User.objects.exists():
        raise Conflict(say("This Hawker is set up already. Sign in instead."))
    token = tokens.make()
    with transaction.atomic():
        SetupLink.objects.all().delete()
        SetupLink.objects.create(token_hash=tokens.hashed(token), made_at=timezone.now())
    return token


@transaction.atomic
def set_up(token: str, person: Person, business: Business) -> User:
    """Makes the first person and her business. Raises NotFound for a dead link, Invalid for bad input."""
    now = timezone.now()
    link = SetupLink.objects.select_for_update().filter(token_hash=tokens.hashed(token)).first()
    if link is None or not rules.is_open(
        made_at=link.made_at, lasts=rules.SETUP_LINK_LASTS, used_at=link.used_at, now=now
    ):
        raise NotFound
    link.used_at = now
    link.save(update_fields=["used_at"])
    user = open_account(person)
    make_business(user, business)
    return user


@transaction.atomic
def open_account(person: Person) -> User:
    """An account that belongs to no business yet. Raises Invalid for what was typed."""
    email = person.email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise invalid("email", say("This e-mail address has an account already. Sign in with it first."))
    candidate = User(email=email, name=person.name)
    try:
        validate_password(person.password, candidate)
    except ValidationError as error:
        raise invalid("password", say("%(reasons)s", reasons=" ".join(error.messages))) from error
    user = User.objects.create_user(
        email, person.password, name=person.name.strip(), language=person.language
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@transaction.atomic
def make_business(user: User, business: Business) -> Workspace:
    """A business of which `user` is the owner."""
    _check_business(business)
    workspace = Workspace.objects.create(
        name=business.name,
        language=business.language,
        time_zone=business.time_zone,
        late_after=business.late_after,
    )
    Membership.objects.create(workspace=workspace, user=user, role=Role.owner)
    note(actor_of(user, workspace.id, Role.owner), "made", "business", workspace.id, name=business.name)
    return workspace


def actor_of(user: User, workspace: UUID, role: Role) -> Actor:
    return Actor(workspace=workspace, role=role, label=str(user), user=user.id)


@transaction.atomic
def change_business(actor: Actor, business: Business) -> Workspace:
    require(actor, Right.manage_business)
    _check_business(business)
    workspace = Workspace.objects.get(id=actor.workspace)
    workspace.name, workspace.language = business.name, business.language
    workspace.time_zone, workspace.late_after = business.time_zone, business.late_after
    workspace.save()
    note(actor, "changed", "business", workspace.id, name=business.name, time_zone=business.time_zone)
    return workspace


@transaction.atomic
def invite(actor: Actor, role: Role) -> str:
    """A one-time token by which one colleague may join with this role."""
    if not rules.may_give(actor.role, role):
        raise NotAllowed
    token = tokens.make()
    invitation = Invitation.objects.create(
        workspace_id=actor.workspace,
        role=role,
        token_hash=tokens.hashed(token),
        made_by_id=actor.user,
        made_at=timezone.now(),
    )
    note(actor, "invited", "invitation", invitation.id, role=role)
    return token


@transaction.atomic
def withdraw_invitation(actor: Actor, invitation_id: UUID) -> None:
    require(actor, Right.manage_people)
    gone, _ = Invitation.objects.filter(workspace_id=actor.workspace, id=invitation_id, used_at=None).delete()
    if not gone:
        raise NotFound
    note(actor, "withdrew", "invitation", invitation_id)


@transaction.atomic
def join_as_stranger(token: str, person: Person) -> User:
    """Opens an account by an invitation. Raises NotFound for a dead link, Invalid for what was typed."""
    invitation = _use_invitation(token)
    user = open_account(person)
    _add_member(user, invitation)
    return user


@transaction.atomic
def join(token: str, user: User) -> None:
    """Adds somebody who has an account already. Raises NotFound or Conflict."""
    invitation = _use_invitation(token)
    if Membership.objects.filter(workspace_id=invitation.workspace_id, user=user).exists():
        raise Conflict(say("You are in this business already."))
    _add_member(user, invitation)


@transaction.atomic
def change_role(actor: Actor, membership_id: UUID, role: Role) -> None:
    member = _member(actor, membership_id)
    if not rules.may_give(actor.role, role) or not rules.may_give(actor.role, Role(member.role)):
        raise NotAllowed
    if role is not Role.owner:
        _keep_an_owner(actor, member)
    member.role = role
    member.save(update_fields=["role"])
    note(actor, "changed role", "member", member.id, person=str(member.user), role=role)


@transaction.atomic
def remove_member(actor: Actor, membership_id: UUID) -> None:
    member = _member(actor, membership_id)
    if not rules.may_give(actor.role, Role(member.role)):
        raise NotAllowed
    _keep_an_owner(actor, member)
    note(actor, "removed", "member", member.id, person=str(member.user))
    member.delete()


@transaction.atomic
def make_key(actor: Actor, name: str, role: Role) -> str:
    """A key for the API, shown once."""
    if not rules.may_give(actor.role, role):
        raise NotAllowed
    key = f"hawker_{tokens.make()}"
    row = ApiKey.objects.create(
        workspace_id=actor.workspace,
        name=name.strip() or key[:12],
        hint=key[:12],
        key_hash=tokens.hashed(key),
        role=role,
        made_by_id=actor.user,
    )
    note(actor, "made", "key", row.id, name=row.name, role=role)
    return key


@transaction.atomic
def revoke_key(actor: Actor, key_id: UUID) -> None:
    require(actor, Right.manage_people)
    changed = ApiKey.objects.filter(workspace_id=actor.workspace, id=key_id, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if not changed:
        raise NotFound
    note(actor, "revoked", "key", key_id)


def mark_key_used(key_id: UUID, now: datetime) -> None:
    ApiKey.objects.filter(id=key_id).update(used_at=now)


def tidy() -> None:
    """Forgets the sessions that have run out."""
    SessionStore.clear_expired()


def speak(user: User, language: str) -> None:
    """Changes the language in which Hawker speaks to this person."""
    user.language = language
    user.save(update_fields=["language"])


def introduce(user: User, name: str) -> None:
    """Changes how this person is called."""
    user.name = name.strip()
    user.save(update_fields=["name"])


def _check_business(business: Business) -> None:
    if not business.name.strip():
        raise invalid("business", say("Give your business a name."))
    if business.time_zone not in available_timezones():
        raise invalid("time_zone", say("“%(zone)s” is not a time zone.", zone=business.time_zone))
    if business.late_after not in rules.LATE_AFTER_CHOICES:
        raise invalid("late_after_minutes", say("Choose one of the limits of lateness that are offered."))


def _use_invitation(token: str) -> Invitation:
    now = timezone.now()
    invitation = Invitation.objects.select_for_update().filter(token_hash=tokens.hashed(token)).first()
    if invitation is None or not rules.is_open(
        made_at=invitation.made_at, lasts=rules.INVITATION_LASTS, used_at=invitation.used_at, now=now
    ):
        raise NotFound
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    return invitation


def _add_member(user: User, invitation: Invitation) -> None:
    role = Role(invitation.role)
    member = Membership.objects.create(workspace_id=invitation.workspace_id, user=user, role=role)
    note(actor_of(user, invitation.workspace_id, role), "joined", "member", member.id, role=role)


def _member(actor: Actor, membership_id: UUID) -> Membership:
    require(actor, Right.manage_people)
    found = Membership.objects.select_related("user").filter(workspace_id=actor.workspace, id=membership_id)
    member = found.first()
    if member is None:
        raise NotFound
    return member


def _keep_an_owner(actor: Actor, member: Membership) -> None:
    owners = Membership.objects.filter(workspace_id=actor.workspace, role=Role.owner)
    if not owners.exclude(id=member.id).exists():
        raise Conflict(say("A business needs an owner. Make somebody else an owner first."))
