"""Who is asking, for which business, in which language and time zone; and what every page shows of it."""

from collections.abc import Callable
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from hawker.core.people import queries as people
from hawker.core.people.actions import actor_of
from hawker.core.people.models import Membership, User
from hawker.core.people.rules import Actor, Right, Role
from hawker.core.publishing import queries as publishing

WORKSPACE_KEY = "workspace"


class HawkerRequest(HttpRequest):
    """A request of somebody who is signed in and belongs to a business."""

    actor: Actor
    membership: Membership
    memberships: list[Membership]


class WorkspaceMiddleware:
    """Sets `request.actor` (None for a stranger), and speaks the person's language in the business's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            translation.activate(translation.get_language_from_request(request))
            cast(HawkerRequest, request).actor = None  # type: ignore[assignment]
            return self._answer(request)
        user = request.user
        translation.activate(user.language)
        _enter(cast(HawkerRequest, request), user)
        return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self._get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
            return response
        finally:
            timezone.deactivate()
            translation.deactivate()


def _enter(request: HawkerRequest, user: User) -> None:
    request.memberships = people.memberships(user)
    request.actor = None  # type: ignore[assignment]
    if not request.memberships:
        return
    request.membership = _chosen(request)
    workspace = request.membership.workspace
    request.actor = actor_of(user, workspace.id, Role(request.membership.role))
    timezone.activate(ZoneInfo(workspace.time_zone))


def _chosen(request: HawkerRequest) -> Membership:
    wanted = request.session.get(WORKSPACE_KEY, "")
    by_id = {str(each.workspace_id): each for each in request.memberships}
    return by_id.get(wanted, request.memberships[0])


def choose_workspace(request: HawkerRequest, workspace: UUID) -> bool:
    """Goes over to another business that this person is in."""
    if not any(each.workspace_id == workspace for each in request.memberships):
        return False
    request.session[WORKSPACE_KEY] = str(workspace)
    return True


def page_context(request: HttpRequest) -> dict[str, object]:
    """For every page of somebody signed in: her businesses, what she may do, whether the worker is alive."""
    actor = getattr(request, "actor", None)
    if actor is None or request.headers.get("HX-Request"):
        return {}
    asked = cast(HawkerRequest, request)
    return {
        "workspace": asked.membership.workspace,
        "memberships": asked.memberships,
        "may": {right.value: actor.may(right) for right in Right},
        "pulse": publishing.pulse(timezone.now()),
    }
