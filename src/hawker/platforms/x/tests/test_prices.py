"""What X charges for a post, known before it is sent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hawker.connect.prices import Money
from hawker.connect.values import Draft
from hawker.platforms.x.account import LIMITS
from hawker.platforms.x.prices import prices
from hawker.sandbox.tests.makers import draft, picture


def price(*drafts: Draft) -> Money:
    return prices(drafts, LIMITS)


def described(alt: str) -> Draft:
    return draft("茶", replace(picture(), alt=alt))


@pytest.mark.parametrize(
    ("drafts", "amount"),
    [
        ([draft("包子出爐了")], "0.015"),
        ([draft("訂購：https://tea.example.com/bao")], "0.200"),
        ([draft("訂購請上tea.com，謝謝")], "0.200"),
        ([draft("a https://a.com b https://b.com")], "0.200"),
        ([draft("http://192.0.2.1/bao and nothing else")], "0.200"),
        ([draft("訂購：https://tea.name-of-a-later-year/bao")], "0.200"),
        ([described("")], "0.015"),
        ([described("A basket of bao")], "0.020"),
        ([draft("茶", *(replace(picture(), alt="Bao") for _ in range(4)))], "0.035"),
        ([draft("1"), draft("2"), draft("3 tea.com")], "0.230"),
        ([described("Bao"), described("Tea")], "0.040"),
    ],
)
def test_each_post_each_address_and_each_description_costs(drafts: list[Draft], amount: str) -> None:
    assert (price(*drafts).amount, price(*drafts).currency) == (Decimal(amount), "USD")


def test_an_address_is_named_as_what_makes_it_dear() -> None:
    assert price(draft("茶")).why is None
    assert "A web address makes it dear" in str(price(draft("茶"), draft("tea.com")).why)
