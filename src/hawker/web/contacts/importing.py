"""Taking in a list of people from a spreadsheet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from hawker.core.contacts import importing, queries
from hawker.core.contacts.importing import Import
from hawker.core.contacts.rules import Source
from hawker.core.contacts.values import Agreement, Report
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.problems import Invalid
from hawker.web.contacts.forms import A_FILE, ImportForm
from hawker.web.contacts.people import networks
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in

# Where a business is, and what it dials.
COUNTRIES = {"Asia/Taipei": "886", "Asia/Hong_Kong": "852", "Asia/Macau": "853", "Asia/Singapore": "65"}


@require_http_methods(["GET", "POST"])
@signed_in
def take_in(request: HawkerRequest) -> HttpResponse:
    require(request.actor, Right.manage_contacts)
    country = COUNTRIES.get(request.membership.workspace.time_zone, "")
    every = list(queries.lists(request.actor))
    form = ImportForm(networks(), every, typed=request.POST or None, country=country)
    report = None
    if request.method == "POST" and form.is_valid():
        text = _text(request, form)
        report = _report(request, form, text) if text is not None else None
    context = {"tab": "people", "form": form, "report": report}
    return render(request, "contacts/import.html", context, status=422 if form.errors else 200)


def _report(request: HawkerRequest, form: ImportForm, text: str) -> Report | None:
    typed = form.cleaned_data
    wish = Import(
        platform=typed["platform"],
        text=text,
        country=typed["country"].lstrip("+"),
        list_id=typed["list"] or None,
        agreement=Agreement(source=Source(typed["source"]), words=typed["words"]),
        everybody=typed["everybody"],
    )
    try:
        return importing.take_in(request.actor, wish)
    except Invalid as refused:
        put_on(form, refused)
        return None


def _text(request: HawkerRequest, form: ImportForm) -> str | None:
    """The file's, where there is one. Spreadsheets of Taiwan still write Big5 now and then."""
    file = request.FILES.get("file")
    if file is None:
        return str(form.cleaned_data["text"])
    data = bytes(file.read(A_FILE + 1))
    if len(data) > A_FILE:
        form.add_error("file", gettext("This file is too large: at most 2 MB."))
        return None
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "big5hkscs"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    form.add_error("file", gettext("This file is no text. Save it as CSV (UTF-8) and try again."))
    return None
