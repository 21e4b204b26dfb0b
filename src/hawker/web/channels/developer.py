"""The owner's own app at a network: the guide to register it, and its keys."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hawker.connect.platform import Platform
from hawker.connect.text import Sentence
from hawker.core.channels import actions, queries, rules
from hawker.core.people import queries as people
from hawker.core.people.actions import require, require_installation
from hawker.core.people.rules import Right
from hawker.core.problems import Invalid, NotFound
from hawker.web.address import address
from hawker.web.channels.forms import FieldsForm
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in


@dataclass(frozen=True, kw_only=True)
class Stored:
    """`ends`: of each key its label and its last letters, which may be kept to itself."""

    changed_at: datetime
    ends: list[tuple[Sentence, str]]


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def app(request: HawkerRequest, platform: str) -> HttpResponse:
    """The guide and the keys; for whoever may not enter them, whom to ask."""
    require(request.actor, Right.manage_channels)
    network, asked = actions.find_app(platform)
    if not people.runs_installation(request.actor):
        return _ask_others(request, network)
    form = FieldsForm(asked.fields, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _keep(request, network, form)
        except Invalid as refused:
            put_on(form, refused)
    wrong = request.method == "POST"
    context = {**_guide(request, network), "form": form}
    return render(request, "channels/app.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def forget(request: HawkerRequest, platform: str) -> HttpResponse:
    require_installation(request.actor)
    network, _ = actions.find_app(platform)
    if queries.kept_app(network) is None:
        raise NotFound
    if request.method == "GET":
        own, others = queries.stopped_without(request.actor, network)
        return render(request, "channels/forget_app.html", {"network": network, "own": own, "others": others})
    actions.forget_app(request.actor, platform)
    messages.success(request, gettext("The keys of your app at %(network)s are removed.") % _named(network))
    return redirect("channels:list")


def stored(network: Platform) -> Stored | None:
    kept = queries.kept_app(network)
    if kept is None or network.app is None:
        return None
    ends = [(field.label, kept.ends[field.name]) for field in network.app.fields if field.name in kept.ends]
    return Stored(changed_at=kept.changed_at, ends=ends)


def ending(network: Platform) -> Sentence | None:
    """What is to be said of the network's API, where it ends in the edition that Hawker speaks."""
    today = timezone.localdate()
    found = queries.endings(today).get(network.name)
    return rules.told_ending(network.title, found, today) if found else None


def _keep(request: HawkerRequest, network: Platform, form: FieldsForm) -> HttpResponse:
    actions.keep_app(request.actor, network.name, form.cleaned_data)
    messages.success(request, gettext("Hawker keeps the keys of your app at %(network)s.") % _named(network))
    if network.hears:
        return redirect("channels:app", network.name)
    return redirect("channels:sign_in", network.name, network.signs_in.ways[0].name)


def _ask_others(request: HawkerRequest, network: Platform) -> HttpResponse:
    if request.method == "POST":
        require_installation(request.actor)
    context = {"network": network, "runners": people.runners(request.actor)}
    return render(request, "channels/app_of_others.html", context)


def _guide(request: HawkerRequest, network: Platform) -> dict[str, object]:
    return {
        "network": network,
        "app": network.app,
        "stored": stored(network),
        "ending": ending(network),
        "version": queries.version_of(network),
        "back": _back(request, network),
        "hook": address(request, reverse("hooks", args=[network.name])) if network.hears else "",
        "verify_token": queries.verify_token(network),
    }


def _back(request: HawkerRequest, network: Platform) -> str:
    """Empty where nobody is sent anywhere to sign in."""
    redirects = any(way.redirects for way in network.signs_in.ways)
    return address(request, reverse("channels:back", args=[network.name])) if redirects else ""


def _named(network: Platform) -> dict[str, str]:
    return {"network": network.title}
