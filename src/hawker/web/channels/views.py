"""The channels of a business."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hawker.connect.errors import NetworkError
from hawker.connect.registry import platform
from hawker.connect.text import Sentence
from hawker.core.channels import actions, queries, rules
from hawker.core.channels.budgets import remaining
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.speech import speak
from hawker.web.session import HawkerRequest, signed_in


@require_safe
@signed_in
def channels(request: HawkerRequest) -> HttpResponse:
    held = {hold.channel for hold in request.pulse.holds}
    found = list(queries.channels(request.actor))
    left = remaining(found, timezone.now())
    lines = [(channel, left[channel.id]) for channel in found]
    context = {"lines": lines, "held": held, "endings": _endings({each.platform for each in found})}
    return render(request, "channels/list.html", context)


def _endings(networks: Collection[str]) -> list[Sentence]:
    """Of these networks, those whose API ends in the edition that Hawker speaks."""
    today = timezone.localdate()
    found = queries.endings(today)
    return [rules.told_ending(platform(each).title, found[each], today) for each in networks if each in found]


@require_POST
@signed_in
def check(request: HawkerRequest, channel_id: UUID) -> HttpResponse:
    try:
        channel = actions.check(request.actor, channel_id)
    except NetworkError as error:
        messages.error(request, speak(error.sentence))
    else:
        messages.success(request, gettext("%(channel)s works.") % {"channel": channel})
    return redirect("channels:list")


@require_http_methods(["GET", "POST"])
@signed_in
def remove(request: HawkerRequest, channel_id: UUID) -> HttpResponse:
    require(request.actor, Right.manage_channels)
    channel = queries.channel(request.actor, channel_id)
    if request.method == "GET":
        return render(request, "channels/remove.html", {"channel": channel})
    actions.remove(request.actor, channel_id)
    messages.success(request, gettext("%(channel)s is removed.") % {"channel": channel})
    return redirect("channels:list")
