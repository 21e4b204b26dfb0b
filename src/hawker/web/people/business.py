"""The business itself: its name, language and time zone; going over to another one."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from hawker.core.people import actions
from hawker.core.people.models import Workspace
from hawker.core.problems import Invalid, NotFound
from hawker.web.people.forms import A_MINUTE, BusinessForm
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, choose_workspace, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def business(request: HawkerRequest) -> HttpResponse:
    form = BusinessForm(request.POST or None, initial=_as_typed(request.membership.workspace))
    if form.is_valid():
        try:
            actions.change_business(request.actor, form.typed())
        except Invalid as refused:
            put_on(form, refused)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("settings:business")
    return render(request, "people/business.html", {"tab": "business", "form": form})


def _as_typed(workspace: Workspace) -> dict[str, object]:
    return {
        "business": workspace.name,
        "language": workspace.language,
        "time_zone": workspace.time_zone,
        "late_after_minutes": workspace.late_after // A_MINUTE,
    }


@login_required
@require_POST
def enter(request: HttpRequest, workspace: UUID) -> HttpResponse:
    if not choose_workspace(cast(HawkerRequest, request), workspace):
        raise NotFound
    return redirect("home")
