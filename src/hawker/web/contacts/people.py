"""People: their list, one of them, and what can be done there."""

import csv
from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hawker.connect.platform import Audience, Platform
from hawker.connect.registry import platforms
from hawker.core.contacts import actions, lists, queries, rules
from hawker.core.contacts.models import Contact
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.problems import Conflict, Invalid
from hawker.core.speech import speak
from hawker.web.contacts.forms import SOURCE_NAMES, AgreementForm, NameForm, PersonForm, WithdrawalForm
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in

ROWS = 50


@require_safe
@signed_in
def everybody(request: HawkerRequest) -> HttpResponse:
    search, consent = request.GET.get("q", "").strip(), request.GET.get("consent", "")
    chosen, start = _id(request.GET.get("list", "")), _start(request.GET.get("from", ""))
    consent = consent if consent in set(rules.Consent) else ""
    found = queries.contacts(request.actor, search, consent=consent, in_list=chosen)
    rows = list(found[start : start + ROWS + 1])
    every = list(queries.lists(request.actor))
    context = {
        "tab": "people",
        "people": rows[:ROWS],
        "lists": every,
        "list": next((each for each in every if each.id == chosen), None),
        "q": search,
        "consent": consent,
        "start": start,
        "following": start + ROWS if len(rows) > ROWS else None,
        "networks": networks(),
    }
    return render(request, "contacts/people.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: HawkerRequest) -> HttpResponse:
    require(request.actor, Right.manage_contacts)
    form = PersonForm(networks(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            contact = actions.add(
                request.actor, typed["platform"], typed["address"], typed["name"], form.agreement()
            )
        except Invalid as refused:
            put_on(form, refused)
        except Conflict as refused:
            form.add_error("address", speak(refused.sentence))
        else:
            return redirect("contacts:person", contact.id)
    status = 422 if form.errors else 200
    return render(request, "contacts/add.html", {"form": form, "tab": "people"}, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def person(request: HawkerRequest, contact_id: UUID) -> HttpResponse:
    contact = queries.contact(request.actor, contact_id)
    if request.method == "POST":
        form = NameForm(request.POST)
        if form.is_valid():
            actions.rename(request.actor, contact_id, form.cleaned_data["name"])
            messages.success(request, gettext("Saved."))
        return redirect("contacts:person", contact_id)
    return _page(request, contact)


def _page(request: HawkerRequest, contact: Contact, form: AgreementForm | None = None) -> HttpResponse:
    stopping = contact.consent == rules.Consent.given
    mine = {each.list_id for each in contact.places.all()}
    context = {
        "contact": contact,
        "history": [(each, SOURCE_NAMES[each.source]) for each in contact.consents.all()],
        "form": form or (WithdrawalForm() if stopping else AgreementForm()),
        "stopping": stopping,
        "naming": NameForm(initial={"name": contact.name}),
        "places": [(each, each.id in mine) for each in queries.lists(request.actor)],
        "wrote_at": vars(contact)["wrote_at"],
    }
    return render(request, "contacts/person.html", context, status=422 if form else 200)


@require_POST
@signed_in
def consent(request: HawkerRequest, contact_id: UUID) -> HttpResponse:
    """Records that the person agrees, or that she agrees no more."""
    contact = queries.contact(request.actor, contact_id)
    stopping = request.POST.get("said") == "no"
    form = WithdrawalForm(request.POST) if stopping else AgreementForm(request.POST)
    if not form.is_valid():
        return _page(request, contact, form)
    record = actions.withdraw if stopping else actions.agree
    record(request.actor, contact_id, form.agreement())
    done = gettext("From now on no message goes there.") if stopping else gettext("Recorded.")
    messages.success(request, done)
    return redirect("contacts:person", contact_id)


@require_POST
@signed_in
def place(request: HawkerRequest, contact_id: UUID) -> HttpResponse:
    """Puts the person on exactly these lists."""
    contact = queries.contact(request.actor, contact_id)
    mine = {each.list_id for each in contact.places.all()}
    wanted = {found for each in request.POST.getlist("lists") if (found := _id(each))}
    for each in wanted - mine:
        lists.put_on(request.actor, each, [contact_id])
    for each in mine - wanted:
        lists.take_off(request.actor, each, [contact_id])
    messages.success(request, gettext("Saved."))
    return redirect("contacts:person", contact_id)


@require_http_methods(["GET", "POST"])
@signed_in
def forget(request: HawkerRequest, contact_id: UUID) -> HttpResponse:
    contact = queries.contact(request.actor, contact_id)
    if request.method == "POST":
        actions.forget(request.actor, contact_id)
        messages.success(request, gettext("The person is forgotten."))
        return redirect("contacts:list")
    return render(request, "contacts/forget.html", {"contact": contact})


@require_safe
@signed_in
def export(request: HawkerRequest) -> HttpResponse:
    """As CSV, with what `import` reads, and when each consent was recorded."""
    chosen = _id(request.GET.get("list", ""))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="contacts.csv"'
    response.write("\ufeff")
    table = csv.writer(response)
    table.writerow(["phone", "name", "consent", "network", "recorded"])
    table.writerows(_lines(queries.contacts(request.actor, in_list=chosen).iterator()))
    return response


def _lines(found: Iterable[Contact]) -> Iterable[list[str]]:
    said = {rules.Consent.given: "yes", rules.Consent.withdrawn: "no"}
    for each in found:
        recorded = each.consent_at.isoformat() if each.consent_at else ""
        yes = said.get(rules.Consent(each.consent), "")
        yield [_plain(each.address), _plain(each.name), yes, each.platform, recorded]


def _plain(text: str) -> str:
    """Spreadsheets take what begins like this for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def networks() -> list[Platform]:
    """Those that deliver to people."""
    return [each for each in platforms().values() if each.audience is not Audience.none]


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _start(typed: str) -> int:
    return min(int(typed), 1_000_000) if typed.isdecimal() else 0
