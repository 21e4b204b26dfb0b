"""Writing a post, changing one, and asking the networks about it while it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from hawker.core.channels import queries as channels
from hawker.core.channels.models import Channel
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Post
from hawker.core.problems import Conflict, Invalid, Problem
from hawker.core.publishing import queries, rules
from hawker.core.publishing.actions import GONE_ON
from hawker.core.publishing.states import State
from hawker.core.speech import speak
from hawker.web.media.uploads import Uploads
from hawker.web.posts.clock import as_typed
from hawker.web.posts.languages import choices, spelt
from hawker.web.posts.pictures import take_in
from hawker.web.posts.saving import save_changed, save_new, when_due
from hawker.web.posts.shaping import shaped
from hawker.web.posts.sheet import Sheet, lay_out
from hawker.web.posts.typed import Box, Part, Typed, When, of_post, read
from hawker.web.posts.words import saved
from hawker.web.session import HawkerRequest, signed_in


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What stays the same while one post is written. `states`: of its deliveries, where it has some."""

    request: HawkerRequest
    known: Sequence[Channel]
    post: Post | None = None
    states: frozenset[State] = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.request.membership.workspace.time_zone)

    @property
    def typed(self) -> Typed:
        return read(self.request.POST, [channel.id for channel in self.known], language=self.language)

    @property
    def language(self) -> str:
        return spelt(self.request.membership.workspace.language)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HawkerRequest) -> HttpResponse:
    require(request.actor, Right.write_posts)
    desk = Desk(request=request, known=list(channels.channels(request.actor)))
    return _save(desk) if request.method == "POST" else _page(desk, lay_out(_blank(desk), desk.known))


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: HawkerRequest, post_id: UUID) -> HttpResponse:
    require(request.actor, Right.write_posts)
    post, states = queries.to_rewrite(request.actor, post_id)
    if not rules.may_rewrite(states) and request.method == "GET":
        messages.error(request, speak(GONE_ON))
        return redirect("posts:page", post_id)
    known = list(channels.channels(request.actor))
    desk = Desk(request=request, known=known, post=post, states=states)
    if request.method == "POST":
        return _save(desk)
    return _page(desk, lay_out(of_post(post, desk.zone, states), known))


@require_POST
@signed_in
def check(request: HawkerRequest) -> HttpResponse:
    """What the networks say of the form as it stands: counts, previews, problems at their fields."""
    require(request.actor, Right.write_posts)
    desk = Desk(request=request, known=list(channels.channels(request.actor)))
    typed = desk.typed
    reviews = posts.reviews(request.actor, typed.writing)
    if typed.is_blank:  # nobody wants to hear that she has not begun
        reviews = [replace(review, problems=()) for review in reviews]
    sheet = lay_out(typed, desk.known, reviews, _of_time(typed, desk.zone))
    changed = sheet.mark != request.POST.get("mark")
    return render(request, "posts/checked.html", {"sheet": sheet, "changed": changed})


@require_POST
@signed_in
def shape(request: HawkerRequest, post_id: UUID | None = None) -> HttpResponse:
    """The composer with one more part, a text cut into a thread, or its links moved; nothing is saved."""
    require(request.actor, Right.write_posts)
    post, states = queries.to_rewrite(request.actor, post_id) if post_id else (None, frozenset[State]())
    known = list(channels.channels(request.actor))
    desk = Desk(request=request, known=known, post=post, states=states)
    typed, uploads = take_in(request.actor, desk.typed, request.FILES)
    problems: Sequence[Problem] = ()
    try:
        typed = shaped(request.actor, typed, request.POST.get("do", ""))
    except Invalid as refused:
        problems = refused.problems
    page = _page(desk, lay_out(typed, known, (), problems), uploads=uploads, fresh=typed.boxes[-1:])
    return trigger_client_event(page, "pictures", after="settle")


def _save(desk: Desk) -> HttpResponse:
    """A Conflict that comes here is said above the form: what was typed stays in it."""
    actor = desk.request.actor
    typed, uploads = take_in(actor, desk.typed, desk.request.FILES)
    if uploads.turned_away:
        return _refused(desk, typed, uploads=uploads)
    try:
        if desk.post is None:
            kept = save_new(actor, typed, desk.zone)
        else:
            kept = save_changed(actor, desk.post, typed, desk.zone)
    except Invalid as refused:
        return _refused(desk, typed, refused.problems)
    except Conflict as refused:
        messages.error(desk.request, speak(refused.sentence))
        return _refused(desk, typed)
    messages.success(desk.request, saved(typed, desk.zone, desk.request.pulse))
    return redirect("posts:page", kept.id)


def _refused(
    desk: Desk, typed: Typed, problems: Sequence[Problem] = (), *, uploads: Uploads | None = None
) -> HttpResponse:
    reviews = posts.reviews(desk.request.actor, typed.writing)
    sheet = lay_out(typed, desk.known, reviews, problems)
    return _page(desk, sheet, uploads=uploads, checked=True)


def _page(
    desk: Desk,
    sheet: Sheet,
    *,
    uploads: Uploads | None = None,
    checked: bool = False,
    fresh: Sequence[Box] = (),
) -> HttpResponse:
    """`checked`: a form that comes back with what must be changed. `fresh`: the box that is written next."""
    context = {
        "sheet": sheet,
        "post": desk.post,
        "scheduled": bool(desk.states),
        "partly": State.published in desk.states,
        "uploads": uploads,
        "checked": checked,
        "fresh": fresh[0] if fresh else None,
        "languages": choices(sheet.typed.language),
        "zone": desk.zone.key,
    }
    return render(desk.request, "posts/compose.html", context, status=422 if checked else 200)


def _blank(desk: Desk) -> Typed:
    """For the next full hour that leaves time to write, and for the one channel where there is one."""
    only = {channel.id: Part(chosen=True) for channel in desk.known} if len(desk.known) == 1 else {}
    soon = (timezone.now() + timedelta(hours=2)).replace(minute=0)
    return Typed(
        language=desk.language,
        parts=only,
        when=When.now if desk.request.actor.may(Right.publish_posts) else When.draft,
        at=as_typed(soon, desk.zone),
    )


def _of_time(typed: Typed, zone: ZoneInfo) -> Sequence[Problem]:
    try:
        when_due(typed, zone)
    except Invalid as refused:
        return refused.problems
    return ()
