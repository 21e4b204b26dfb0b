"""How Threads counts."""

import pytest

from hawker.platforms.threads import PLATFORM
from hawker.platforms.threads.text import bare, length, links


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", 0),
        ("bao", 3),
        ("包子", 2),
        ("é", 1),
        ("🥟", 4),
        ("❤️", 6),
        ("🇹🇼", 8),
        ("👩‍🍳", 11),
        ("1️⃣", 7),
        ("Tea 🍵!", 9),
        ("2 + 3 = 5 #", 11),
    ],
)
def test_an_emoji_counts_as_its_bytes(text: str, counted: int) -> None:
    assert length(text) == counted
    assert PLATFORM.publishes.count(text, {}, PLATFORM.limits) == counted


def test_the_same_link_twice_is_one() -> None:
    text = "https://tea.example/ and https://tea.example/, or http://bun.example/a?b=c."
    assert links(text) == {"https://tea.example/", "http://bun.example/a?b=c"}
    assert links(text, "https://tea.example/") == links(text)
    assert len(links(text, "https://tea.example/menu")) == 3


def test_words_are_compared_without_spaces_and_signs() -> None:
    assert bare("Tea  with @bakery\n#breakfast") == bare("Tea with bakery breakfast ")
