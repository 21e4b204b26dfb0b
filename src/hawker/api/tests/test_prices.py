"""What a program is told of a post's price before it sends it."""

from decimal import Decimal

from hawker.api.tests.program import Program
from hawker.connect.prices import Messages, Money
from hawker.connect.registry import platform
from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.channels.queries import limits_of
from hawker.core.posts.models import Post
from hawker.sandbox.tests.makers import draft
from tests.cast import Somebody

ADDRESS = "Bao at https://tea.example.com/bao"


def test_a_check_tells_the_price_of_each_channel_and_of_all(
    program: Program, alice: Somebody, shop: list[Channel]
) -> None:
    known = {each: platform(each.platform).prices([draft(ADDRESS)], limits_of(each)) for each in shop}
    for channel in shop:
        if isinstance(known[channel], Messages):
            channels.check(alice.actor, channel.id)
    answer = program.post("/posts/check", {"text": ADDRESS, "channels": [str(each.id) for each in shop]})
    assert answer.status == 200
    told = {each["channel"]: each for each in answer.body["prices"]}
    assert set(told) == {str(channel.id) for channel, price in known.items() if price}
    amounts = []
    for channel, price in known.items():
        if isinstance(price, Money):
            assert told[str(channel.id)]["money"] == {
                "amount": str(price.amount),
                "currency": price.currency,
            }
            assert told[str(channel.id)]["messages"] is None
            amounts.append(price.amount)
        if isinstance(price, Messages):
            line = told[str(channel.id)]
            assert (line["money"], line["messages"], line["most"]) == (None, price.number, price.most)
            assert line["left"] > 0
            assert str(line["left"]) in " ".join(line["sentences"])
    assert amounts
    assert [Decimal(each["amount"]) for each in answer.body["total"]] == [sum(amounts)]
    assert not Post.objects.exists()
