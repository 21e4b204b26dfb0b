"""Pictures over HTTP. They never leave their business: every address asks who looks."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from hawker.core.media import queries
from hawker.web.media.uploads import take
from hawker.web.session import HawkerRequest, signed_in

A_YEAR = 31_536_000


@require_POST
@signed_in
def add(request: HawkerRequest) -> HttpResponse:
    """A tile for each picture that was taken, and a sentence for each file that was not."""
    uploads = take(request.actor, request.FILES.getlist("files"))
    return render(request, "media/added.html", {"uploads": uploads})


@require_GET
@signed_in
def small(request: HawkerRequest, media_id: UUID) -> HttpResponse:
    return _shown(queries.content(queries.one(request.actor, media_id).thumbnail), "image/webp")


@require_GET
@signed_in
def file(request: HawkerRequest, media_id: UUID) -> HttpResponse:
    row = queries.one(request.actor, media_id)
    return _shown(queries.content(row.file), row.content_type)


def _shown(data: bytes, content_type: str) -> HttpResponse:
    """A picture never changes under its address; `private` keeps it out of shared caches."""
    headers = {"Cache-Control": f"private, max-age={A_YEAR}, immutable", "Content-Disposition": "inline"}
    return HttpResponse(data, content_type=content_type, headers=headers)
