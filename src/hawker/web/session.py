"""Who is asking, for which business, in which language and time zone; and what every page shows of it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from hawker.connect.platform import Audience
from hawker.connect.registry import platforms
from hawker.core.notices import queries as notices
from hawker.core.people.actions import actor_of
from hawker.core.people.models import Membership, User
from hawker.core.people.rules import Actor, Right, Role
from hawker.core.publishing import queries as publishing
from hawker.core.publishing.queries import Pulse

WORKSPACE_KEY = "workspace"
P = ParamSpec("P")


class HawkerRequest(HttpRequest):
    """A request of somebody who is signed in and belongs to a business."""

    user: User
    actor: Actor
    membership: Membership
    memberships: list[Membership]
    pulse: Pulse


class WorkspaceMiddleware:
    """Sets `request.actor` (None for a stranger), and speaks the person's language in the business's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(HawkerRequest, request)
        asked.actor = None  # type: ignore[assignment]
        asked.memberships = []
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            _enter(asked, request.user)
        else:
            translation.activate(translation.get_language_from_request(request))
        return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self._get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
            patch_vary_headers(response, ["Accept-Language"])
            return response
        finally:
            timezone.deactivate()
            translation.deactivate()


def _enter(request: HawkerRequest, user: User) -> None:
    request.memberships = notices.memberships(user)
    if not request.memberships:
        return
    request.membership = _chosen(request)
    workspace = request.membership.workspace
    request.actor = actor_of(user, workspace.id, Role(request.membership.role))
    # Asked once, by the first that looks at it; most answers to a form look at none.
    pulse = SimpleLazyObject(lambda: publishing.pulse(timezone.now(), workspace.id))
    request.pulse = cast(Pulse, pulse)
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


def signed_in(
    view: Callable[Concatenate[HawkerRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For members of a business only: strangers go to the sign-in page and come back from there."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if getattr(request, "actor", None) is None:
            return render(request, "people/no_business.html", status=403)
        return view(cast(HawkerRequest, request), *args, **kwargs)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect_to_login(request.get_full_path())
    page = request.headers.get("HX-Current-URL", "/")
    return HttpResponseClientRedirect(redirect_to_login(page).url)


def page_context(request: HttpRequest) -> dict[str, object]:
    """For templates: the person's businesses, what she may do, and whether the worker is alive (only a page
    that shows it asks)."""
    asked = cast(HawkerRequest, request)
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {
        "workspace": asked.membership.workspace,
        "memberships": asked.memberships,
        "unread": getattr(asked.membership, "unread", 0),
        "may": {right.value: actor.may(right) for right in Right},
        "pulse": asked.pulse,
        "has_audience": any(each.audience is not Audience.none for each in platforms().values()),
    }
