"""Several relays at once, and what their answers come to."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, SignInAgain
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.platforms.nostr.events import Event
from hawker.platforms.nostr.relay import Filter, ask, offer
from hawker.platforms.nostr.signing import Signer

STRAGGLER_SECONDS = 5.0
T = TypeVar("T")


@dataclass(frozen=True)
class Offered:
    """How many relays have an event now, and what the others said."""

    taken: int
    errors: tuple[NetworkError, ...]

    def verdict(self, enough: int) -> NetworkError:
        """For an event that fewer than `enough` have. What some have cannot be called back: that is settled
        by looking."""
        unknown = next((each for each in self.errors if isinstance(each, OutcomeUnknown)), None)
        return unknown or (self._too_few(enough) if self.taken else gravest(self.errors))

    def _too_few(self, enough: int) -> OutcomeUnknown:
        sentence = say(
            "Of the %(enough)s relays that must have this post, only %(taken)s took it so far. Hawker offers "
            "it to the others again.",
            enough=enough,
            taken=self.taken,
        )
        return OutcomeUnknown(sentence, code=self.errors[0].code)


@dataclass(frozen=True)
class Told:
    """What each relay that answered has, and what the others said."""

    found: tuple[tuple[Event, ...], ...]
    errors: tuple[NetworkError, ...]

    @property
    def events(self) -> list[Event]:
        return [event for found in self.found for event in found]


def gravest(errors: Sequence[NetworkError]) -> NetworkError:
    """What passes by itself comes first; a key is called dead only where no relay wants it."""
    later = next((each for each in errors if isinstance(each, Later)), None)
    other = next((each for each in errors if not isinstance(each, SignInAgain)), None)
    return later or other or errors[0]


async def offer_all(
    http: Http,
    relays: Sequence[str],
    signer: Signer,
    event: Event,
    *,
    enough: int,
    irreversible: bool = False,
) -> Offered:
    """Once `enough` relays have it, the others get only a little time more: a silent one must not hold up a
    note that is out."""
    offers = (offer(http, relay, signer, event, irreversible=irreversible) for relay in relays)
    tasks = [asyncio.ensure_future(each) for each in offers]
    waiting, taken = set(tasks), 0
    try:
        while waiting:
            patience = STRAGGLER_SECONDS if taken >= enough else None
            done, waiting = await asyncio.wait(waiting, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            taken += sum(each.result() is None for each in done)
            if not done:
                break
    finally:
        await call_off(waiting)
    errors = [error for each in set(tasks) - waiting if (error := each.result()) is not None]
    return Offered(taken, tuple(errors))


async def call_off(tasks: Iterable[asyncio.Future[T]]) -> None:
    for each in tasks:
        each.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def ask_all(
    http: Http, relays: Sequence[str], signer: Signer, *filters: Filter, whole: bool = False
) -> Told:
    answers = await asyncio.gather(*(ask(http, relay, signer, *filters, whole=whole) for relay in relays))
    return Told(
        found=tuple(tuple(each) for each in answers if isinstance(each, list)),
        errors=tuple(each for each in answers if isinstance(each, NetworkError)),
    )
