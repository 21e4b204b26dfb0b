"""What people ask of posts and deliveries; what cannot be done any more is said where they asked."""

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hawker.connect.errors import NetworkError
from hawker.core.people.actions import require
from hawker.core.people.rules import Actor, Right
from hawker.core.posts.models import Post
from hawker.core.problems import Invalid, NotFound
from hawker.core.publishing import actions, queries
from hawker.core.speech import speak
from hawker.web.posts.clock import as_typed, instant
from hawker.web.posts.forms import MoveForm
from hawker.web.posts.words import moment, underway
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in

COMMANDS: dict[str, tuple[Callable[[Actor, UUID], Post], str | Promise]] = {
    "publish": (actions.schedule, ""),
    "hold": (actions.hold, gettext_lazy("On hold. Resume it whenever you like.")),
    "resume": (actions.resume, gettext_lazy("It goes on.")),
    "cancel": (actions.cancel, gettext_lazy("Cancelled. What had not gone out stays here.")),
}


@require_POST
@signed_in
def give(request: HawkerRequest, post_id: UUID, name: str) -> HttpResponse:
    if name not in COMMANDS:
        raise NotFound
    command, done = COMMANDS[name]
    try:
        command(request.actor, post_id)
    except Invalid as refused:
        return _to_editor(request, post_id, refused)
    messages.success(request, str(done) or underway(request.pulse))
    return redirect("posts:page", post_id)


@require_http_methods(["GET", "POST"])
@signed_in
def move(request: HawkerRequest, post_id: UUID) -> HttpResponse:
    """Another time for what has not gone out; the first one for a draft."""
    require(request.actor, Right.publish_posts)
    post = queries.post(request.actor, post_id)
    zone = ZoneInfo(request.membership.workspace.time_zone)
    form = MoveForm(request.POST or None, initial={"at": as_typed(post.planned_at, zone)})
    if request.method == "POST" and form.is_valid():
        try:
            return _move(request, post, form.cleaned_data["at"], zone)
        except Invalid as refused:
            if any(problem.field != "at" for problem in refused.problems):
                return _to_editor(request, post_id, refused)
            put_on(form, refused)
    status = 422 if form.errors else 200
    context = {"form": form, "post": post, "zone": zone.key, "planned": queries.is_planned(post)}
    return render(request, "posts/move.html", context, status=status)


def _move(request: HawkerRequest, post: Post, typed: str, zone: ZoneInfo) -> HttpResponse:
    at = instant(typed, zone)
    change = actions.move if queries.is_planned(post) else actions.schedule
    change(request.actor, post.id, at)
    told = gettext("Scheduled for %(time)s (%(zone)s).") % {"time": moment(at), "zone": zone.key}
    messages.success(request, told)
    return redirect("posts:page", post.id)


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: HawkerRequest, post_id: UUID) -> HttpResponse:
    if request.method == "POST":
        actions.delete(request.actor, post_id)
        messages.success(request, gettext("Deleted."))
        return redirect("posts:list")
    require(request.actor, Right.write_posts)
    return render(request, "posts/delete.html", {"post": queries.post(request.actor, post_id)})


@require_POST
@signed_in
def retry(request: HawkerRequest, delivery_id: UUID) -> HttpResponse:
    post_id = queries.delivery(request.actor, delivery_id).post_id
    try:
        actions.retry(request.actor, delivery_id)
    except Invalid as refused:
        return _to_editor(request, post_id, refused)
    messages.success(request, underway(request.pulse))
    return redirect("posts:page", post_id)


@require_POST
@signed_in
def cancel_delivery(request: HawkerRequest, delivery_id: UUID) -> HttpResponse:
    row = actions.cancel_delivery(request.actor, delivery_id)
    messages.success(request, gettext("Cancelled for %(handle)s.") % {"handle": row.channel.handle})
    return redirect("posts:page", row.post_id)


@require_http_methods(["GET", "POST"])
@signed_in
def take_down(request: HawkerRequest, delivery_id: UUID) -> HttpResponse:
    require(request.actor, Right.publish_posts)
    row = queries.delivery(request.actor, delivery_id)
    if request.method == "GET":
        return render(request, "posts/take_down.html", {"row": row})
    try:
        actions.take_down(request.actor, delivery_id)
    except NetworkError as error:
        messages.error(request, speak(error.sentence))
    else:
        messages.success(request, gettext("Taken down."))
    return redirect("posts:page", row.post_id)


def _to_editor(request: HawkerRequest, post_id: UUID, refused: Invalid) -> HttpResponse:
    """There each problem is shown at its field."""
    messages.error(request, speak(refused.sentence))
    return redirect("posts:edit", post_id)
