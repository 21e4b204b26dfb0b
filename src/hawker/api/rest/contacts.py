"""/contacts and /lists: people whom the business may write to."""

from datetime import datetime
from uuid import UUID

from ninja import P, QueryEx, Router
from ninja.responses import Status

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas import times
from hawker.api.schemas.contacts import (
    ConsentIn,
    ContactIn,
    ContactsOut,
    ImportIn,
    ListOut,
    ListsOut,
    NameIn,
    PersonOut,
    PlacesIn,
    ReportOut,
    agreement_of,
    contact_of,
    import_of,
    list_of,
    lists_of,
    person_of,
    report_of,
)
from hawker.core.contacts import actions, importing, lists, queries
from hawker.core.contacts.rules import Consent
from hawker.core.people import queries as people

router = Router(tags=["contacts"])
A_PAGE = 100


@router.get("/contacts", response={200: ContactsOut, **ANSWERS})
def list_contacts(
    request: Asked,
    *,
    search: str = "",
    consent: Consent | None = None,
    on: UUID | None = None,
    start: QueryEx[int, P(ge=0, le=1_000_000)] = 0,
    limit: QueryEx[int, P(ge=1, le=A_PAGE)] = A_PAGE,
) -> ContactsOut:
    """By name; `on` names a list."""
    found = queries.contacts(request.auth, search, consent=consent or "", in_list=on)
    rows = list(found[start : start + limit + 1])
    following = start + limit if len(rows) > limit else None
    return ContactsOut(contacts=[contact_of(each) for each in rows[:limit]], next=following)


@router.post("/contacts", response={201: PersonOut, **ANSWERS})
def add_contact(request: Asked, wish: ContactIn) -> Status[PersonOut]:
    """Adds a person; without a consent no message goes to her."""
    said = wish.consent
    agreement = agreement_of(said, _at(request, said.at)) if said else None
    row = actions.add(request.auth, wish.platform, wish.address, wish.name, agreement)
    return Status(201, person_of(queries.contact(request.auth, row.id)))


@router.post("/contacts/import", response={200: ReportOut, **ANSWERS})
def import_contacts(request: Asked, wish: ImportIn) -> ReportOut:
    """Takes in a list: every line is taken, or refused with a reason."""
    return report_of(importing.take_in(request.auth, import_of(wish)))


@router.get("/contacts/{contact_id}", response={200: PersonOut, **ANSWERS})
def show_contact(request: Asked, contact_id: UUID) -> PersonOut:
    return person_of(queries.contact(request.auth, contact_id))


@router.patch("/contacts/{contact_id}", response={200: PersonOut, **ANSWERS})
def rename_contact(request: Asked, contact_id: UUID, wish: NameIn) -> PersonOut:
    actions.rename(request.auth, contact_id, wish.name)
    return person_of(queries.contact(request.auth, contact_id))


@router.post("/contacts/{contact_id}/consent", response={200: PersonOut, **ANSWERS})
def record_consent(request: Asked, contact_id: UUID, wish: ConsentIn) -> PersonOut:
    """Records that the person agrees to get messages, or that she wants no more."""
    record = actions.agree if wish.given else actions.withdraw
    return person_of(record(request.auth, contact_id, agreement_of(wish, _at(request, wish.at))))


@router.delete("/contacts/{contact_id}", response={204: None, **ANSWERS})
def forget_contact(request: Asked, contact_id: UUID) -> Status[None]:
    """Erases the address and all that is known of the person."""
    actions.forget(request.auth, contact_id)
    return Status(204, None)


@router.get("/lists", response={200: ListsOut, **ANSWERS})
def list_lists(request: Asked) -> ListsOut:
    return lists_of(queries.lists(request.auth))


@router.post("/lists", response={201: ListOut, **ANSWERS})
def open_list(request: Asked, wish: NameIn) -> Status[ListOut]:
    row = lists.open_list(request.auth, wish.name)
    return Status(201, list_of(queries.list_of(request.auth, row.id)))


@router.patch("/lists/{list_id}", response={200: ListOut, **ANSWERS})
def rename_list(request: Asked, list_id: UUID, wish: NameIn) -> ListOut:
    lists.rename_list(request.auth, list_id, wish.name)
    return list_of(queries.list_of(request.auth, list_id))


@router.post("/lists/{list_id}/people", response={200: ListOut, **ANSWERS})
def change_list(request: Asked, list_id: UUID, wish: PlacesIn) -> ListOut:
    """Puts contacts on a list, and takes others off."""
    if wish.add:
        lists.put_on(request.auth, list_id, wish.add)
    if wish.remove:
        lists.take_off(request.auth, list_id, wish.remove)
    return list_of(queries.list_of(request.auth, list_id))


@router.delete("/lists/{list_id}", response={204: None, **ANSWERS})
def delete_list(request: Asked, list_id: UUID) -> Status[None]:
    """The people on it stay."""
    lists.close_list(request.auth, list_id)
    return Status(204, None)


def _at(request: Asked, text: str | None) -> datetime | None:
    return times.instant(text, people.workspace(request.auth.workspace).time_zone) if text else None
