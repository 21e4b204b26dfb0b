"""Every refusal of LINE's as people read it."""

import pytest

from hawker.connect.errors import KeyExpired, Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer, Json
from hawker.connect.refusals import Stranger
from hawker.platforms.line.refusals import Repeated, explain
from hawker.platforms.line.tests.scene import Scene
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft


def answer(status: int, message: str = "no", place: str = "", **headers: str) -> Answer:
    details = f', "details": [{{"message": "is wrong", "property": "{place}"}}]' if place else ""
    body = f'{{"message": "{message}"{details}}}'
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body.encode())


def said(told: Answer, *, renewable: bool = False) -> NetworkError:
    error = explain(told, renewable=renewable)
    assert error is not None
    return error


@pytest.mark.parametrize(
    ("place", "field", "words"),
    [
        ("messages[0].text", "text", "does not take this text"),
        ("messages[1].originalContentUrl", "media", "must begin with https://"),
        ("messages[1].previewImageUrl", "media", "must begin with https://"),
        ("messages[0].contents.hero.url", "media", "must begin with https://"),
        ("messages[0].contents.footer.contents[0].action.uri", "address", "address of the button"),
        ("messages[0].contents.footer.contents[0].action.label", "button", "is wrong messages[0]"),
        ("messages[0].altText", "title", "is wrong"),
        ("recipient.audienceGroupId", "group", "no audience with this ID"),
        ("filter.demographic.gender.oneOf", "gender", "is wrong"),
        ("filter.demographic.area.oneOf", "area", "is wrong"),
        ("filter.demographic", "age_to", "is wrong"),
        ("limit.max", "most", "is wrong"),
        ("notificationDisabled", "", "is wrong"),
        ("", "", "said: “no”"),
    ],
)
def test_a_bad_request_is_said_at_the_field_to_mend(place: str, field: str, words: str) -> None:
    error = said(answer(400, place=place))
    assert isinstance(error, Refused)
    assert (error.field, error.code) == (field, "400")
    assert words in str(error)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "its plan does not hold it"),
        (404, "said: “no”"),
        (410, "said: “no”"),
        (413, "too large"),
        (415, "said: “no”"),
    ],
)
def test_other_refusals_say_what_to_do(status: int, words: str) -> None:
    error = said(answer(status))
    assert isinstance(error, Refused)
    assert words in str(error)


@pytest.mark.parametrize(
    "words",
    ["The property, 'to', in the request body is invalid (line: -, column: -)", "Failed to send messages"],
)
def test_somebody_who_is_no_friend_is_told_in_either_words(words: str) -> None:
    error = said(answer(400, words))
    assert isinstance(error, Refused)
    assert error.field == "audience"


def test_a_dead_token_is_mended_by_whoever_can() -> None:
    assert isinstance(said(answer(401)), SignInAgain)
    assert isinstance(said(answer(401), renewable=True), KeyExpired)


def test_a_used_up_month_is_no_matter_of_waiting_a_little() -> None:
    used_up = said(answer(429, "You have reached your monthly limit."))
    assert isinstance(used_up, Refused)
    assert "used up" in str(used_up)
    assert isinstance(said(answer(429, "The API rate limit has been exceeded.")), Later)
    assert isinstance(said(Answer(429, {}, b"")), Later)


def test_a_key_that_was_used_is_told_by_header_or_by_words() -> None:
    by_header = said(answer(409, "?", x_line_accepted_request_id="abc"))
    by_words = said(answer(409, "The retry key is already accepted"))
    assert isinstance(by_header, Repeated)
    assert isinstance(by_words, Repeated)
    assert (by_header.request, by_words.request) == ("abc", "")
    assert "taken this message already" in str(by_words)


def test_two_operations_at_once_are_waited_for() -> None:
    assert type(said(answer(409, "Conflict"))) is Later


@pytest.mark.parametrize("body", [b"", b"<h1>Welcome</h1>", b"[]", b'{"bakery": true}'])
def test_what_is_not_line_is_tried_later(body: bytes) -> None:
    assert isinstance(said(Answer(404, {}, body)), Stranger)


def test_details_of_any_form_are_survived() -> None:
    bodies: tuple[Json, ...] = ('{"message": "no", "details": [{}]}', '{"message": "no", "details": []}')
    for body in bodies:
        assert "said: “no”" in str(said(Answer(400, {}, str(body).encode())))


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_fault_while_sending_is_unknown_and_else_passing(scene: Scene, status: int) -> None:
    post = draft("茶")
    scene.network.faults.add(Fault(kind=Kind.error_before, call="validate", status=status))
    with pytest.raises(Later):
        await scene.prepare(post)
    done = await scene.prepare(post)
    scene.network.faults.add(Fault(kind=Kind.error_before, status=status))
    with pytest.raises(OutcomeUnknown):
        await scene.send(post, done)
