"""Coming in: the first owner by the setup link, a colleague by an invitation."""

from typing import cast

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hawker.core.people import actions, queries
from hawker.core.people.models import Invitation, User
from hawker.core.people.rules import ROLE_NAMES, Role
from hawker.core.problems import Invalid
from hawker.web.people.forms import PersonForm, SetUpForm
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, choose_workspace


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated and queries.is_empty():
        return render(request, "people/begin.html")
    return redirect("posts:list")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponseRedirect(static("brand/favicon.png"))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Lets a phone keep Hawker on its home screen."""
    sizes = {"brand/icon-192.png": "192x192", "brand/icon-512.png": "512x512"}
    told = {
        "name": "Hawker",
        "short_name": "Hawker",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f8f7f3",
        "theme_color": "#17665c",
        "icons": [{"src": static(name), "sizes": size, "type": "image/png"} for name, size in sizes.items()],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    if queries.open_setup_link(token, timezone.now()) is None:
        return render(request, "people/dead_link.html", {"setup": True}, status=404)
    form = SetUpForm(request.POST or None, initial={"time_zone": "Asia/Taipei"})
    if form.is_valid():
        try:
            user = actions.set_up(token, form.person(), form.typed())
        except Invalid as refused:
            put_on(form, refused)
        else:
            return _sign_in(request, user)
    return render(request, "people/set_up.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    invitation = queries.open_invitation(token, timezone.now())
    if invitation is None:
        return render(request, "people/dead_link.html", status=404)
    if request.user.is_authenticated:
        return _join_as_oneself(cast(HawkerRequest, request), token, invitation)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            user = actions.join_as_stranger(token, form.person())
        except Invalid as refused:
            put_on(form, refused)
        else:
            return _sign_in(request, user)
    return render(request, "people/join.html", {"form": form, **_told(invitation)})


def _join_as_oneself(request: HawkerRequest, token: str, invitation: Invitation) -> HttpResponse:
    if request.method != "POST":
        return render(request, "people/join.html", _told(invitation))
    actions.join(token, request.user)
    request.memberships = list(queries.memberships(request.user))
    choose_workspace(request, invitation.workspace_id)
    return redirect("home")


def _told(invitation: Invitation) -> dict[str, object]:
    return {"business": invitation.workspace.name, "role": ROLE_NAMES[Role(invitation.role)]}


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    return cast(HttpResponse, perform_login(request, user, email_verification="none", redirect_url="/"))
