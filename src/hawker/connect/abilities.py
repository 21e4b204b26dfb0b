"""What a network can be asked to do. A platform declares the abilities it has; nothing asks for its name."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from hawker.connect.http import Http
from hawker.connect.text import Sentence
from hawker.connect.values import Account, Draft, Limits, Problem, Published


@dataclass(frozen=True, kw_only=True)
class Field:
    """One line of a sign-in form. `kind`: text, url or password."""

    name: str
    label: Sentence
    kind: str = "text"
    hint: Sentence | None = None
    default: str = ""
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to sign in. With `redirects` the owner goes on to the network afterwards."""

    name: str
    label: Sentence
    fields: tuple[Field, ...]
    redirects: bool = False
    help: Sentence | None = None


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A sign-in under way at a network: where to send the owner, and what to remember until she is back.

    `memory` holds secrets: keep it sealed, or in the owner's own session.
    """

    url: str
    memory: Mapping[str, str] = field(repr=False)


class SignsIn(Protocol):
    """How an owner gives Hawker the right to act for an account.

    Every method raises Refused with the form's `field` for what she can mend, Later where the server does
    not answer, SignInAgain where a key is dead.
    """

    ways: tuple[Way, ...]

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:
        """Signs in with what was typed, for ways that do not redirect; the keys of the owner's developer app
        are among `fields` where `Platform.app` asks for one."""
        ...

    async def start(
        self, http: Http, way: str, fields: Mapping[str, str], *, back: str, app: Mapping[str, str] | None
    ) -> tuple[Errand, Mapping[str, str]]:
        """Begins a redirecting way; `back` is where the network sends the owner.

        `app` is Hawker's registration on that server from an earlier start with the same `server` field, or
        None; where `Platform.app` asks for the owner's own, it holds these keys. Gives the errand and the
        registration to keep (sealed: it holds a secret).
        """
        ...

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        """Ends a redirecting way. `errand`: the memory of `start`; `answer`: the query she came back with."""
        ...

    async def refresh(self, http: Http, account: Account) -> Account:
        """New secrets for an account whose old ones run out. Never gives an empty secret."""
        ...

    async def check(self, http: Http, account: Account) -> Account:
        """Asks the network who this is and what it allows now; the same account, brought up to date."""
        ...


class Reaches(Protocol):
    """For networks where one sign-in opens several accounts: the pages, numbers or places of a person."""

    async def reached(self, http: Http, person: Account) -> Sequence[Account]:
        """What the account that `sign_in` or `finish` gave can act for, each with the secrets to do so.
        Empty where there is nothing. Raises as `SignsIn` does."""
        ...


@dataclass(frozen=True, kw_only=True)
class Step:
    """One finished piece of preparation, kept on the delivery and not done again."""

    name: str
    value: str


class Publishes(Protocol):
    """Publishing in two parts: what may be repeated, then the one irreversible call.

    `read_delay`: how long after `send` began its post may still not show: the call on its way and the read
    side together. Where a second `send` of the same draft makes no second post the call still counts: an
    owner may rewrite a post that was not there, and it then goes out under another key.
    """

    read_delay: timedelta

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:
        """The length of a text by the network's own rule."""
        ...

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        """What this network will refuse of a draft, beyond the limits that all networks share."""
        ...

    def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        """Uploads and waits, as often as needed; skips what `done` holds and yields each newly finished step.

        Raises Later, SignInAgain or Refused.
        """
        ...

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        """The irreversible call, once. Raises Later, SignInAgain or Refused only where the network
        certainly took nothing, else OutcomeUnknown."""
        ...

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        """Looks for what an earlier `send` may have published at or after `since` (UTC).

        `known` are the ids of posts that belong to other drafts; however alike, they are not this one. After
        a restore `done` may lack steps that were done: the backup is older than they are.

        None means: certainly not there now. Raises CannotLook where that can never be known, Later where it
        cannot be known yet, SignInAgain where the token is dead.
        """
        ...

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        """Takes a post off the network; one that is gone already counts as taken off."""
        ...
