"""What is said before anything is sent."""

from datetime import date, time

import pytest

from hawker.platforms.google_business import PLATFORM
from hawker.platforms.google_business.options import Moment, moment
from hawker.platforms.google_business.tests.scene import EVENT, OFFER, update
from hawker.sandbox.tests.makers import medium
from hawker.sandbox.tests.scene import problems

NINE = Moment(day=date(2026, 12, 1), at=time(9))
NIGHT = Moment(day=date(2026, 12, 1), at=time(21, 30))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-01", Moment(day=date(2026, 12, 1))),
        (" 2026/12/1 ", Moment(day=date(2026, 12, 1))),
        ("2026.12.01", Moment(day=date(2026, 12, 1))),
        ("2026年12月1日", Moment(day=date(2026, 12, 1))),
        ("２０２６／１２／１", Moment(day=date(2026, 12, 1))),
        ("2026-12-01 09:00", NINE),
        ("2026-12-01T09:00", NINE),
        ("2026/12/1 9:00 am", NINE),
        ("2026-12-01 9 a.m.", NINE),
        ("2026年12月1日 上午9點", NINE),
        ("2026年12月1日上午9：00", NINE),
        ("2026-12-01 21:30", NIGHT),
        ("2026-12-01 9:30 PM", NIGHT),
        ("2026年12月1日 晚上9點30分", NIGHT),
        ("2026-12-01 12:00 am", Moment(day=date(2026, 12, 1), at=time(0))),
        ("2026-12-01 下午12:00", Moment(day=date(2026, 12, 1), at=time(12))),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, meant: Moment) -> None:
    assert moment(typed) == meant


@pytest.mark.parametrize("typed", ["", "tomorrow", "12/1/2026", "1.12.2026", "2026-12", "2026-12-01 or so"])
def test_what_might_be_another_day_is_not_guessed(typed: str) -> None:
    assert moment(typed) is None


@pytest.mark.parametrize(
    "typed", ["2026-13-01", "2026-02-30", "2026-12-01 25:00", "2026-12-01 09:61", "2026-12-01 13:00 pm"]
)
def test_a_time_that_never_comes_is_none(typed: str) -> None:
    assert moment(typed) is None


@pytest.mark.parametrize("options", [{}, EVENT, OFFER, {"button": "call"}, {"kind": "update"}])
def test_what_is_in_order_has_no_problems(options: dict[str, str]) -> None:
    assert problems(PLATFORM, update(**options)) == []


@pytest.mark.parametrize(
    ("options", "field", "said"),
    [
        ({"kind": "product"}, "kind", "one of those"),
        ({**EVENT, "title": " "}, "title", "title"),
        ({**EVENT, "title": "T" * 59}, "title", "58 letters"),
        ({**EVENT, "start": ""}, "start", "2026-12-01"),
        ({**OFFER, "end": "Friday"}, "end", "2026-12-01"),
        ({**EVENT, "end": "2030-12-01 08:59"}, "end", "ends before it begins"),
        ({**EVENT, "end": "2030-12-05"}, "end", "time of day"),
        ({**EVENT, "start": "2030-12-01"}, "start", "time of day"),
        ({**OFFER, "start": "2020-01-01", "end": "2020-01-02"}, "end", "over already"),
        ({"title": "Tea"}, "title", "Only an event or an offer"),
        ({"start": "2030-12-01"}, "start", "Only an event or an offer"),
        ({**EVENT, "coupon": "X"}, "coupon", "Only an offer"),
        ({"terms": "Until Friday"}, "terms", "Only an offer"),
        ({**OFFER, "button": "book"}, "button", "no button with an offer"),
        ({**OFFER, "link": "https://tea.example"}, "link", "no button with an offer"),
        ({**OFFER, "redeem": "tea.example"}, "redeem", "https://"),
        ({**OFFER, "redeem": "http://[tea.example"}, "redeem", "https://"),
        ({"button": "book"}, "link", "needs a link"),
        ({"link": "https://tea.example"}, "button", "needs a link"),
        ({"button": "book", "link": "soon"}, "link", "https://"),
        ({"button": "call", "link": "https://tea.example"}, "link", "has no link"),
        ({"button": "sing", "link": "https://tea.example"}, "button", "one of those"),
    ],
)
def test_what_is_not_is_told_at_its_field(options: dict[str, str], field: str, said: str) -> None:
    [(found, sentence)] = problems(PLATFORM, update(**options))
    assert found == field
    assert said in sentence


@pytest.mark.parametrize(
    "text",
    [
        "Call 02-2345-6789 now",
        "電話：（02）2345-6789",
        "0912345678",
        "0912 345 678",
        "+886 2 2345 6789",
        "(555) 123-4567",
    ],
)
def test_a_telephone_number_is_told(text: str) -> None:
    [(field, sentence)] = problems(PLATFORM, update(text))
    assert field == "text"
    assert "telephone" in sentence


@pytest.mark.parametrize(
    "text",
    [
        "From 2026-12-01 10:00 to 2026-12-05 18:00",
        "NT$ 1200, 1500 and 1800",
        "https://tea.example/p/0912345678?tel=02-2345-6789",
        "9:00-18:30, 100 cups, 50%",
        "No. 4711",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert problems(PLATFORM, update(text)) == []


def test_a_picture_too_small_is_told() -> None:
    assert [field for field, _ in problems(PLATFORM, update("Tea", medium()))] == ["media"]
    large = medium(bytes(20_000), size=(640, 249))
    assert [field for field, _ in problems(PLATFORM, update("Tea", large))] == ["media"]


def test_a_picture_that_will_be_packed_anew_may_have_few_bytes() -> None:
    assert problems(PLATFORM, update("Tea", medium(bytes(5_000), "image/webp", size=(640, 480)))) == []


def test_letters_are_counted_so_that_it_is_never_too_few() -> None:
    assert PLATFORM.publishes.count("茶🍵", {}, PLATFORM.limits) == 3
