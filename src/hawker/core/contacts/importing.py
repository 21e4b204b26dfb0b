"""Taking in a list of people at once, with a report of every line that was not taken."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hawker.connect.text import Sentence, say
from hawker.core.contacts import queries, rules, sheets
from hawker.core.contacts.actions import check_agreement, check_platform
from hawker.core.contacts.marks import mark
from hawker.core.contacts.models import Consent, Contact, Farewell, Member
from hawker.core.contacts.rules import Source, Unfit
from hawker.core.contacts.values import Agreement, Entry, Report, Slip
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right
from hawker.core.problems import invalid

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Import:
    """What is taken in. `country`: the code before numbers that begin with 0. `agreement`: where and in which
    words people agreed, unless a line has words of its own. `everybody` agreed whose line says nothing of it;
    else only those whose line says so."""

    platform: str
    text: str
    country: str = ""
    list_id: UUID | None = None
    agreement: Agreement = field(default_factory=lambda: Agreement(source=Source.form, words=""))
    everybody: bool = False


@dataclass
class _Sorted:
    """The lines by address, what was refused, and how many came twice."""

    entries: dict[str, Entry] = field(default_factory=dict)
    refused: list[Slip] = field(default_factory=list)
    doubled: int = 0


@transaction.atomic
def take_in(actor: Actor, wish: Import) -> Report:
    """Raises Invalid where nothing can be read; otherwise every line is taken or refused by itself."""
    require(actor, Right.manage_contacts)
    check_platform(wish.platform)
    if wish.everybody:
        check_agreement(wish.agreement)
    goal = queries.list_of(actor, wish.list_id) if wish.list_id else None
    lines = _sort(wish)
    _refuse_stopped(actor, wish, lines)
    known = _known(actor, wish.platform, lines.entries)
    fresh = _add(actor, wish, [entry for address, entry in lines.entries.items() if address not in known])
    everybody = [*fresh, *known.values()]
    _agree(actor, wish, everybody, lines)
    if goal:
        places = [Member(workspace_id=actor.workspace, list=goal, contact=each) for each in everybody]
        Member.objects.bulk_create(places, batch_size=BATCH, ignore_conflicts=True)
    refused = tuple(sorted(lines.refused, key=lambda slip: slip.line))
    note(actor, "took in", "contacts", None, taken=str(len(fresh)), refused=str(len(refused)))
    return Report(taken=len(fresh), known=len(known), doubled=lines.doubled, refused=refused)


def _sort(wish: Import) -> _Sorted:
    """The name and the consent of whoever comes twice are those of the first line."""
    found = _Sorted()
    for entry in _read(wish.text):
        try:
            address = rules.address(entry.address, wish.country)
            _check(entry, wish)
        except Unfit as error:
            found.refused.append(_slip(entry, error.sentence))
            continue
        if address in found.entries:
            found.doubled += 1
        else:
            found.entries[address] = replace(entry, address=address)
    return found


def _read(text: str) -> Iterator[Entry]:
    try:
        entries = list(sheets.entries(text))
    except csv.Error as error:
        raise invalid("text", say("This cannot be read as a list. Save it as CSV and try again.")) from error
    if not entries:
        raise invalid("text", say("There is nobody on this list."))
    if len(entries) > rules.IMPORT_LINES:
        most = rules.IMPORT_LINES
        raise invalid("text", say("Take in %(most)s lines at most at a time.", most=most))
    yield from entries


def _check(entry: Entry, wish: Import) -> None:
    if len(entry.name) > rules.NAME_LENGTH:
        raise Unfit(rules.LONG_NAME)
    if len(entry.words) > rules.WORDS_LENGTH:
        raise Unfit(rules.LONG_WORDS)
    if entry.agreed and not (entry.words or wish.agreement.words.strip()):
        raise Unfit(rules.NO_WORDS)


def _slip(entry: Entry, sentence: Sentence) -> Slip:
    return Slip(line=entry.line, text=f"{entry.address} {entry.name}".strip()[:80], sentence=sentence)


def _refuse_stopped(actor: Actor, wish: Import, found: _Sorted) -> None:
    """Who asked for no more messages is brought back by no list, not even once her address was forgotten."""
    marks = {mark(actor.workspace, wish.platform, address): address for address in found.entries}
    gone = Farewell.objects.filter(workspace_id=actor.workspace).values_list("mark", flat=True)
    stopped = {marks[each] for each in gone if each in marks}
    known = _known(actor, wish.platform, found.entries).items()
    stopped |= {address for address, row in known if row.consent == rules.Consent.withdrawn}
    for address in stopped:
        found.refused.append(_slip(found.entries.pop(address), rules.SAID_STOP))


def _known(actor: Actor, platform: str, addresses: Iterable[str]) -> dict[str, Contact]:
    found: dict[str, Contact] = {}
    wanted = list(addresses)
    mine = Contact.objects.filter(workspace_id=actor.workspace, platform=platform)
    for start in range(0, len(wanted), BATCH):
        rows = mine.filter(address__in=wanted[start : start + BATCH])
        found |= {row.address: row for row in rows}
    return found


def _add(actor: Actor, wish: Import, entries: Iterable[Entry]) -> list[Contact]:
    now = timezone.now()
    fresh = [
        Contact(
            workspace_id=actor.workspace,
            platform=wish.platform,
            address=entry.address,
            name=entry.name,
            created_at=now,
        )
        for entry in entries
    ]
    return Contact.objects.bulk_create(fresh, batch_size=BATCH)


def _agree(actor: Actor, wish: Import, people: Iterable[Contact], found: _Sorted) -> None:
    """Who agreed before keeps that consent as it was recorded."""
    agreed, now = [], timezone.now()
    for row in people:
        entry = found.entries[row.address]
        says_so = wish.everybody if entry.agreed is None else entry.agreed
        if says_so and row.consent == rules.Consent.unasked:
            row.consent, row.consent_at = rules.Consent.given, now
            agreed.append(_consent(actor, wish, row, entry, now))
    Consent.objects.bulk_create(agreed, batch_size=BATCH)
    changed = [each.contact for each in agreed]
    Contact.objects.bulk_update(changed, ["consent", "consent_at"], batch_size=BATCH)


def _consent(actor: Actor, wish: Import, row: Contact, entry: Entry, now: datetime) -> Consent:
    return Consent(
        workspace_id=actor.workspace,
        contact=row,
        given=True,
        source=wish.agreement.source,
        words=entry.words or wish.agreement.words.strip(),
        at=wish.agreement.at or now,
        recorded_at=now,
        by=actor.label,
    )
