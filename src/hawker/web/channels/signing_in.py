"""Connecting an account: which network, which way, the way there and back."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
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
from hawker.core.channels import actions, queries
from hawker.core.channels.models import Channel
from hawker.core.media import queries as media
from hawker.core.media.addresses import NOT_REACHABLE
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.problems import Invalid, NotFound
from hawker.core.speech import speak
from hawker.web.channels import errands
from hawker.web.channels.forms import WayForm
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in

NOT_BEGUN = say("This sign-in was not begun here, or it is over already. Begin again.")
# What the form of a way may ask that is known of a channel already.
KNOWN = ("server", "site", "handle")


@require_safe
@signed_in
def choose(request: HawkerRequest) -> HttpResponse:
    require(request.actor, Right.manage_channels)
    return render(request, "channels/add.html", {"platforms": platforms().values()})


@require_safe
@signed_in
def again(request: HawkerRequest, channel_id: UUID) -> HttpResponse:
    """To the sign-in form, with what is known of the channel filled in."""
    require(request.actor, Right.manage_channels)
    channel = queries.channel(request.actor, channel_id)
    way = platforms()[channel.platform].signs_in.ways[0]
    address = reverse("channels:sign_in", args=[channel.platform, way.name])
    return redirect(f"{address}?channel={channel.id}")


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def sign_in(request: HawkerRequest, platform: str, way: str) -> HttpResponse:
    require(request.actor, Right.manage_channels)
    network, found = _find(platform, way)
    form = WayForm(found, request.POST if request.method == "POST" else None, _known(request))
    trouble: Sentence | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _go(request, network, found, form.cleaned_data)
        except Invalid as refused:
            put_on(form, refused)
        except NetworkError as error:
            trouble = error.sentence
    warning = NOT_REACHABLE if network.fetches and not media.is_reachable() else None
    context = {"network": network, "way": found, "form": form, "trouble": trouble, "warning": warning}
    wrong = request.method == "POST"
    return render(request, "channels/sign_in.html", context, status=422 if wrong else 200)


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
        channel = actions.finish(request.actor, platform, memory, request.GET.dict())
    except (Invalid, NetworkError) as refused:
        return _turned_back(request, network, refused.sentence, way)
    return _connected(request, channel)


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
        return _connected(request, actions.connect(request.actor, network.name, way.name, typed))
    address = reverse("channels:back", args=[network.name])
    here = f"{settings.PUBLIC_URL}{address}" if settings.PUBLIC_URL else request.build_absolute_uri(address)
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


def _connected(request: HawkerRequest, channel: Channel) -> HttpResponse:
    messages.success(request, gettext("%(channel)s is connected.") % {"channel": channel})
    address = reverse("channels:list")
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)


def _turned_back(request: HawkerRequest, network: Platform, sentence: Sentence, way: str) -> HttpResponse:
    begin = reverse("channels:sign_in", args=[network.name, way or network.signs_in.ways[0].name])
    context = {"network": network, "sentence": speak(sentence), "begin": begin}
    return render(request, "channels/turned_back.html", context, status=400)
