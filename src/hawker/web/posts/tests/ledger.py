"""Moves posts along as the worker would."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from hawker.connect.http import Http
from hawker.connect.registry import platform
from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.core.bridge import ask
from hawker.core.channels.models import Channel
from hawker.core.posts.models import Post
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.publishing import actions, claims, ledger
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.states import (
    Accepted,
    AnswerLost,
    Declined,
    KeyDead,
    Outcome,
    Postponed,
    Reason,
    Unlookable,
)
from tests.cast import Somebody

GONE = Accepted(Published(remote_id="1", url="https://network.example/1"))
TOO_LONG = Declined(Reason(sentence=say("The network finds it too long."), code="E422", field="text"))
DEAD = KeyDead(Reason(sentence=say("The key is dead."), code="401"))
BUSY = Postponed(reason=Reason(sentence=say("The network is busy."), code="503"))
LOST = AnswerLost(Reason(sentence=say("The answer was lost."), code="lost"))
HIDDEN = Unlookable(Reason(sentence=say("Nobody can look there."), code="hidden"), timedelta(hours=1))


def write(
    somebody: Somebody,
    shop: list[Channel],
    text: str = "Fresh bao",
    *,
    at: datetime | None = None,
    draft: bool = False,
    comment: str = "",
    pictures: tuple[UUID, ...] = (),
) -> Post:
    writing = Writing(
        text=text,
        language="en",
        first_comment=comment,
        pictures=tuple(Picture(media=each, alt="A basket") for each in pictures),
        wordings=tuple(Wording(channel=channel.id) for channel in shop),
    )
    return actions.compose(somebody.actor, writing, at, draft=draft)


def take() -> list[Claim]:
    """Everything that is due is in hand."""
    return claims.claim(timezone.now(), limit=100)


def intend(claim: Claim) -> Claim:
    """It is about to be sent."""
    now = timezone.now()
    assert ledger.commit(intents=[claim], now=now) == {claim.id}
    return ledger.sending(claim, now)


def settle(claim: Claim, outcome: Outcome, at: datetime | None = None) -> None:
    now = at or timezone.now()
    assert ledger.commit(results=[ledger.result(claim, outcome, now)], now=now) == {claim.id}


def send(outcome: Outcome = GONE) -> None:
    """Everything that is due is sent, with this outcome."""
    for claim in take():
        settle(intend(claim), outcome)


def send_there() -> None:
    """Everything that is due goes to its pretend network."""
    for claim in take():
        intended = intend(claim)
        published = ask(lambda http, claim=claim: _published(http, claim))  # type: ignore[misc]
        settle(intended, Accepted(published))


async def _published(http: Http, claim: Claim) -> Published:
    publishes, done = platform(claim.platform).publishes, dict[str, str]()
    async for step in publishes.prepare(http, claim.account, claim.draft, done):
        done[step.name] = step.value
    return await publishes.send(http, claim.account, claim.draft, done)


def look(outcome: Outcome, at: datetime) -> None:
    """At this instant, everything whose answer was lost is looked for, with this outcome."""
    for claim in claims.claim(at, limit=100):
        settle(claim, outcome, at)
