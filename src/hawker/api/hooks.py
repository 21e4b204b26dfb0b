"""/hooks/<platform>: where networks tell what happened. Kept at once, read by the worker."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hawker.core.hooks import taking
from hawker.core.problems import DATABASE_AWAY, NotFound


@csrf_exempt  # a network has no session; it signs the body instead
@never_cache
@require_http_methods(["GET", "POST"])
def hooks(request: HttpRequest, platform: str) -> HttpResponse:
    try:
        return _challenged(request, platform) if request.method == "GET" else _told(request, platform)
    except NotFound:
        return _answer(HTTPStatus.NOT_FOUND)
    except DATABASE_AWAY:
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE)


def _challenged(request: HttpRequest, platform: str) -> HttpResponse:
    answer = taking.challenge(platform, request.GET.dict())
    if answer is None:
        return _answer(HTTPStatus.FORBIDDEN)
    return HttpResponse(answer, content_type="text/plain; charset=utf-8")


def _told(request: HttpRequest, platform: str) -> HttpResponse:
    body = _body(request)
    if body is None:
        return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    headers = {name.lower(): value for name, value in request.headers.items()}
    # Some networks show whoever wrote to the channel what is answered here, unless it is nothing.
    genuine = taking.take(platform, request.GET.dict(), headers, body, timezone.now())
    return HttpResponse(content_type="text/plain") if genuine else _answer(HTTPStatus.FORBIDDEN)


def _body(request: HttpRequest) -> bytes | None:
    """None where it is too large; such a one is not read."""
    try:
        if int(request.headers.get("Content-Length") or 0) > taking.MOST_BYTES:
            return None
        body = request.body
    except (RequestDataTooBig, ValueError):
        return None
    return body if len(body) <= taking.MOST_BYTES else None


def _answer(status: HTTPStatus) -> HttpResponse:
    return HttpResponse(status.phrase, status=status, content_type="text/plain; charset=utf-8")
