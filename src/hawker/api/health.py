"""/healthz: whether pages, database and worker are alive, for whatever watches over this installation."""

from http import HTTPStatus

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hawker.connect.text import Sentence, say
from hawker.core.problems import NO_DATABASE
from hawker.core.publishing import queries
from hawker.core.publishing.queries import Pulse
from hawker.core.speech import speak

NO_WORKER = say("No worker has looked after the posts for a minute. Start Hawker again.")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    try:
        pulse = queries.pulse(timezone.now())
    except (DatabaseError, InterfaceError):
        return _answer(database=False, pulse=None, ill=NO_DATABASE)
    return _answer(database=True, pulse=pulse, ill=None if pulse.alive else NO_WORKER)


def _answer(*, database: bool, pulse: Pulse | None, ill: Sentence | None) -> JsonResponse:
    body = {
        "status": "ill" if ill else "ok",
        "sentence": speak(ill) if ill else None,
        "database": database,
        "worker": pulse is not None and pulse.alive,
        "beat_at": pulse and pulse.beat_at,
        "overdue": pulse and pulse.overdue,
    }
    return JsonResponse(body, status=HTTPStatus.SERVICE_UNAVAILABLE if ill else HTTPStatus.OK)
