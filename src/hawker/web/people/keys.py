"""Keys with which programs act for the business."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from hawker.core.people import actions, queries
from hawker.core.people.rules import ROLE_NAMES, Right, Role
from hawker.web.address import address
from hawker.web.people.forms import KeyForm
from hawker.web.session import HawkerRequest, signed_in


@signed_in
@require_safe
def keys(request: HawkerRequest) -> HttpResponse:
    return _page(request, KeyForm(request.actor.role))


@signed_in
@require_POST
def make(request: HawkerRequest) -> HttpResponse:
    form = KeyForm(request.actor.role, request.POST)
    if not form.is_valid():
        return _page(request, form)
    key = actions.make_key(request.actor, form.cleaned_data["name"], form.chosen())
    response = _page(request, KeyForm(request.actor.role), key)
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def revoke(request: HawkerRequest, key: UUID) -> HttpResponse:
    actions.revoke_key(request.actor, key)
    messages.success(request, gettext("The key is revoked; programs that use it are refused from now on."))
    return redirect("settings:keys")


def _page(request: HawkerRequest, form: KeyForm, key: str = "") -> HttpResponse:
    actions.require(request.actor, Right.manage_people)
    found = [(row, ROLE_NAMES[Role(row.role)]) for row in queries.keys(request.actor)]
    shown = {"tab": "keys", "keys": found, "form": form, "key": key, "usage": _usage(request, key)}
    return render(request, "people/keys.html", shown)


def _usage(request: HawkerRequest, key: str) -> str:
    return f"HAWKER_URL={address(request, '/').rstrip('/')} HAWKER_KEY={key} hawker post list"
