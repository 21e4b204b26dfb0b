"""A post's messages to people: what is asked of all on one channel, and a page of them one by one."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hawker.core.people.actions import require
from hawker.core.people.rules import Actor, Right
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Post
from hawker.core.problems import Conflict, NotFound
from hawker.core.publishing import actions, crowds, queries
from hawker.core.publishing.crowds import Crowd
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.web.posts import words
from hawker.web.session import HawkerRequest, signed_in

COMMANDS: dict[str, Callable[[Actor, UUID, UUID], Post]] = {
    "retry": actions.retry_messages,
    "cancel": actions.cancel_messages,
}
ROWS = 50
STAGES = {
    "sent": gettext_lazy("Gone out"),
    "delivered": gettext_lazy("Delivered"),
    "read": gettext_lazy("Read"),
    "failed": gettext_lazy("Came back"),
}


@require_POST
@signed_in
def give(request: HawkerRequest, post_id: UUID, channel_id: UUID, name: str) -> HttpResponse:
    if name not in COMMANDS:
        raise NotFound
    COMMANDS[name](request.actor, post_id, channel_id)
    stopped = gettext("Cancelled. What had not gone out stays here.")
    messages.success(request, stopped if name == "cancel" else words.underway(request.pulse))
    return redirect("posts:page", post_id)


@require_http_methods(["GET", "POST"])
@signed_in
def asked(request: HawkerRequest, post_id: UUID, channel_id: UUID) -> HttpResponse:
    """Whether those went out of which Hawker cannot find it out."""
    require(request.actor, Right.publish_posts)
    post, crowd = _crowd(request.actor, post_id, channel_id)
    if request.method == "POST":
        found = request.POST.get("found")
        if found not in {"there", "absent"}:
            raise NotFound
        try:
            actions.settle_messages(request.actor, post_id, channel_id, there=found == "there")
        except Conflict:
            return redirect("posts:page", post_id)
        messages.success(request, gettext("Noted.") if found == "there" else words.underway(request.pulse))
        return redirect("posts:page", post_id)
    return render(request, "posts/asked_messages.html", {"post": post, "crowd": crowd})


@require_safe
@signed_in
def one_by_one(request: HawkerRequest, post_id: UUID, channel_id: UUID) -> HttpResponse:
    """Who the people are is for those to see who may manage contacts."""
    post, crowd = _crowd(request.actor, post_id, channel_id)
    state = request.GET.get("state", "")
    start = _start(request.GET.get("from", ""))
    found = crowds.messages(request.actor, post_id, channel_id, state if state in set(State) else "")
    rows = list(found[start : start + ROWS + 1])
    context = {
        "post": post,
        "crowd": crowd,
        "rows": [(row, *_told(row)) for row in rows[:ROWS]],
        "state": state,
        "states": [(each, words.of_state(each)) for each in State if crowd.states.get(each)],
        "following": start + ROWS if len(rows) > ROWS else None,
        "start": start,
    }
    return render(request, "posts/messages.html", context)


def _crowd(actor: Actor, post_id: UUID, channel_id: UUID) -> tuple[Post, Crowd]:
    """Raises NotFound."""
    post = posts.posts(actor).prefetch_related(None).filter(id=post_id).first()
    if post is None:
        raise NotFound
    found = crowds.crowds([post.id]).get(post.id, [])
    crowd = next((each for each in found if each.channel.id == channel_id), None)
    if crowd is None:
        raise NotFound
    return post, crowd


def _told(row: Delivery) -> tuple[words.Words, object, object]:
    reason = queries.reason_of(row)
    return words.of_delivery(row, timezone.now()), STAGES.get(row.stage, ""), reason


def _start(typed: str) -> int:
    return min(int(typed), 1_000_000) if typed.isdecimal() else 0
