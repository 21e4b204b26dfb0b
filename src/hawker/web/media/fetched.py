"""Media for networks that fetch them: without a sign-in, by an address that was given to them only."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from hawker.core.media import addresses
from hawker.web.media import ranges


@require_safe
def fetch(request: HttpRequest, token: str, name: str) -> HttpResponseBase:  # noqa: ARG001 - the name is for the network
    row = addresses.find(token)
    response = ranges.answer(request, row.file, row.size, row.content_type)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-store"
    return response
