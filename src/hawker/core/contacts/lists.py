"""Keeping lists of contacts: what people do."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hawker.connect.text import say
from hawker.core.contacts import queries
from hawker.core.contacts.models import ContactList, Member
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right
from hawker.core.problems import invalid

NAME_LENGTH = 120


@transaction.atomic
def open_list(actor: Actor, name: str) -> ContactList:
    """Raises Invalid for a name that is missing, too long or taken."""
    require(actor, Right.manage_contacts)
    row = ContactList(workspace_id=actor.workspace, created_at=timezone.now())
    _name(actor, row, name)
    note(actor, "opened", "list", row.id, name=row.name)
    return row


@transaction.atomic
def rename_list(actor: Actor, list_id: UUID, name: str) -> ContactList:
    require(actor, Right.manage_contacts)
    row = queries.list_of(actor, list_id)
    _name(actor, row, name)
    note(actor, "renamed", "list", row.id, name=row.name)
    return row


@transaction.atomic
def close_list(actor: Actor, list_id: UUID) -> None:
    """The people on it stay."""
    require(actor, Right.manage_contacts)
    row = queries.list_of(actor, list_id)
    note(actor, "deleted", "list", row.id, name=row.name)
    row.delete()


@transaction.atomic
def put_on(actor: Actor, list_id: UUID, contact_ids: Collection[UUID]) -> int:
    """Gives how many were not on the list before."""
    require(actor, Right.manage_contacts)
    row = queries.list_of(actor, list_id)
    found = queries.contacts(actor).filter(id__in=contact_ids).exclude(places__list=row)
    places = [Member(workspace_id=actor.workspace, list=row, contact=each) for each in found]
    Member.objects.bulk_create(places, ignore_conflicts=True)
    note(actor, "put people on", "list", row.id, name=row.name, people=str(len(places)))
    return len(places)


@transaction.atomic
def take_off(actor: Actor, list_id: UUID, contact_ids: Collection[UUID]) -> int:
    """Gives how many were on the list."""
    require(actor, Right.manage_contacts)
    row = queries.list_of(actor, list_id)
    gone, _ = Member.objects.filter(list=row, contact__in=contact_ids).delete()
    note(actor, "took people off", "list", row.id, name=row.name, people=str(gone))
    return gone


def _name(actor: Actor, row: ContactList, name: str) -> None:
    name = name.strip()
    if not name:
        raise invalid("name", say("Give the list a name."))
    if len(name) > NAME_LENGTH:
        raise invalid("name", say("This name is too long: at most %(most)s characters.", most=NAME_LENGTH))
    others = ContactList.objects.filter(workspace_id=actor.workspace, name=name).exclude(id=row.id)
    if others.exists():
        raise invalid("name", say("Another list has this name already."))
    row.name = name
    row.save()
