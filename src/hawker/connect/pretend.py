"""What a network's `sandbox.py` must offer so that demo, tests and drills can play the network."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from aiohttp import web

# What a pretend network's page says of a post that it does not have.
FORGOTTEN = "This is a pretend network. It starts anew with Hawker and forgets what was published before."
Replies = Sequence[str]


class Meet(Protocol):
    """What is said over a socket meets faults as calls do: whoever plays the network there hands every
    message through this. `work` does what it asks and gives the replies, `limited` are those to one message
    too many, `sends` tells whether it is the irreversible one. Gives the replies to send, or None where the
    connection breaks off."""

    async def __call__(
        self, work: Callable[[], Replies], *, sends: bool, limited: Replies
    ) -> Replies | None: ...


# Requests that open a socket carry it.
MEET = web.RequestKey("meet", Meet)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A post as a visitor of the pretend network sees it."""

    remote_id: str
    text: str
    alts: tuple[str, ...] = ()
    reply_to: str = ""


class Pretend(Protocol):
    """One pretend network; its state lives in memory. `address` is the base under which `routes` are served
    (no slash at the end). It refuses what the network refuses, with the network's codes and bodies."""

    def __init__(self, address: str) -> None: ...

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Routes with paths relative to `address`, among them the pages at which a visitor reads posts."""
        ...

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        """Opens an account, or finds the one with this handle; gives a way of the platform's `signs_in`
        that does not redirect, and the fields to fill in. Its id at the network is made of the handle, so
        that a sandbox that starts anew, and has forgotten everything, plays the same accounts."""
        ...

    def is_send(self, request: web.Request) -> bool:
        """Whether this request is the irreversible call that publishes. What is said over a socket tells that
        by itself (`Meet`)."""
        ...

    def limited(self, request: web.Request) -> web.Response:
        """The network's own answer to one request too many."""
        ...

    def revoke(self, handle: str) -> None:
        """Kills every token of the account, as its owner would at the network."""
        ...

    def published(self, handle: str) -> tuple[Seen, ...]:
        """What is on the account now, oldest first: counted at the network, not in Hawker's tables."""
        ...


@runtime_checkable
class Rations(Protocol):
    """What a pretend network can do besides where its platform declares `budgets`: its answers tell of them
    as the network's do."""

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        """From now on so much of a budget is left to an account (to its app, where that is whose it is), and
        in so many seconds all of it again. It refuses what goes beyond."""
        ...


@runtime_checkable
class Registers(Protocol):
    """What a pretend network can do besides where its platform asks for an owner's developer app."""

    def app(self) -> Mapping[str, str]:
        """The keys of a developer app that is registered there: what `App.fields` ask, and under `server` and
        `site` where this pretend network is. They are given to `start` as `app`, to `sign_in` among the
        fields, and stand in `Account.app`."""
        ...


@runtime_checkable
class Answers(Protocol):
    """What a pretend network can do besides where its platform asks an author what nobody can guess."""

    def answers(self) -> Mapping[str, str]:
        """The platform's `options`, such that a post of the demo can go out here."""
        ...


@runtime_checkable
class Befriends(Protocol):
    """What a pretend network can do besides where its platform's `audience` is optional."""

    def befriend(self, handle: str, name: str) -> str:
        """Somebody joins the account with this handle, and the network tells so. Gives her address."""
        ...


@runtime_checkable
class Tells(Protocol):
    """What a pretend network can do besides where its platform `hears`."""

    def tell(self, address: str) -> None:
        """Sends its webhooks to this address from now on, signed as the network signs."""
        ...
