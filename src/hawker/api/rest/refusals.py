"""Every refusal as one shape of JSON, in the reader's language."""

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from hawker.api.rest import slips
from hawker.api.rest.keys import TooMany, Unauthorised
from hawker.api.schemas.refusals import AccountOut, ErrorOut, ProblemOut, RefusalOut
from hawker.connect.errors import NetworkError, Refused
from hawker.connect.text import Sentence, say
from hawker.core.channels.reaching import Candidate, Several
from hawker.core.problems import (
    DATABASE_AWAY,
    NO_DATABASE,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    Problem,
    Refusal,
    Unavailable,
)
from hawker.core.speech import speak

CODES: dict[type[Refusal], tuple[str, int]] = {
    Unauthorised: ("unauthorised", HTTPStatus.UNAUTHORIZED),
    NotAllowed: ("not_allowed", HTTPStatus.FORBIDDEN),
    NotFound: ("not_found", HTTPStatus.NOT_FOUND),
    Several: ("several", HTTPStatus.CONFLICT),
    Conflict: ("conflict", HTTPStatus.CONFLICT),
    Invalid: ("invalid", HTTPStatus.UNPROCESSABLE_ENTITY),
    TooMany: ("too_many", HTTPStatus.TOO_MANY_REQUESTS),
    Unavailable: ("unavailable", HTTPStatus.SERVICE_UNAVAILABLE),
}
KINDS = (Refusal, NetworkError, ValidationError, HttpError, RequestDataTooBig, *DATABASE_AWAY)

# For the OpenAPI document: what every route may answer, and those that ask a network.
ANSWERS: dict[int | frozenset[int], type[ErrorOut]] = {
    frozenset(status for _, status in CODES.values()): ErrorOut
}
NETWORK_ANSWERS = {**ANSWERS, HTTPStatus.BAD_GATEWAY: ErrorOut}

NO_KEY = say("Send an API key: “Authorization: Bearer hawker_…”. Make one in Hawker's settings.")
NO_BODY = say("The request's body cannot be read. Send JSON, or a file as a form.")
LARGE_BODY = say("The request's body is too large.")
NO_PAGE = say("Nothing has this address. The API is described at /api/v1/openapi.json.")
NO_METHOD = say("This address does not take this method.")

View = Callable[..., HttpResponseBase]


def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:  # noqa: ARG001
    """Handler of everything in `KINDS`."""
    match error:
        case Refusal():
            code, status = next(CODES[kind] for kind in type(error).__mro__ if kind in CODES)
            problems = error.problems if isinstance(error, Invalid) else ()
            candidates = error.candidates if isinstance(error, Several) else ()
            return _json(status, code, error.sentence, problems, candidates)
        case NetworkError():
            return _json(HTTPStatus.BAD_GATEWAY, "network", error.sentence, _of_field(error))
        case ValidationError():
            found = slips.problems(error)
            return _json(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", found[0].sentence, found)
        case AuthenticationError():
            return _json(HTTPStatus.UNAUTHORIZED, "unauthorised", NO_KEY)
        case RequestDataTooBig():
            return _json(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", LARGE_BODY)
        case OperationalError() | InterfaceError():
            return _json(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", NO_DATABASE)
    return _json(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", NO_BODY)


def elsewhere(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """For addresses that no route has."""
    return _json(HTTPStatus.NOT_FOUND, "not_found", NO_PAGE)


def shaped(view: View) -> View:
    """The view, its refusal of a method in the shape of all others."""

    @wraps(view)
    def seen(request: HttpRequest, *args: object, **path: object) -> HttpResponseBase:
        response = view(request, *args, **path)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        refused = _json(HTTPStatus.METHOD_NOT_ALLOWED, "wrong_method", NO_METHOD)
        refused["Allow"] = response["Allow"]
        return refused

    return seen


def _of_field(error: NetworkError) -> tuple[Problem, ...]:
    field = error.field if isinstance(error, Refused) else ""
    return (Problem(field=field, sentence=error.sentence),) if field else ()


def _account(candidate: Candidate) -> AccountOut:
    return AccountOut(
        id=candidate.remote_id,
        handle=candidate.handle,
        name=candidate.name,
        url=candidate.url,
        connected=candidate.connected,
    )


def _json(
    status: int,
    code: str,
    sentence: Sentence,
    problems: Iterable[Problem] = (),
    candidates: Iterable[Candidate] = (),
) -> HttpResponse:
    told = [
        ProblemOut(field=each.field, part=each.part, channel=each.channel, sentence=speak(each.sentence))
        for each in problems
    ]
    accounts = [_account(each) for each in candidates]
    refusal = RefusalOut(code=code, sentence=speak(sentence), problems=told, accounts=accounts)
    body = ErrorOut(error=refusal)
    response = JsonResponse(body.model_dump(), status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response
