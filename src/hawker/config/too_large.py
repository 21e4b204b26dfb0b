"""A sentence for bodies that were too large to be kept, at each door in its own shape."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hawker.api.rest import refusals
from hawker.config.bodies import BODY_BYTES
from hawker.connect.text import say
from hawker.core.media.rules import VIDEO_BYTES
from hawker.core.problems import invalid
from hawker.web.refusals import answer

TOO_LARGE = say(
    "This is too large to be uploaded at once: %(limit)s MB at most. Choose smaller files, or one after the "
    "other.",
    limit=VIDEO_BYTES // 2**20,
)


class Limit:
    """Stands behind what knows the reader's language, and answers before a form without a body is taken for
    a forged one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.headers.get("Content-Length", "")
        if not told.isdecimal() or int(told) <= BODY_BYTES:
            return self._get_response(request)
        if request.path.startswith("/api/"):
            return refusals.answer(request, invalid("media", TOO_LARGE))
        return answer(request, TOO_LARGE, 413)
