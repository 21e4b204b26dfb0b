"""Holding all that is published, or one channel; and letting it go on, once one has seen what piled up."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from hawker.core.channels import queries as channels
from hawker.core.channels.models import Channel
from hawker.core.people.actions import require
from hawker.core.people.rules import Actor, Right
from hawker.core.problems import Conflict, Invalid, NotFound
from hawker.core.publishing import actions, pauses, queries
from hawker.core.publishing.models import Pause
from hawker.core.publishing.pauses import Release
from hawker.web.posts.forms import HoldForm
from hawker.web.posts.words import short_moment
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in

# A page can show so many; what piled up beyond goes out behind them.
SHOWN = 100


@require_http_methods(["GET", "POST"])
@signed_in
def hold(request: HawkerRequest, channel_id: UUID | None = None) -> HttpResponse:
    """Everything, or one channel."""
    require(request.actor, Right.publish_posts)
    channel = _channel(request.actor, channel_id)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pauses.hold_all(request.actor, channel_id, form.cleaned_data["reason"])
        except Invalid as refused:
            put_on(form, refused)
        else:
            messages.success(request, gettext("On hold. Nothing goes out until somebody resumes it."))
            return redirect(_home(channel))
    context = {"form": form, "channel": channel, "back": _home(channel)}
    return render(request, "posts/hold.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def resume(request: HawkerRequest, channel_id: UUID | None = None) -> HttpResponse:
    """What piled up and when it would go out; from there one goes on, or cancels single posts before."""
    channel = _channel(request.actor, channel_id)
    if request.method == "POST" and "cancel" in request.POST:
        return _cancel(request)
    if request.method == "POST":
        return _resume(request, channel)
    pause = _open(request.actor, channel_id)
    releases = pauses.to_release(pause, timezone.now()) if pause else []
    context = {
        "pause": pause,
        "channel": channel,
        "back": _home(channel),
        "releases": releases[:SHOWN],
        "more": max(0, len(releases) - SHOWN),
        "late": sum(each.at is None for each in releases),
    }
    return render(request, "posts/resume.html", context)


def _resume(request: HawkerRequest, channel: Channel | None) -> HttpResponse:
    releases = pauses.resume_all(request.actor, channel.id if channel else None)
    messages.success(request, _told(releases))
    late = [each for each in releases if each.at is None]
    if not late:
        return redirect(_home(channel))
    told = ngettext(
        "%(number)s post is past your limit of lateness and was not sent. Say what becomes of it.",
        "%(number)s posts are past your limit of lateness and were not sent. Say what becomes of them.",
        len(late),
    )
    messages.warning(request, told % {"number": len(late)})
    return redirect(f"{reverse('posts:list')}?shelf=attention")


def _told(releases: Sequence[Release]) -> str:
    times = [each.at for each in releases if each.at]
    if not times:
        return gettext("Publishing goes on.")
    told = ngettext(
        "Publishing goes on. %(number)s post goes out at %(first)s.",
        "Publishing goes on. %(number)s posts go out one after the other, the first at %(first)s.",
        len(times),
    )
    return told % {"number": len(times), "first": short_moment(min(times))}


def _cancel(request: HawkerRequest) -> HttpResponse:
    try:
        delivery = UUID(request.POST["cancel"])
    except ValueError as error:
        raise NotFound from error
    row = queries.delivery(request.actor, delivery)
    if row.recipient:
        actions.cancel_messages(request.actor, row.post_id, row.channel_id)
    else:
        actions.cancel_delivery(request.actor, delivery)
    messages.success(request, gettext("Cancelled for %(handle)s.") % {"handle": row.channel.handle})
    return redirect(request.path)


def _channel(actor: Actor, channel_id: UUID | None) -> Channel | None:
    return channels.channel(actor, channel_id) if channel_id else None


def _open(actor: Actor, channel_id: UUID | None) -> Pause | None:
    try:
        return pauses.open_pause(actor, channel_id)
    except Conflict:
        return None


def _home(channel: Channel | None) -> str:
    return reverse("channels:list") if channel else reverse("posts:list")
