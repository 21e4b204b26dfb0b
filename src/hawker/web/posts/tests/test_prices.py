"""What a post costs, beside its channels while it is written, and on its page until it is out."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hawker.connect.prices import Messages, Money, Price
from hawker.connect.registry import platform
from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel, ChannelBudget
from hawker.core.channels.queries import limits_of
from hawker.core.posts.prices import spelt
from hawker.core.rows import row_id
from hawker.sandbox.app import Sandbox
from hawker.sandbox.tests.makers import draft
from hawker.web.posts.tests.ledger import send, write
from hawker.web.posts.tests.reading import text_of, typed
from tests.cast import Somebody, visitor

ADDRESS = "Bao at https://tea.example.com/bao"


def price(channel: Channel, text: str) -> Price | None:
    return platform(channel.platform).prices([draft(text)], limits_of(channel))


def money(channel: Channel, text: str) -> Money:
    found = price(channel, text)
    assert isinstance(found, Money)
    return found


@pytest.fixture
def dear(shop: list[Channel]) -> list[Channel]:
    """Whose network charges money."""
    return [each for each in shop if isinstance(price(each, "Tea"), Money)]


@pytest.fixture
def counted(shop: list[Channel]) -> list[Channel]:
    """Whose network takes messages of a plan."""
    return [each for each in shop if isinstance(price(each, "Tea"), Messages)]


def told(html: str, channel: Channel) -> str:
    """What stands at the channel's price."""
    found = re.search(rf'id="price-{channel.id}"[^>]*>(.*?)</p>', html, re.DOTALL)
    assert found, "no place for a price"
    return text_of(found[1])


def asked(somebody: Somebody, chosen: list[Channel], **changes: object) -> str:
    answer = visitor(somebody).post("/posts/check", typed(chosen, **changes))
    return answer.content.decode()


def test_the_price_follows_what_is_typed(alice: Somebody, dear: list[Channel]) -> None:
    for text in ("Tea", ADDRESS):
        page = asked(alice, dear, text=text)
        for channel in dear:
            assert f"About {spelt(money(channel, text))} at " in told(page, channel)
    assert any("address" in told(page, channel) for channel in dear)


def test_thread_and_comment_are_paid_for_too(alice: Somebody, dear: list[Channel]) -> None:
    box = row_id()
    thread = {"box": [str(box)], f"box-{box}": "And more tea"}
    page = asked(alice, dear, text="Tea", first_comment=ADDRESS, **thread)
    for channel in dear:
        parts = [money(channel, text) for text in ("Tea", "And more tea", ADDRESS)]
        whole = Money(amount=sum(part.amount for part in parts), currency=parts[0].currency)  # type: ignore[arg-type]
        assert f"About {spelt(whole)} at " in told(page, channel)


def test_what_costs_nothing_says_nothing(
    alice: Somebody, shop: list[Channel], dear: list[Channel], counted: list[Channel]
) -> None:
    page = asked(alice, shop)
    others = [each for each in shop if each not in (*dear, *counted)]
    assert others
    assert {told(page, each) for each in others} == {""}
    assert f'id="price-{others[0].id}" hx-swap-oob="innerHTML"></p>' in page
    assert told(asked(alice, others), dear[0]) == ""
    assert told(asked(alice, shop, text=""), dear[0]) == ""


def test_several_channels_are_added_up(alice: Somebody, sandbox: Sandbox, dear: list[Channel]) -> None:
    assert "Altogether" not in asked(alice, dear[:1], text=ADDRESS)
    way, fields = sandbox.networks[dear[0].platform].pretend.account("bakery")
    both = [dear[0], channels.connect(alice.actor, dear[0].platform, way, fields)]
    each = money(dear[0], ADDRESS)
    whole = spelt(Money(amount=2 * each.amount, currency=each.currency))
    assert f"Altogether about {whole}." in text_of(asked(alice, both, text=ADDRESS))


def test_what_is_left_of_a_plan_stands_beside_once_the_channel_was_checked(
    alice: Somebody, counted: list[Channel]
) -> None:
    for channel in counted:
        before = told(asked(alice, [channel]), channel)
        assert f"at most {limits_of(channel).people}." in before
        assert "Left" not in before
        visitor(alice).post(f"/channels/{channel.id}/check")
        (row,) = ChannelBudget.objects.filter(holder=channel.id)
        assert f"{row.left}" in told(asked(alice, [channel]), channel)
        assert "price-short" not in asked(alice, [channel])
        ChannelBudget.objects.update(left=3)
        assert "price-short" in asked(alice, [channel])


def test_the_page_tells_it_until_the_post_is_out(alice: Somebody, dear: list[Channel]) -> None:
    post = write(alice, dear, ADDRESS, draft=True)
    waiting = write(alice, dear, "Tea")
    for each, text in ((post, ADDRESS), (waiting, "Tea")):
        page = text_of(visitor(alice).get(f"/posts/{each.id}").content.decode())
        assert "What it will cost" in page
        assert f"About {spelt(money(dear[0], text))} at " in page
    send()
    assert "What it will cost" not in visitor(alice).get(f"/posts/{waiting.id}").content.decode()


def test_a_removed_channel_costs_nothing_more(alice: Somebody, dear: list[Channel]) -> None:
    post = write(alice, dear, draft=True)
    for channel in dear:
        channels.remove(alice.actor, channel.id)
    assert "What it will cost" not in visitor(alice).get(f"/posts/{post.id}").content.decode()


def test_prices_of_many_channels_are_within_eight_queries(alice: Somebody, shop: list[Channel]) -> None:
    client, post = visitor(alice), write(alice, shop, ADDRESS, draft=True)
    with CaptureQueriesContext(connection) as checking:
        client.post("/posts/check", typed(shop, text=ADDRESS))
    with CaptureQueriesContext(connection) as showing:
        client.get(f"/posts/{post.id}")
    assert max(len(checking), len(showing)) <= 8


def test_prices_are_said_in_chinese(alice: Somebody, dear: list[Channel]) -> None:
    alice.user.language = "zh-hant"
    alice.user.save()
    said = told(asked(alice, dear[:1], text=ADDRESS), dear[0])
    assert "約收 US$" in said
    assert said.count("。") > 1
    assert "。 " not in said
