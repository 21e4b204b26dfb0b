"""Cutting a text into the parts of a thread, and parting it from its links."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hawker.core.posts.splitting import part_links, split

CHINESE = (
    "今天的烏龍茶到了。清晨採的一心二葉，手工揉捻，喉韻很長！本週來店裡，先喝一杯再決定。\n\n營業到八點。"
)
ENGLISH = "The oolong is here. It costs 3.50 dollars, a cup included! Come by, taste, decide.\n\nOpen till 8."


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        (CHINESE, 100, [CHINESE]),
        (
            CHINESE,
            30,
            [
                "今天的烏龍茶到了。清晨採的一心二葉，手工揉捻，喉韻很長！",
                "本週來店裡，先喝一杯再決定。\n\n營業到八點。",
            ],
        ),
        (CHINESE[:9] * 2, 9, [CHINESE[:9], CHINESE[:9]]),
        ("烏龍茶，紅茶，綠茶", 5, ["烏龍茶，", "紅茶，綠茶"]),
        ("烏龍茶紅茶綠茶", 3, ["烏龍茶", "紅茶綠", "茶"]),
        (
            ENGLISH,
            50,
            [
                "The oolong is here.",
                "It costs 3.50 dollars, a cup included!",
                "Come by, taste, decide.\n\nOpen till 8.",
            ],
        ),
        ("one two three", 7, ["one two", "three"]),
        ("「好喝！」她說。再一杯。", 8, ["「好喝！」她說。", "再一杯。"]),
        ("Look https://tea.example/a,b.c?d=1 now", 32, ["Look", "https://tea.example/a,b.c?d=1", "now"]),
        ("👩‍👩‍👧👩‍👩‍👧", 5, ["👩‍👩‍👧", "👩‍👩‍👧"]),
        ("  \n ", 5, []),
    ],
)
def test_a_text_is_cut_where_a_reader_pauses(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, lambda part: len(part) <= limit) == parts


@given(some.text(alphabet="茶。，a.b \n!", max_size=200), some.integers(min_value=1, max_value=40))
def test_every_part_fits_and_nothing_is_lost(text: str, limit: int) -> None:
    parts = split(text, lambda part: len(part) <= limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "left", "links"),
    [
        ("新茶到了 https://a.example/x 來看", "新茶到了 來看", "https://a.example/x"),
        ("訂購：https://a.example/x。營業到八點", "訂購：。營業到八點", "https://a.example/x"),
        (
            "（https://a.example/x）「https://b.example」",
            "（）「」",
            "https://a.example/x\nhttps://b.example",
        ),
        ("新茶\n\nhttps://a.example/x\n\n見面聊", "新茶\n\n見面聊", "https://a.example/x"),
        ("https://a.example https://b.example", "", "https://a.example\nhttps://b.example"),
        ("Twice https://a.example, https://a.example.", "Twice , .", "https://a.example"),
        ("No  link here", "No  link here", ""),
    ],
)
def test_links_leave_a_text_in_order(text: str, left: str, links: str) -> None:
    assert part_links(text) == (left, links)
