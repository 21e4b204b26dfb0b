"""What a post costs: multiplied, added up, and said."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from hawker.connect.platform import Platform
from hawker.connect.prices import Messages, Money, Price
from hawker.connect.text import say
from hawker.core.channels.models import Channel
from hawker.core.posts.prices import Cost, price, spelt, sum_of, total
from hawker.core.posts.queries import SOMEBODY
from hawker.sandbox.tests.makers import draft
from tests.herald.platform import PLATFORM as HERALD

REST = say("Left this month: %(left)s.")
WHY = say("It has an address.")
LETTER = replace(draft(), to=SOMEBODY)


def dollars(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="USD")


def cost(price: Price, left: int | None = None) -> Cost:
    return Cost(channel=Channel(), network="Post", price=price, left=left)


def said(price: Price, left: int | None = None) -> str:
    return " ".join(map(str, cost(price, left).sentences))


def charging(price: Price | None) -> Platform:
    return replace(HERALD, folder=Path(), prices=lambda _, __: price)


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("0.200", "USD", "US$0.20"),
        ("0.015", "USD", "US$0.015"),
        ("1", "USD", "US$1.00"),
        ("100", "TWD", "NT$100.00"),
        ("0.5", "CHF", "CHF 0.50"),
    ],
)
def test_money_is_spelt_with_cents_and_what_is_less_than_one(amount: str, currency: str, text: str) -> None:
    assert spelt(Money(amount=Decimal(amount), currency=currency)) == text


def test_money_is_said_with_what_makes_it_dear() -> None:
    assert said(dollars("0.2")) == "About US$0.20 at Post."
    assert said(replace(dollars("0.2"), why=WHY)) == "About US$0.20 at Post. It has an address."


@pytest.mark.parametrize(
    ("number", "most", "left", "text"),
    [
        (480, True, 500, "Messages at Post: at most 480. Left this month: 500."),
        (480, False, None, "Messages at Post: 480."),
        (None, True, 500, "One message for each person at Post who gets it. Left this month: 500."),
        (None, True, None, "One message for each person at Post who gets it."),
    ],
)
def test_messages_are_said_with_what_is_left_where_that_is_known(
    number: int | None, most: bool, left: int | None, text: str
) -> None:
    assert said(Messages(number=number, most=most, rest=REST), left) == text


@pytest.mark.parametrize(
    ("number", "left", "short"),
    [(480, 479, True), (480, 480, False), (480, None, False), (None, 0, True), (None, 1, False)],
)
def test_too_few_messages_are_noticed(number: int | None, left: int | None, short: bool) -> None:
    assert cost(Messages(number=number), left).is_short is short
    assert not cost(dollars("1"), left).is_short


def test_where_a_post_goes_to_people_one_by_one_each_of_them_costs() -> None:
    of_one = (Messages(number=1), dollars("0.05"), Messages(number=None), None)
    for_four = (Messages(number=4), dollars("0.20"), Messages(number=None), None)
    asked = [price(charging(each), [LETTER], HERALD.limits, 4) for each in of_one]
    assert asked == list(for_four)
    assert price(charging(dollars("0.05")), [draft()], HERALD.limits, 4) == dollars("0.05")


@pytest.mark.parametrize("people", [None, 0])
def test_what_goes_to_nobody_costs_nothing(people: int | None) -> None:
    assert price(charging(dollars("0.05")), [LETTER], HERALD.limits, people) is None


def test_money_is_added_up_by_currency_where_several_channels_cost_some() -> None:
    euros = Money(amount=Decimal(1), currency="EUR")
    costs = [cost(each) for each in (dollars("0.20"), Messages(number=480), dollars("0.015"), euros)]
    assert total(costs) == (dollars("0.215"), euros)
    assert str(sum_of(costs)) == "Altogether about US$0.215 + €1.00."
    assert sum_of(costs[:2]) is None
