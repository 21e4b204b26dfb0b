"""X's own cases for the length of texts and the addresses in them (twitter_text.json tells the source)."""

import json
from pathlib import Path
from typing import TypedDict

import pytest

from hawker.platforms.x.checks import INVALID
from hawker.platforms.x.links import links
from hawker.platforms.x.text import cashtags, weight


class Weighed(TypedDict):
    description: str
    text: str
    length: int
    valid: bool


class Linked(TypedDict):
    description: str
    text: str
    urls: list[str]


class Tagged(TypedDict):
    description: str
    text: str
    count: int


class Cases(TypedDict):
    weights: list[Weighed]
    urls: list[Linked]
    cashtags: list[Tagged]


CASES: Cases = json.loads(Path(__file__).with_name("twitter_text.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["weights"], ids=lambda case: case["description"])
def test_a_text_weighs_what_x_says(case: Weighed) -> None:
    assert weight(case["text"]) == case["length"]
    assert (weight(case["text"]) <= 280 and not INVALID.search(case["text"])) == case["valid"]


@pytest.mark.parametrize("case", CASES["urls"], ids=lambda case: case["description"])
def test_the_addresses_in_a_text_are_those_that_x_sees(case: Linked) -> None:
    found = links(case["text"])
    assert [link.url for link in found] == case["urls"]
    assert [case["text"][link.start : link.end] for link in found] == case["urls"]


@pytest.mark.parametrize(
    ("text", "weighs"),
    [
        ("包子", 4),
        ("© 2026", 6),
        ("©\ufe0f 2026", 7),
        ("🇹🇼", 2),
        ("#\ufe0f\u20e3", 2),
        ("看example.com喔", 27),
    ],
)
def test_signs_of_every_kind_have_their_weight(text: str, weighs: int) -> None:
    assert weight(text) == weighs


@pytest.mark.parametrize("text", ["包" * 25_000 + ".", "包子。" * 8_000 + "看 example.com", "a.b." * 3_000])
def test_a_long_text_is_looked_at_once(text: str) -> None:
    """Would not come to an end within the time of any test were each place looked at from each other one."""
    assert weight(text) > 280


@pytest.mark.parametrize("case", CASES["cashtags"], ids=lambda case: case["description"])
def test_the_cashtags_in_a_text_are_those_that_x_sees(case: Tagged) -> None:
    assert cashtags(case["text"]) == case["count"]


def test_cashtags_are_told_from_prices() -> None:
    assert cashtags("$TSM and $AAPL for $20, US$ABC") == 2
