"""Lists of people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from hawker.core.contacts import lists, queries
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.problems import Invalid
from hawker.core.speech import speak
from hawker.web.contacts.forms import ListForm
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def everything(request: HawkerRequest) -> HttpResponse:
    """All lists; and a name opens another one."""
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lists.open_list(request.actor, form.cleaned_data["name"])
            return redirect("contacts:lists")
        except Invalid as refused:
            put_on(form, refused)
    context = {"tab": "lists", "lists": queries.lists(request.actor), "form": form}
    return render(request, "contacts/lists.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def rename(request: HawkerRequest, list_id: UUID) -> HttpResponse:
    try:
        lists.rename_list(request.actor, list_id, request.POST.get("name", ""))
    except Invalid as refused:
        messages.error(request, speak(refused.sentence))
    else:
        messages.success(request, gettext("Saved."))
    return redirect("contacts:lists")


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: HawkerRequest, list_id: UUID) -> HttpResponse:
    require(request.actor, Right.manage_contacts)
    row = queries.list_of(request.actor, list_id)
    if request.method == "POST":
        lists.close_list(request.actor, list_id)
        messages.success(request, gettext("Deleted."))
        return redirect("contacts:lists")
    return render(request, "contacts/delete_list.html", {"list": row})
