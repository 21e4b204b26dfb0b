"""The list of posts, and one post's page."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hawker.core.posts import queries as posts
from hawker.core.posts.models import Attachment, Post
from hawker.core.posts.prices import sum_of
from hawker.core.posts.values import POST, THREAD
from hawker.core.publishing import queries
from hawker.core.publishing.queries import Shelf
from hawker.web.posts.progress import Progress, progress
from hawker.web.posts.rows import row
from hawker.web.session import HawkerRequest, signed_in

A_PAGE = 25
# What is out is paid for already.
TO_GO_OUT = {"draft", "scheduled", "held"}
TITLES: dict[Shelf, str | Promise] = {
    Shelf.all: gettext_lazy("All"),
    Shelf.attention: gettext_lazy("Needs you"),
    Shelf.drafts: gettext_lazy("Drafts"),
    Shelf.scheduled: gettext_lazy("Scheduled"),
    Shelf.published: gettext_lazy("Published"),
}


@require_safe
@signed_in
def shelf(request: HawkerRequest) -> HttpResponse:
    asked = request.GET.get("shelf", "")
    chosen = Shelf(asked) if asked in set(Shelf) else Shelf.all
    sizes = queries.shelf_sizes(request.actor)
    paginator = Paginator(queries.listed(request.actor, chosen), A_PAGE)
    paginator.count = sizes[chosen]
    shown = paginator.get_page(request.GET.get("page"))
    context = {
        "shelf": chosen,
        "shelves": [(each, title, sizes[each]) for each, title in TITLES.items()],
        "page": shown,
        "rows": [row(post, timezone.now()) for post in shown],
        "zone": request.membership.workspace.time_zone,
        "held": any(hold.channel is None for hold in request.pulse.holds),
    }
    return render(request, "posts/list.html", context)


@require_safe
@signed_in
def page(request: HawkerRequest, post_id: UUID) -> HttpResponse:
    post = queries.post(request.actor, post_id)
    standing = progress(request.actor, post, timezone.now())
    costs = posts.costs(request.actor, post) if queries.state_of(post) in TO_GO_OUT else []
    bill = {"costs": costs, "total": sum_of(costs)}
    return render(request, "posts/page.html", {**_context(request, post, standing), **bill})


@require_safe
@signed_in
def moving(request: HawkerRequest, post_id: UUID) -> HttpResponse:
    """The part of the page that changes by itself; nothing where it is as the browser shows it."""
    post = queries.post(request.actor, post_id)
    standing = progress(request.actor, post, timezone.now())
    if request.GET.get("mark") == standing.mark:
        return HttpResponse(status=204)
    news = request.GET.get("told") != standing.told
    return render(request, "posts/progress.html", {**_context(request, post, standing), "news": news})


def _context(request: HawkerRequest, post: Post, standing: Progress) -> dict[str, object]:
    return {
        "post": post,
        "pictures": _pictures(post, POST),
        "thread": [
            {"number": number, "text": text, "pictures": _pictures(post, number)}
            for number, text in enumerate(post.thread, THREAD)
        ],
        "progress": standing,
        "zone": request.membership.workspace.time_zone,
    }


def _pictures(post: Post, part: int) -> list[Attachment]:
    return [each for each in post.attachments.all() if each.part == part]
