"""What a post costs on its channels, and how that is said. Pure: values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hawker.connect.platform import Platform
from hawker.connect.prices import Messages, Money, Price
from hawker.connect.text import Sentence, say
from hawker.connect.values import Draft, Limits
from hawker.core.channels.models import Channel

SIGNS = {"USD": "US$", "TWD": "NT$", "EUR": "€", "JPY": "¥"}
CENTS = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a post costs on one channel. `left`: of the messages of its plan, as far as it is known."""

    channel: Channel
    network: str
    price: Price
    left: int | None = None

    @property
    def is_short(self) -> bool:
        """Whether fewer messages are left than it may take."""
        if self.left is None or not isinstance(self.price, Messages):
            return False
        return self.left < (1 if self.price.number is None else self.price.number)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        first = _money(self.price, self.network) if isinstance(self.price, Money) else _messages(self)
        return tuple(each for each in (first, _rest(self), self.price.why) if each)


def price(network: Platform, drafts: Sequence[Draft], limits: Limits, people: int | None) -> Price | None:
    """Of everything that goes out for one post. `people`: on the list that it goes to, where it goes to
    people one by one; without a list nothing goes out."""
    found = network.prices(drafts, limits)
    if found is None or drafts[0].to is None:
        return found
    if not people:
        return None
    if isinstance(found, Money):
        return replace(found, amount=found.amount * people)
    return replace(found, number=None if found.number is None else found.number * people)


def total(costs: Iterable[Cost]) -> tuple[Money, ...]:
    """By currency, in the order in which they come."""
    sums: dict[str, Decimal] = {}
    for each in (cost.price for cost in costs):
        if isinstance(each, Money):
            sums[each.currency] = sums.get(each.currency, Decimal(0)) + each.amount
    return tuple(Money(amount=amount, currency=currency) for currency, amount in sums.items())


def sum_of(costs: Sequence[Cost]) -> Sentence | None:
    """None where there is nothing to add up."""
    priced = [each for each in costs if isinstance(each.price, Money)]
    if len(priced) < 2:
        return None
    return say("Altogether about %(money)s.", money=" + ".join(map(spelt, total(priced))))


def spelt(money: Money) -> str:
    """With cents at least, and what is less than a cent where there is some."""
    plain = money.amount.normalize()
    exponent = plain.as_tuple().exponent
    cents = plain.quantize(CENTS) if isinstance(exponent, int) and exponent > -2 else plain
    return f"{SIGNS.get(money.currency, f'{money.currency} ')}{cents:f}"


def _money(price: Money, network: str) -> Sentence:
    return say("About %(money)s at %(network)s.", money=spelt(price), network=network)


def _messages(cost: Cost) -> Sentence:
    price = cost.price
    if not isinstance(price, Messages) or price.number is None:
        return say("One message for each person at %(network)s who gets it.", network=cost.network)
    if price.most:
        return say("Messages at %(network)s: at most %(number)s.", number=price.number, network=cost.network)
    return say("Messages at %(network)s: %(number)s.", number=price.number, network=cost.network)


def _rest(cost: Cost) -> Sentence | None:
    rest = cost.price.rest if isinstance(cost.price, Messages) else None
    return replace(rest, params={"left": cost.left}) if rest and cost.left is not None else None
