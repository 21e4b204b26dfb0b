"""Connecting an account: which network, which way, the way there and back."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from hawker.connect.abilities import Errand, Way
from hawker.connect.errors import NetworkError
from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.connect.text import Sentence, say
from hawker.connect.values import Account
from hawker.core.channels import actions, queries, reaching
from hawker.core.channels.models import Channel
from hawker.core.media import queries as media
from hawker.core.media.addresses import NOT_REACHABLE
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.problems import Invalid, NotFound, Refusal
from hawker.core.speech import speak
from hawker.web.address import address
from hawker.web.channels import developer, errands
from hawker.web.channels.forms import ChoiceForm, FieldsForm
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in

NOT_BEGUN = say("This sign-in was not begun here, or it is over already. Begin again.")
OVER = say("A choice of accounts waits for half an hour, and this one is over. Nothing was connected.")
# What the form of a way may ask that is known of a channel already.
KNOWN = ("server", "site", "handle")


@require_safe
@signed_in
def choose(request: HawkerRequest) -> HttpResponse:
    require(request.actor, Right.manage_channels)
    kept = queries.kept_apps()
    lines = [(each, each.app is None or each.name in kept) for each in platforms().values()]
    return render(request, "channels/add.html", {"lines": lines})


@require_safe
@signed_in
def again(request: HawkerRequest, channel_id: UUID) -> HttpResponse:
    """To the sign-in form, with what is known of the channel filled in."""
    require(request.actor, Right.manage_channels)
    channel = queries.channel(request.actor, channel_id)
    way = platforms()[channel.platform].signs_in.ways[0]
    page = reverse("channels:sign_in", args=[channel.platform, way.name])
    return redirect(f"{page}?channel={channel.id}")


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def sign_in(request: HawkerRequest, platform: str, way: str) -> HttpResponse:
    require(request.actor, Right.manage_channels)
    network, found = _find(platform, way)
    kept = developer.stored(network) if network.app else None
    if network.app and kept is None:
        return _to(request, reverse("channels:app", args=[platform]))
    form = FieldsForm(found.fields, request.POST if request.method == "POST" else None, _known(request))
    trouble: Sentence | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _go(request, network, found, form.cleaned_data)
        except Invalid as refused:
            put_on(form, refused)
        except NetworkError as error:
            trouble = error.sentence
    context = {"network": network, "way": found, "form": form, "trouble": trouble, "stored": kept}
    wrong = request.method == "POST"
    warning = NOT_REACHABLE if network.fetches and not media.is_reachable() else None
    shown = {**context, "ending": developer.ending(network), "warning": warning}
    return render(request, "channels/sign_in.html", shown, status=422 if wrong else 200)


@never_cache
@require_safe
@signed_in
def back(request: HawkerRequest, platform: str) -> HttpResponse:
    """Where the network sends the owner when she has said yes or no."""
    network = platforms().get(platform)
    if network is None:
        raise NotFound
    errand = errands.take(request, platform)
    if errand is None:
        return _turned_back(request, network, NOT_BEGUN, "")
    way, memory = errand
    try:
        accounts = actions.finish(request.actor, platform, memory, request.GET.dict())
    except (Refusal, NetworkError) as refused:
        return _turned_back(request, network, refused.sentence, way)
    return _opened(request, network, way, accounts)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def reached(request: HawkerRequest, platform: str) -> HttpResponse:
    """Which of the accounts that a sign-in opened are to be channels."""
    require(request.actor, Right.manage_channels)
    network = platforms().get(platform)
    if network is None:
        raise NotFound
    opened = errands.reached(request, platform)
    if opened is None:
        return _turned_back(request, network, OVER, "")
    _, accounts = opened
    candidates = queries.candidates(request.actor, platform, accounts)
    form = ChoiceForm(candidates, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = reaching.chosen(accounts, form.cleaned_data["accounts"])
        errands.forget_reached(request, platform)
        return _connected(request, actions.keep(request.actor, platform, chosen))
    wrong = request.method == "POST"
    context = {"network": network, "form": form}
    return render(request, "channels/reached.html", context, status=422 if wrong else 200)


def _find(platform: str, way: str) -> tuple[Platform, Way]:
    network = platforms().get(platform)
    found = next((each for each in network.signs_in.ways if each.name == way), None) if network else None
    if network is None or found is None:
        raise NotFound
    return network, found


def _known(request: HawkerRequest) -> dict[str, str]:
    try:
        channel = queries.channel(request.actor, UUID(request.GET.get("channel", "")))
    except (ValueError, NotFound):
        return {}
    return {name: getattr(channel, name) for name in KNOWN}


def _go(request: HawkerRequest, network: Platform, way: Way, typed: Mapping[str, str]) -> HttpResponse:
    if not way.redirects:
        accounts = actions.open_up(request.actor, network.name, way.name, typed)
        return _opened(request, network, way.name, accounts)
    here = address(request, reverse("channels:back", args=[network.name]))
    errand = actions.start(request.actor, network.name, way.name, typed, back=here)
    errands.keep(request, network.name, way.name, errand)
    return _send_on(request, network, errand)


def _send_on(request: HawkerRequest, network: Platform, errand: Errand) -> HttpResponse:
    """Not by a redirect: a form of ours may lead to our own pages only (form-action), and Chromium holds the
    whole chain of redirects to that."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(errand.url)
    host = urlsplit(errand.url).hostname
    return render(request, "channels/leave.html", {"network": network, "url": errand.url, "host": host})


def _opened(request: HawkerRequest, network: Platform, way: str, accounts: Sequence[Account]) -> HttpResponse:
    if len(accounts) == 1:
        return _connected(request, actions.keep(request.actor, network.name, accounts))
    errands.keep_reached(request, network.name, way, accounts)
    return _to(request, reverse("channels:reached", args=[network.name]))


def _connected(request: HawkerRequest, channels: Sequence[Channel]) -> HttpResponse:
    for channel in channels:
        messages.success(request, gettext("%(channel)s is connected.") % {"channel": channel})
    return _to(request, reverse("channels:list"))


def _to(request: HawkerRequest, page: str) -> HttpResponse:
    return HttpResponseClientRedirect(page) if request.headers.get("HX-Request") else redirect(page)


def _turned_back(request: HawkerRequest, network: Platform, sentence: Sentence, way: str) -> HttpResponse:
    begin = reverse("channels:sign_in", args=[network.name, way or network.signs_in.ways[0].name])
    context = {"network": network, "sentence": speak(sentence), "begin": begin}
    return render(request, "channels/turned_back.html", context, status=400)
