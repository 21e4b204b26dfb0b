"""What a post costs, told before it goes out: money, or messages of a plan. Nothing is asked for it: a price
is made of the draft and of what the network told of the account before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hawker.connect.text import Sentence
from hawker.connect.values import Draft, Limits


@dataclass(frozen=True, kw_only=True)
class Money:
    """`currency` by ISO 4217. `why` says what makes it dear, where another draft would cost less."""

    amount: Decimal
    currency: str
    why: Sentence | None = None


@dataclass(frozen=True, kw_only=True)
class Messages:
    """One for each person who gets the post. `number` None: nobody knows how many; `most`: they may be fewer.
    `rest` says, with a place for `left`, what is left of the platform's budget that is `priced`; None where
    it has none. `why` says what else is to be known of their price."""

    number: int | None
    most: bool = False
    rest: Sentence | None = None
    why: Sentence | None = None


Price = Money | Messages
# Of all that goes out for one post, in its order: the post, what goes on from it, its first comment. Where it
# goes to people one by one (`Draft.to`), of what goes to one of them. None: it costs nothing.
Prices = Callable[[Sequence[Draft], Limits], Price | None]


def free(drafts: Sequence[Draft], limits: Limits) -> None:
    """As most networks are."""
