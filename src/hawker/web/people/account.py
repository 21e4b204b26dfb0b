"""A person's own account: her name, her language, and the way to her password and second factor."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from hawker.core.people import actions
from hawker.core.people.models import User
from hawker.web.people.forms import LanguageForm, NameForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if form.is_valid():
        actions.introduce(user, form.cleaned_data["name"])
        messages.success(request, gettext("Saved."))
        return redirect("account")
    return render(request, "people/account.html", {"form": form})


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Changes the language: of the account, or of this browser as long as nobody is signed in."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    language = form.cleaned_data["language"]
    response = HttpResponseRedirect(_next(request))
    if request.user.is_authenticated:
        actions.speak(request.user, language)
    else:
        name, age = settings.LANGUAGE_COOKIE_NAME, settings.SESSION_COOKIE_AGE
        response.set_cookie(name, language, max_age=age, httponly=True, samesite="Lax")
    return response


def _next(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else "/"
