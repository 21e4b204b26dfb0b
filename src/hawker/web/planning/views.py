"""The queue's weekly times; posts that come back: their list, one's page, and what can be done with it."""

from collections.abc import Callable
from datetime import time
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hawker.connect.text import say
from hawker.core.channels import queries as channels
from hawker.core.people.actions import require
from hawker.core.people.rules import Actor, Right
from hawker.core.planning import queries, repeating
from hawker.core.planning import queue as slots
from hawker.core.planning.models import Recurrence
from hawker.core.planning.rules import Slot
from hawker.core.problems import Invalid, NotFound, invalid
from hawker.core.speech import speak
from hawker.web.planning.rows import row
from hawker.web.session import HawkerRequest, signed_in

DAYS = range(7)
COMMANDS: dict[str, tuple[Callable[[Actor, UUID], Recurrence], str | Promise]] = {
    "pause": (repeating.pause, gettext_lazy("Paused. What had not gone out is taken back.")),
    "resume": (repeating.resume, gettext_lazy("It comes back again from now on.")),
}


@require_safe
@signed_in
def queue(request: HawkerRequest) -> HttpResponse:
    found = queries.queues(request.actor, timezone.now())
    shown = [
        (each, [(number, WEEKDAYS[number], _walls(each.slots, number)) for number in DAYS]) for each in found
    ]
    context = {"queues": shown, "zone": request.membership.workspace.time_zone}
    return render(request, "planning/queue.html", context)


@require_POST
@signed_in
def change_slots(request: HawkerRequest, channel_id: UUID) -> HttpResponse:
    """Adds a time on the chosen days, for every channel where that is asked for; or drops one."""
    channels.channel(request.actor, channel_id)
    try:
        for each in queries.queues(request.actor, timezone.now()):
            if each.channel.id == channel_id or "all" in request.POST:
                wanted = (set(each.slots) | _added(request.POST)) - _dropped(request.POST)
                slots.set_slots(request.actor, each.channel.id, wanted)
    except Invalid as refused:
        messages.error(request, speak(refused.sentence))
    return redirect("planning:queue")


@require_safe
@signed_in
def repeats(request: HawkerRequest) -> HttpResponse:
    now, zone = timezone.now(), request.membership.workspace.time_zone
    known = {channel.id: channel for channel in channels.channels(request.actor)}
    rows = [row(each, known, now, zone) for each in queries.recurrences(request.actor)]
    return render(request, "planning/repeats.html", {"rows": rows, "zone": zone})


@require_safe
@signed_in
def repeat(request: HawkerRequest, recurrence_id: UUID) -> HttpResponse:
    found = queries.recurrence(request.actor, recurrence_id)
    now, zone = timezone.now(), request.membership.workspace.time_zone
    known = {channel.id: channel for channel in channels.channels(request.actor)}
    context = {"row": row(found, known, now, zone), "coming": queries.occurrences(found, now), "zone": zone}
    return render(request, "planning/repeat.html", context)


@require_POST
@signed_in
def give(request: HawkerRequest, recurrence_id: UUID, name: str) -> HttpResponse:
    if name not in COMMANDS:
        raise NotFound
    command, done = COMMANDS[name]
    command(request.actor, recurrence_id)
    messages.success(request, str(done))
    return redirect("planning:repeat", recurrence_id)


@require_http_methods(["GET", "POST"])
@signed_in
def end(request: HawkerRequest, recurrence_id: UUID) -> HttpResponse:
    if request.method == "POST":
        repeating.end(request.actor, recurrence_id)
        messages.success(request, gettext("It comes back no more."))
        return redirect("planning:repeats")
    require(request.actor, Right.publish_posts)
    found = queries.recurrence(request.actor, recurrence_id)
    return render(request, "planning/end.html", {"recurrence": found})


def _walls(known: tuple[Slot, ...], weekday: int) -> list[time]:
    return [each.wall for each in known if each.weekday == weekday]


def _added(data: QueryDict) -> set[Slot]:
    """Raises Invalid."""
    if "drop" in data:
        return set()
    try:
        wall = time.fromisoformat(data.get("wall", ""))
    except ValueError as error:
        raise invalid("wall", say("Choose a time of the day.")) from error
    found = {
        Slot(weekday=int(each), wall=wall) for each in data.getlist("weekdays") if each in map(str, DAYS)
    }
    if not found:
        raise invalid("weekdays", say("Choose at least one day of the week."))
    return found


def _dropped(data: QueryDict) -> set[Slot]:
    """`drop` is a weekday and a time, as “0 09:00”."""
    weekday, _, wall = data.get("drop", "").partition(" ")
    try:
        return {Slot(weekday=int(weekday), wall=time.fromisoformat(wall))}
    except ValueError:
        return set()
