"""What the networks say of a post before it is written down."""

from collections.abc import Iterable
from uuid import UUID

from ninja import Schema

from hawker.api.schemas.refusals import ProblemOut
from hawker.connect.prices import Messages, Money
from hawker.core.posts.prices import Cost, total
from hawker.core.posts.queries import Review
from hawker.core.speech import speak


class ChangeOut(Schema):
    """What Hawker makes of a picture or a video, so that this channel's network takes it; the file that was
    added stays as it is. `part`: 0 the post itself, 2 … the further posts of its thread."""

    channel: UUID
    part: int
    media: UUID
    sentences: list[str]


class MoneyOut(Schema):
    """`amount`: a decimal number, as a text; `currency` by ISO 4217."""

    amount: str
    currency: str


class PriceOut(Schema):
    """What the post costs on one channel, known before it is sent: `money`, or `messages` of its plan (none:
    nobody knows how many; `most`: at most so many). `left` of the plan, as the network told last; none where
    it did not. `sentences` say the same for people."""

    channel: UUID
    money: MoneyOut | None
    messages: int | None
    most: bool
    left: int | None
    sentences: list[str]


class CheckOut(Schema):
    """`problems`: what must be changed before the post can go out. `changes`: what Hawker does by itself.
    `prices`: of the channels that cost something; `total`: their money, by currency."""

    problems: list[ProblemOut]
    changes: list[ChangeOut]
    prices: list[PriceOut]
    total: list[MoneyOut]


def check_of(reviews: Iterable[Review]) -> CheckOut:
    told = list(reviews)
    costs = [review.cost for review in told if review.cost]
    return CheckOut(
        problems=[
            ProblemOut(field=each.field, part=each.part, channel=each.channel, sentence=speak(each.sentence))
            for review in told
            for each in review.problems
        ],
        changes=[
            ChangeOut(
                channel=review.channel.id,
                part=each.part,
                media=each.media,
                sentences=[speak(sentence) for sentence in each.sentences],
            )
            for review in told
            for each in review.changes
        ],
        prices=[_price(each) for each in costs],
        total=[_money(each) for each in total(costs)],
    )


def _price(cost: Cost) -> PriceOut:
    messages = cost.price if isinstance(cost.price, Messages) else None
    return PriceOut(
        channel=cost.channel.id,
        money=_money(cost.price) if isinstance(cost.price, Money) else None,
        messages=messages.number if messages else None,
        most=bool(messages and messages.most),
        left=cost.left,
        sentences=[speak(each) for each in cost.sentences],
    )


def _money(money: Money) -> MoneyOut:
    return MoneyOut(amount=f"{money.amount:f}", currency=money.currency)
