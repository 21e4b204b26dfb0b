"""How a page answers what cannot be done: a sentence where the person looks, never a trace."""

import sys
from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from hawker.connect.errors import NetworkError
from hawker.connect.text import Sentence, say
from hawker.core.problems import (
    DATABASE_AWAY,
    NO_DATABASE,
    Invalid,
    NotAllowed,
    NotFound,
    Refusal,
    Unavailable,
)
from hawker.core.speech import speak


class RefusalMiddleware:
    """Turns refusals that a view lets through into an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        told_a_program = response.headers.get("Content-Type", "").startswith("application/json")
        if response.status_code != 405 or told_a_program:
            return response
        page = answer(request, say("This address only takes what a form sends. Go back to the page."), 405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, NotFound):
            return answer(request, problem.sentence, 404)
        if isinstance(problem, NotAllowed):
            return answer(request, problem.sentence, 403)
        if isinstance(problem, Unavailable):
            return answer(request, problem.sentence, 503)
        if isinstance(problem, DATABASE_AWAY):
            return answer(request, NO_DATABASE, 503)
        if isinstance(problem, Refusal):
            return _back(request, problem.sentence, 409)
        if isinstance(problem, NetworkError):
            return _back(request, problem.sentence, 502)
        return None


def put_on(form: BaseForm, refused: Invalid) -> None:
    """Shows each problem at the field it is about, or above the form where the form lacks that field."""
    for problem in refused.problems:
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, speak(problem.sentence))


def answer(request: HttpRequest, sentence: Sentence, status: int) -> HttpResponse:
    """A page that says it; for htmx an alert above the page, which stays as it is."""
    context = {"sentence": sentence, "status": status}
    if not request.headers.get("HX-Request"):
        return render(request, "refused.html", context, status=status)
    response = render(request, "components/refused.html", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#alerts", "innerHTML show:window:top"
    return response


def _back(request: HttpRequest, sentence: Sentence, status: int) -> HttpResponse:
    """To the page where she pressed the button, with the sentence above it."""
    page = request.headers.get("Referer", "")
    here = {request.get_host()}
    if request.headers.get("HX-Request") or not url_has_allowed_host_and_scheme(page, here):
        return answer(request, sentence, status)
    messages.error(request, speak(sentence))
    return HttpResponseRedirect(page)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return answer(request, NotFound().sentence, 404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return answer(request, NotAllowed().sentence, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return answer(request, say("Your browser sent something Hawker cannot read. Go back and try again."), 400)


def too_many(request: HttpRequest) -> HttpResponse:
    return answer(request, say("Too many tries. Wait a few minutes, then try again."), 429)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return answer(request, say("This form was open for too long. Reload the page, then send it again."), 403)


def broken(request: HttpRequest) -> HttpResponse:
    """Django calls it while it handles what was raised; it gives no argument to tell what that was."""
    if isinstance(sys.exception(), DATABASE_AWAY):
        return answer(request, NO_DATABASE, 503)
    sentence = say("Something broke in Hawker. It is in the log; try again, or tell whoever runs it.")
    return answer(request, sentence, 500)
