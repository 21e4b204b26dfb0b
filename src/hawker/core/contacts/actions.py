"""Keeping contacts and lists: what people do."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hawker.connect.platform import Audience
from hawker.connect.registry import platforms
from hawker.connect.text import say
from hawker.core.contacts import queries, rules
from hawker.core.contacts.marks import mark
from hawker.core.contacts.models import Consent, Contact, Farewell
from hawker.core.contacts.rules import Unfit
from hawker.core.contacts.values import Agreement
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right
from hawker.core.problems import Conflict, invalid


@transaction.atomic
def add(
    actor: Actor, platform: str, address: str, name: str = "", agreement: Agreement | None = None
) -> Contact:
    """Raises Invalid for what is no address, Conflict for one that is here already."""
    require(actor, Right.manage_contacts)
    check_platform(platform)
    where = _address(address)
    _check_name(name)
    there = Contact.objects.filter(workspace_id=actor.workspace, platform=platform, address=where)
    if there.exists():
        raise Conflict(say("This person is here already."))
    contact = Contact.objects.create(
        workspace_id=actor.workspace,
        platform=platform,
        address=where,
        name=name.strip(),
        created_at=timezone.now(),
    )
    note(actor, "added", "contact", contact.id)
    if agreement:
        return agree(actor, contact.id, agreement)
    _remember_farewell(actor, contact)
    return contact


@transaction.atomic
def rename(actor: Actor, contact_id: UUID, name: str) -> Contact:
    require(actor, Right.manage_contacts)
    _check_name(name)
    contact = queries.contact(actor, contact_id)
    contact.name = name.strip()
    contact.save(update_fields=["name"])
    note(actor, "renamed", "contact", contact.id)
    return contact


@transaction.atomic
def agree(actor: Actor, contact_id: UUID, agreement: Agreement) -> Contact:
    """Records a consent; it counts from now on, also where the person had asked for no more messages.

    Raises Invalid where the words are missing, or its time is still to come.
    """
    require(actor, Right.manage_contacts)
    check_agreement(agreement)
    contact = queries.contact(actor, contact_id)
    _record(actor, contact, agreement, given=True)
    _farewells(contact).delete()
    note(actor, "recorded the consent of", "contact", contact.id, source=agreement.source)
    return queries.contact(actor, contact_id)


@transaction.atomic
def withdraw(actor: Actor, contact_id: UUID, agreement: Agreement) -> Contact:
    """The person wants no more messages: from this instant on none goes out to her."""
    require(actor, Right.manage_contacts)
    contact = queries.contact(actor, contact_id)
    _record(actor, contact, agreement, given=False)
    note(actor, "recorded the withdrawal of", "contact", contact.id, source=agreement.source)
    return queries.contact(actor, contact_id)


@transaction.atomic
def forget(actor: Actor, contact_id: UUID) -> None:
    """The address and all that was known of the person go. What was sent to her stays counted."""
    require(actor, Right.manage_contacts)
    contact = queries.contact(actor, contact_id)
    if contact.consent == rules.Consent.withdrawn:
        Farewell.objects.get_or_create(
            workspace_id=actor.workspace,
            mark=mark(actor.workspace, contact.platform, contact.address),
            defaults={"at": contact.consent_at or timezone.now()},
        )
    contact.delete()
    note(actor, "forgot", "contact", contact_id)


def check_platform(name: str) -> None:
    """Raises Invalid for a network at which nobody is written to."""
    found = platforms().get(name)
    if found is None or found.audience is Audience.none:
        raise invalid("platform", say("This network sends no messages to people on a list."))


def check_agreement(agreement: Agreement) -> None:
    if not agreement.words.strip():
        raise invalid("words", rules.NO_WORDS)
    if len(agreement.words) > rules.WORDS_LENGTH:
        raise invalid("words", rules.LONG_WORDS)
    if agreement.at is not None and agreement.at > timezone.now():
        raise invalid("at", say("This time is still to come."))


def _record(actor: Actor, contact: Contact, agreement: Agreement, *, given: bool) -> None:
    now = timezone.now()
    Consent.objects.create(
        workspace_id=actor.workspace,
        contact=contact,
        given=given,
        source=agreement.source,
        words=agreement.words.strip(),
        at=agreement.at or now,
        recorded_at=now,
        by=actor.label,
    )
    contact.consent = rules.Consent.given if given else rules.Consent.withdrawn
    contact.consent_at = now
    contact.save(update_fields=["consent", "consent_at"])


def _remember_farewell(actor: Actor, contact: Contact) -> None:
    """Who was forgotten after she wanted no more messages still wants none."""
    left = _farewells(contact).first()
    if left is not None:
        Consent.objects.create(
            workspace_id=actor.workspace,
            contact=contact,
            given=False,
            source=rules.Source.message,
            at=left.at,
            recorded_at=left.at,
            by=actor.label,
        )
        contact.consent, contact.consent_at = rules.Consent.withdrawn, left.at
        contact.save(update_fields=["consent", "consent_at"])
        _farewells(contact).delete()


def _farewells(contact: Contact) -> QuerySet[Farewell]:
    gone = mark(contact.workspace_id, contact.platform, contact.address)
    return Farewell.objects.filter(workspace_id=contact.workspace_id, mark=gone)


def _address(typed: str) -> str:
    try:
        return rules.address(typed)
    except Unfit as error:
        raise invalid("address", error.sentence) from error


def _check_name(name: str) -> None:
    if len(name.strip()) > rules.NAME_LENGTH:
        raise invalid("name", rules.LONG_NAME)
