"""The people of a business: who is in it, with which role; inviting, changing, removing."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from hawker.connect.text import Sentence
from hawker.core.people import actions, queries
from hawker.core.people.models import Membership
from hawker.core.people.rules import ROLE_NAMES, Actor, Right, Role, may_give
from hawker.web.address import address
from hawker.web.people.forms import RoleForm
from hawker.web.session import HawkerRequest, signed_in


@dataclass(frozen=True, kw_only=True)
class Row:
    """A colleague as the list shows her; `form` where her role may be changed."""

    member: Membership
    role: Sentence
    is_oneself: bool
    roles: list[tuple[str, Sentence]]


@signed_in
@require_safe
def people(request: HawkerRequest) -> HttpResponse:
    return render(request, "people/people.html", _shown(request, RoleForm(request.actor.role)))


def _shown(request: HawkerRequest, form: RoleForm) -> dict[str, object]:
    actor = request.actor
    rows = [_row(actor, member) for member in queries.members(actor)]
    shown: dict[str, object] = {"tab": "people", "rows": rows}
    if actor.may(Right.manage_people):
        shown["form"] = form
        shown["invitations"] = [
            (each, ROLE_NAMES[Role(each.role)]) for each in queries.open_invitations(actor, timezone.now())
        ]
    return shown


def _row(actor: Actor, member: Membership) -> Row:
    role = Role(member.role)
    offered = [each for each in Role if may_give(actor.role, role) and may_give(actor.role, each)]
    return Row(
        member=member,
        role=ROLE_NAMES[role],
        is_oneself=member.user_id == actor.user,
        roles=[(each.value, ROLE_NAMES[each]) for each in offered],
    )


@signed_in
@require_POST
def invite(request: HawkerRequest) -> HttpResponse:
    form = RoleForm(request.actor.role, request.POST)
    if not form.is_valid():
        return render(request, "people/people.html", _shown(request, form))
    link = address(request, reverse("join", args=[actions.invite(request.actor, form.chosen())]))
    response = render(request, "people/people.html", {**_shown(request, form), "link": link})
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def withdraw(request: HawkerRequest, invitation: UUID) -> HttpResponse:
    actions.withdraw_invitation(request.actor, invitation)
    messages.success(request, gettext("The invitation is withdrawn; its link no longer works."))
    return redirect("settings:people")


@signed_in
@require_POST
def change_role(request: HawkerRequest, membership: UUID) -> HttpResponse:
    form = RoleForm(request.actor.role, request.POST)
    if form.is_valid():
        actions.change_role(request.actor, membership, form.chosen())
        messages.success(request, gettext("Saved."))
    return redirect("settings:people")


@signed_in
@require_POST
def remove(request: HawkerRequest, membership: UUID) -> HttpResponse:
    actions.remove_member(request.actor, membership)
    messages.success(request, gettext("Removed. The posts and pictures stay."))
    return redirect("settings:people")
