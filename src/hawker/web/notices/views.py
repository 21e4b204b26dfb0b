"""The list of notices, and the way from a notice to what it is about."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from hawker.core.notices import actions, queries
from hawker.core.notices.queries import Item
from hawker.core.notices.rules import Kind
from hawker.core.people.actions import actor_of
from hawker.core.people.rules import Actor, Role
from hawker.core.publishing.queries import Shelf
from hawker.web.notices.words import looks
from hawker.web.session import HawkerRequest, choose_workspace, signed_in

A_PAGE = 30


@require_safe
@signed_in
def notices(request: HawkerRequest) -> HttpResponse:
    before = _id(request.GET.get("before", ""))
    found = queries.notices(request.actor, before=before, rows=A_PAGE + 1)
    shown = found[:A_PAGE]
    context = {
        "rows": [(item, looks(item)) for item in shown],
        "until": shown[0].made_at.isoformat() if shown and before is None else "",
        "older": shown[-1].id if len(found) > A_PAGE else "",
        "before": before,
    }
    return render(request, "notices/list.html", context)


@require_safe
@signed_in
def open_notice(request: HawkerRequest, notice_id: UUID) -> HttpResponse:
    """Goes to what the notice is about, in the business that it belongs to, and counts as reading it."""
    item = queries.notice(_enter(request, notice_id), notice_id)
    actions.read(request.actor, notice_id)
    return redirect(_place(item))


@require_POST
@signed_in
def read(request: HawkerRequest, notice_id: UUID) -> HttpResponse:
    actions.read(request.actor, notice_id)
    return redirect("notices:list")


@require_POST
@signed_in
def read_all(request: HawkerRequest) -> HttpResponse:
    actions.read_all(request.actor, _moment(request.POST.get("until", "")) or timezone.now())
    return redirect("notices:list")


def _enter(request: HawkerRequest, notice_id: UUID) -> Actor:
    """Goes over to the business of a notice: a letter may be about another one than she looked at last."""
    workspace = queries.place_of(request.user, notice_id)
    if workspace != request.actor.workspace:
        choose_workspace(request, workspace)
        (role,) = (each.role for each in request.memberships if each.workspace_id == workspace)
        request.actor = actor_of(request.user, workspace, Role(role))
    return request.actor


def _place(item: Item) -> str:
    if item.handed and item.stands:
        return reverse("posts:handed", args=[item.delivery])
    if item.kind is Kind.asked and item.stands:
        return reverse("posts:asked", args=[item.delivery])
    if item.post:
        return reverse("posts:page", args=[item.post])
    if item.kind is Kind.week:
        return reverse("posts:list", query={"shelf": Shelf.attention if item.needing else Shelf.published})
    return reverse("channels:list")


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _moment(typed: str) -> datetime | None:
    try:
        moment = parse_datetime(typed)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
