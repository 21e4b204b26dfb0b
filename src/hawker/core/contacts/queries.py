"""Reads of contacts and lists."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet

from hawker.connect.registry import platforms
from hawker.connect.values import Recipient
from hawker.core.contacts.models import Consent, Contact, ContactList, Member, Talk
from hawker.core.contacts.rules import Consent as ConsentState
from hawker.core.people.rules import Actor, Right
from hawker.core.problems import NotAllowed, NotFound

GIVEN = Q(consent=ConsentState.given)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whom a list reaches at one network: `goes_to` agreed to it, `left_out` did not, or does no more."""

    goes_to: int = 0
    left_out: int = 0


def contacts(
    actor: Actor, search: str = "", *, consent: str = "", in_list: UUID | None = None
) -> QuerySet[Contact]:
    """By name. Raises NotAllowed: these are people's addresses."""
    if not actor.may(Right.manage_contacts):
        raise NotAllowed
    found = Contact.objects.filter(workspace_id=actor.workspace)
    if search:
        found = found.filter(_named(search))
    if consent:
        found = found.filter(consent=consent)
    if in_list:
        found = found.filter(Exists(Member.objects.filter(contact=OuterRef("pk"), list=in_list)))
    return found


def _named(search: str) -> Q:
    """A number is found however it is typed; the 0 of a national one is not part of what is kept."""
    words = Q(name__icontains=search) | Q(address__icontains=search)
    digits = "".join(filter(str.isdigit, search)).lstrip("0")
    return words | Q(address__contains=digits) if digits else words


def contact(actor: Actor, contact_id: UUID) -> Contact:
    """With what it agreed to, the latest first, its lists, and when it wrote last (`wrote_at`). Raises
    NotFound."""
    found = contacts(actor).filter(id=contact_id).annotate(wrote_at=Max("talks__last_wrote_at"))
    places = Prefetch("places", Member.objects.select_related("list").order_by("list__name"))
    row = found.prefetch_related(Prefetch("consents", Consent.objects.all()), places).first()
    if row is None:
        raise NotFound
    return row


def lists(actor: Actor) -> QuerySet[ContactList]:
    """Each with how many are on it (`people`) and how many of them agreed (`agreed`). Raises NotAllowed."""
    if not (
        actor.may(Right.write_posts) or actor.may(Right.publish_posts) or actor.may(Right.manage_contacts)
    ):
        raise NotAllowed
    agreed = Count("members", filter=Q(members__contact__consent=ConsentState.given))
    found = ContactList.objects.filter(workspace_id=actor.workspace)
    return found.annotate(people=Count("members"), agreed=agreed)


def list_of(actor: Actor, list_id: UUID) -> ContactList:
    """Raises NotFound."""
    found = lists(actor).filter(id=list_id).first()
    if found is None:
        raise NotFound
    return found


def audience(list_id: UUID, platform: str) -> QuerySet[Contact]:
    """Everybody on a list who is at this network."""
    return Contact.objects.filter(places__list=list_id, platform=platform).order_by("id")


def reaches(actor: Actor, list_ids: Collection[UUID]) -> dict[tuple[UUID, str], Reach]:
    """Whom these lists reach, by list and network, in one query; a pair without people is not listed."""
    found = Member.objects.filter(workspace_id=actor.workspace, list__in=list_ids).order_by()
    rows = found.values("list_id", network=F("contact__platform")).annotate(
        people=Count("pk"), agreed=Count("pk", filter=Q(contact__consent=ConsentState.given))
    )
    return {
        (row["list_id"], row["network"]): Reach(goes_to=row["agreed"], left_out=row["people"] - row["agreed"])
        for row in rows
    }


def wanted(contact_ids: Collection[UUID]) -> set[UUID]:
    """Those of these who agree to be written to, now."""
    return set(Contact.objects.filter(GIVEN, id__in=contact_ids).values_list("id", flat=True))


def recipients(pairs: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Recipient]:
    """Of contacts and channels; a contact that was forgotten is missing."""
    people = {contact for contact, _ in pairs}
    if not people:
        return {}
    wrote = _last_wrote(people, {channel for _, channel in pairs})
    rows = {row.id: row for row in Contact.objects.filter(id__in=people)}
    return {
        (contact, channel): _recipient(rows[contact], wrote.get((contact, channel)))
        for contact, channel in pairs
        if contact in rows
    }


def _last_wrote(people: Collection[UUID], channels: Collection[UUID]) -> Mapping[tuple[UUID, UUID], datetime]:
    found = Talk.objects.filter(contact__in=people, channel__in=channels)
    rows = found.values_list("contact_id", "channel_id", "last_wrote_at")
    return {(contact, channel): at for contact, channel, at in rows}


def _recipient(row: Contact, wrote_at: datetime | None) -> Recipient:
    network = platforms().get(row.platform)
    until = wrote_at + network.window if wrote_at and network else None
    return Recipient(address=row.address, name=row.name, open_until=until)
