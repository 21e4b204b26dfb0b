"""The tables by which networks tell their refusals apart, and what is refused alike."""

from datetime import UTC, datetime
from functools import partial

import pytest
from pydantic import BaseModel

from hawker.connect.errors import OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.refusals import Meanings, Stranger, from_epoch, gone, read, read_sent
from hawker.connect.text import say

MEANINGS = Meanings(
    codes={"1001": partial(SignInAgain, say("Sign in."))},
    statuses={404: partial(gone, "Pretend")},
    words=(
        (("too long", "too large"), partial(Refused, say("Shorten it."), field="text")),
        (("large",), partial(Refused, say("Never reached."))),
    ),
)


class Post(BaseModel):
    id: str


@pytest.mark.parametrize(
    ("code", "status", "text", "sentence", "shown"),
    [
        ("1001", 404, "too long", "Sign in.", "1001"),
        ("7", 404, "too long", "This post is gone from Pretend already.", "7"),
        ("", 404, "", "This post is gone from Pretend already.", "404"),
        ("7", 400, "It is Too Large", "Shorten it.", "7"),
    ],
)
def test_the_networks_code_goes_before_its_status_and_that_before_its_words(
    code: str, status: int, text: str, sentence: str, shown: str
) -> None:
    error = MEANINGS.of(code=code, status=status, text=text)
    assert error is not None
    assert (str(error), error.code) == (sentence, shown)


def test_what_is_in_no_table_has_no_meaning() -> None:
    assert MEANINGS.of(code="7", status=400, text="Else") is None


@pytest.mark.parametrize("body", [b"", b"<h1>Welcome</h1>", b"[]", b'{"id": null}'])
def test_an_answer_that_cannot_be_read_is_a_strangers_or_leaves_the_outcome_open(body: bytes) -> None:
    with pytest.raises(Stranger, match="What answered was not Pretend"):
        read("Pretend", Answer(200, {}, body), Post)
    with pytest.raises(OutcomeUnknown, match="Pretend did not say whether"):
        read_sent("Pretend", Answer(200, {}, body), Post)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("1795350600", datetime(2026, 11, 22, 12, 30, tzinfo=UTC)),
        ("9" * 30, None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_time_is_seconds_since_1970(value: str, moment: datetime | None) -> None:
    assert from_epoch(value) == moment
