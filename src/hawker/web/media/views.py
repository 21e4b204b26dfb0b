"""Pictures and videos over HTTP. They never leave their business: every address asks who looks."""

from typing import TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from hawker.connect.text import say
from hawker.core.media import files, queries
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.web.media import ranges
from hawker.web.media.tiles import tile
from hawker.web.media.uploads import suffix_of, take
from hawker.web.refusals import answer
from hawker.web.session import HawkerRequest, signed_in

R = TypeVar("R", bound=HttpResponseBase)
A_YEAR = 31_536_000


@require_POST
@signed_in
def add(request: HawkerRequest) -> HttpResponse:
    """A tile for each medium that was taken, and a sentence for each file that was not.

    A `box` of the composer names its file field, and the fields of what it holds, after itself.
    """
    require(request.actor, Right.write_posts)
    suffix = suffix_of(request.GET.get("box", ""))
    files = request.FILES.getlist(f"files{suffix}")
    if not files:
        return answer(request, say("Choose a picture or a video first."), 422)
    uploads = take(request.actor, files)
    tiles = [tile(queries.value(row, "")) for row in uploads.taken]
    context = {"uploads": uploads, "tiles": tiles, "suffix": suffix}
    response = render(request, "media/added.html", context)
    return trigger_client_event(response, "pictures", after="settle")


@require_safe
@signed_in
def small(request: HawkerRequest, media_id: UUID) -> HttpResponse:
    data = files.content(queries.one(request.actor, media_id).thumbnail)
    return _shown(HttpResponse(data, content_type="image/webp"))


@require_safe
@signed_in
def file(request: HawkerRequest, media_id: UUID) -> HttpResponseBase:
    row = queries.one(request.actor, media_id)
    return _shown(ranges.answer(request, row.file, row.size, row.content_type))


def _shown(response: R) -> R:
    """A medium never changes under its address; `private` keeps it out of shared caches."""
    response.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    response.headers["Content-Disposition"] = "inline"
    return response
