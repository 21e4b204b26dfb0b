"""Writing a post, changing one, and asking the networks about it while it is written."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from hawker.core.channels import queries as channels
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.planning import queries as planning
from hawker.core.planning import rules as planning_rules
from hawker.core.planning.writings import writing_of
from hawker.core.posts import queries as posts
from hawker.core.problems import Conflict, Invalid, Problem
from hawker.core.publishing import queries, rules
from hawker.core.publishing.actions import GONE_ON
from hawker.core.publishing.states import State
from hawker.core.speech import speak
from hawker.web.posts.desk import Desk, blank, page, refused
from hawker.web.posts.pictures import take_in
from hawker.web.posts.repeat import of_rhythm
from hawker.web.posts.saving import save_changed, save_new, save_repeat, when_due
from hawker.web.posts.shaping import shaped
from hawker.web.posts.typed import Typed, When, of_post, of_writing
from hawker.web.posts.words import saved
from hawker.web.session import HawkerRequest, signed_in


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HawkerRequest) -> HttpResponse:
    require(request.actor, Right.write_posts)
    desk = Desk(request=request, known=list(channels.channels(request.actor)))
    return _save(desk) if request.method == "POST" else page(desk, desk.lay_out(blank(desk)))


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
    return page(desk, desk.lay_out(of_post(post, desk.zone, states)))


@require_POST
@signed_in
def check(request: HawkerRequest) -> HttpResponse:
    """What the networks say of the form as it stands: counts, prices, previews, problems at their fields."""
    require(request.actor, Right.write_posts)
    desk = Desk(request=request, known=list(channels.channels(request.actor)))
    typed = desk.typed
    reviews = posts.reviews(request.actor, typed.writing)
    if typed.is_blank:  # nobody wants to hear that she has not begun
        reviews = [replace(review, problems=(), cost=None) for review in reviews]
    sheet = desk.lay_out(typed, reviews, _of_time(typed, desk.zone))
    changed = sheet.mark != request.POST.get("mark")
    return render(request, "posts/checked.html", {"sheet": sheet, "changed": changed})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def edit_repeat(request: HawkerRequest, recurrence_id: UUID) -> HttpResponse:
    """What a post that comes back says, and when."""
    require(request.actor, Right.publish_posts)
    row = planning.recurrence(request.actor, recurrence_id)
    desk = Desk(request=request, known=list(channels.channels(request.actor)), recurrence=row)
    if request.method == "POST":
        return _save(desk)
    typed = of_writing(writing_of(row.writing), When.repeat)
    typed = replace(typed, repeat=of_rhythm(planning.rhythm_of(row)))
    return page(desk, desk.lay_out(typed))


@require_POST
@signed_in
def shape(
    request: HawkerRequest, post_id: UUID | None = None, recurrence_id: UUID | None = None
) -> HttpResponse:
    """The composer with one more part, a text cut into a thread, or its links moved; nothing is saved."""
    actor = request.actor
    require(actor, Right.write_posts)
    post, states = queries.to_rewrite(actor, post_id) if post_id else (None, frozenset[State]())
    row = planning.recurrence(actor, recurrence_id) if recurrence_id else None
    known = list(channels.channels(actor))
    desk = Desk(request=request, known=known, post=post, states=states, recurrence=row)
    typed, uploads = take_in(actor, desk.typed, request.FILES)
    problems: Sequence[Problem] = ()
    try:
        typed = shaped(actor, typed, request.POST.get("do", ""))
    except Invalid as refusal:
        problems = refusal.problems
    drawn = page(desk, desk.lay_out(typed, (), problems), uploads=uploads, fresh=typed.boxes[-1:])
    return trigger_client_event(drawn, "pictures", after="settle")


def _save(desk: Desk) -> HttpResponse:
    """A Conflict that comes here is said above the form: what was typed stays in it."""
    typed, uploads = take_in(desk.request.actor, desk.typed, desk.request.FILES)
    if uploads.turned_away:
        return refused(desk, typed, uploads=uploads)
    try:
        return _kept(desk, typed)
    except Invalid as refusal:
        return refused(desk, typed, refusal.problems)
    except Conflict as refusal:
        messages.error(desk.request, speak(refusal.sentence))
        return refused(desk, typed)


def _kept(desk: Desk, typed: Typed) -> HttpResponse:
    """On to the page of what was saved."""
    actor = desk.request.actor
    if desk.recurrence is not None or (typed.when is When.repeat and desk.post is None):
        row = save_repeat(actor, desk.recurrence, typed)
        messages.success(desk.request, gettext("Saved. Its next posts stand below."))
        return redirect("planning:repeat", row.id)
    if desk.post is None:
        post = save_new(actor, typed, desk.zone)
    else:
        post = save_changed(actor, desk.post, typed, desk.zone)
    messages.success(desk.request, saved(typed, desk.zone, post, desk.request.pulse))
    return redirect("posts:page", post.id)


def _of_time(typed: Typed, zone: ZoneInfo) -> Sequence[Problem]:
    try:
        when_due(typed, zone)
        if typed.when is When.repeat:
            return planning_rules.problems(typed.repeat.rhythm)
    except Invalid as refusal:
        return refusal.problems
    return ()
