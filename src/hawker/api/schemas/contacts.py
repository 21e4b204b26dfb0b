"""Contacts, what they agreed to, and lists of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from hawker.api.schemas.text import Line, Wish
from hawker.api.schemas.writing import Time
from hawker.core.contacts.importing import Import
from hawker.core.contacts.models import Contact, ContactList
from hawker.core.contacts.rules import Consent, Source
from hawker.core.contacts.values import Agreement, Report
from hawker.core.speech import speak

Ids = Annotated[list[UUID], Field(max_length=10_000)]


class AgreementIn(Wish):
    """What a person said, and where. `at`: when; left out: now."""

    source: Source
    words: Line = ""
    at: Time | None = None


class ConsentIn(AgreementIn):
    """`given` false: the person wants no more messages."""

    given: bool


class ContactIn(Wish):
    """`address`: the phone number with its country's code, or the id at the network."""

    platform: Line
    address: Line
    name: Line = ""
    consent: AgreementIn | None = None


class NameIn(Wish):
    name: Line


class ImportIn(Wish):
    """`text` is CSV: number, name, “yes” where the person agreed, her words. `country`: the code before
    numbers that begin with 0. `everybody` agreed whose line does not say otherwise; `source` and `words` hold
    for all who agreed and have no words of their own."""

    platform: Line
    text: Annotated[str, Field(max_length=2_000_000)]
    country: Annotated[str, Field(pattern=r"^[0-9]{0,3}$")] = ""
    list: UUID | None = None
    everybody: bool = False
    source: Source = Source.form
    words: Line = ""


class PlacesIn(Wish):
    """Contacts to put on a list, and to take off it."""

    add: Ids = []
    remove: Ids = []


class ConsentOut(Schema):
    given: bool
    source: Source
    words: str
    at: datetime
    by: str
    recorded_at: datetime


class ContactOut(Schema):
    id: UUID
    platform: str
    address: str
    name: str
    consent: Consent


class PersonOut(ContactOut):
    """`history`: what was said, the latest first."""

    lists: list[UUID]
    history: list[ConsentOut]


class ContactsOut(Schema):
    """`next`: give it as `start` for the next page; none on the last."""

    contacts: list[ContactOut]
    next: int | None


class ListOut(Schema):
    """`people` are on it, of whom so many have `agreed`."""

    id: UUID
    name: str
    people: int
    agreed: int


class ListsOut(Schema):
    lists: list[ListOut]


class SlipOut(Schema):
    line: int
    text: str
    sentence: str


class ReportOut(Schema):
    """Of the lines: how many became contacts, were known, came twice, or were refused."""

    taken: int
    known: int
    doubled: int
    refused: list[SlipOut]


def agreement_of(wish: AgreementIn, at: datetime | None) -> Agreement:
    return Agreement(source=wish.source, words=wish.words, at=at)


def import_of(wish: ImportIn) -> Import:
    return Import(
        platform=wish.platform,
        text=wish.text,
        country=wish.country,
        list_id=wish.list,
        agreement=Agreement(source=wish.source, words=wish.words),
        everybody=wish.everybody,
    )


def contact_of(row: Contact) -> ContactOut:
    return ContactOut(
        id=row.id,
        platform=row.platform,
        address=row.address,
        name=row.name,
        consent=Consent(row.consent),
    )


def person_of(row: Contact) -> PersonOut:
    history = [
        ConsentOut(
            given=each.given,
            source=Source(each.source),
            words=each.words,
            at=each.at,
            by=each.by,
            recorded_at=each.recorded_at,
        )
        for each in row.consents.all()
    ]
    lists = [each.list_id for each in row.places.all()]
    return PersonOut(**contact_of(row).dict(), lists=lists, history=history)


def lists_of(rows: Iterable[ContactList]) -> ListsOut:
    return ListsOut(lists=[list_of(each) for each in rows])


def list_of(row: ContactList) -> ListOut:
    """`row` comes from `contacts.queries`, which counts."""
    counted = vars(row)
    return ListOut(id=row.id, name=row.name, people=counted["people"], agreed=counted["agreed"])


def report_of(report: Report) -> ReportOut:
    slips = [
        SlipOut(line=each.line, text=each.text, sentence=speak(each.sentence)) for each in report.refused
    ]
    return ReportOut(taken=report.taken, known=report.known, doubled=report.doubled, refused=slips)
