"""A network as Hawker sees it: everything a person must know of it stands in its folder's PLATFORM."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from hawker.connect.abilities import Publishes, Reaches, SignsIn
from hawker.connect.apps import App
from hawker.connect.budgets import NONE, Budgets
from hawker.connect.hooks import Hears
from hawker.connect.pretend import Pretend
from hawker.connect.prices import Prices, free
from hawker.connect.shapes import Shapes, by_limits
from hawker.connect.text import Sentence
from hawker.connect.values import Account, Limits


class Kind(StrEnum):
    """A kind of post, as docs/platforms.md and the API list them."""

    text = "text"
    link = "link"
    picture = "picture"
    pictures = "pictures"
    video = "video"
    short_video = "short_video"
    story = "story"
    thread = "thread"
    comment = "comment"
    poll = "poll"
    document = "document"
    event = "event"
    offer = "offer"
    message = "message"


class Audience(StrEnum):
    """Whether a network delivers to people of a list, one by one."""

    none = "none"  # a post is for everybody
    always = "always"
    optional = "optional"  # where a list is chosen; else a post is for everybody

    def by_name(self, chosen: UUID | None) -> bool:
        """Whether a post goes to people one by one, where this list was chosen for it."""
        return self is Audience.always or (self is Audience.optional and chosen is not None)


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    label: Sentence


@dataclass(frozen=True, kw_only=True)
class Option:
    """Something that only this network's posts have. With `choices` a selection, else a line of text."""

    name: str
    label: Sentence
    choices: tuple[Choice, ...] = ()
    default: str = ""
    hint: Sentence | None = None

    def offered(self, limits: Limits) -> "Option":
        """With those choices only that an account of these limits has, its own ones last."""
        kept = (each for each in self.choices if f"{self.name}={each.value}" not in limits.withheld)
        own = (each for each in limits.own if each.option == self.name)
        named = (Choice(value=each.value, label=Sentence("%(own)s", {"own": each.label})) for each in own)
        return replace(self, choices=(*kept, *named))


def always(_: Account) -> bool:
    """Of networks whose keys are all renewed without their owner, or never end."""
    return True


@dataclass(frozen=True, kw_only=True)
class Platform:
    """`name` is the folder's, used in addresses, in the API and on the command line. `limits` are the
    network's usual ones; an account carries those of its own server. `pretend` makes its sandbox. A folder
    that is not `filled_in` is never offered to anyone. `threads`: whether a post can go on in further
    posts; `comments`: whether a first comment can follow it. Both come as a `Draft` with `reply_to`.

    `app`: what the owner registers at the network herself, where she must. `reaches`: the accounts that one
    sign-in opens, where these may be several. `renews`: whether `refresh` gets an account another key; of one
    that ends, its owner is told beforehand. `hears`: the network's webhooks. `shapes`: what is made of
    pictures and videos before they are uploaded. `fetches`: it fetches media from `Media.address` itself.
    `prices`: what a post costs there, told before it goes out.
    `audience`: whether a post goes as a message to each person of a list (`Draft.to`); `window`: how long
    after somebody wrote the business may write to her freely (`Recipient.open_until`). `hand_off`: what makes
    it easier for the owner to post what she is handed (`Limits.by_hand`). `kinds`: of posts, for the tables.
    The first comment and threads are told by their own flags.
    """

    name: str
    title: str
    colour: str
    folder: Path
    limits: Limits
    signs_in: SignsIn
    publishes: Publishes
    pretend: type[Pretend]
    options: tuple[Option, ...] = ()
    threads: bool = False
    comments: bool = True
    budgets: Budgets = NONE
    app: App | None = None
    reaches: Reaches | None = None
    renews: Callable[[Account], bool] = always
    hears: Hears | None = None
    shapes: Shapes = by_limits
    fetches: bool = False
    prices: Prices = free
    audience: Audience = Audience.none
    window: timedelta = timedelta(hours=24)
    hand_off: Sentence | None = None
    kinds: tuple[Kind, ...] = (Kind.text, Kind.picture)
    filled_in: bool = True

    @property
    def by_hand(self) -> bool:
        """Whether no account of it lets a program post."""
        return self.limits.by_hand

    @property
    def posts(self) -> tuple[Kind, ...]:
        """`kinds`, with threads and first comments where it has them."""
        follow = {Kind.thread: self.threads, Kind.comment: self.comments}
        return tuple(kind for kind in Kind if kind in self.kinds or follow.get(kind))

    @property
    def abilities(self) -> tuple[str, ...]:
        publishes = "by_hand" if self.by_hand else "publishes"
        return ("signs_in", publishes, *(("hears",) if self.hears else ()))

    @cached_property
    def quality(self) -> dict[str, str]:
        """Each rule of `quality.toml` with done, todo or exempt."""
        rules = self._said["rules"]
        return {rule: entry if isinstance(entry, str) else entry["status"] for rule, entry in rules.items()}

    @property
    def exemptions(self) -> dict[str, str]:
        """Why a rule does not hold for this network, for each that is exempt."""
        rules = self._said["rules"]
        return {rule: entry["reason"] for rule, entry in rules.items() if not isinstance(entry, str)}

    @property
    def lost_answers(self) -> dict[str, str]:
        """`key` that the network honours, how Hawker looks (`look`), when the owner is `asked`, and of which
        kind of posts it is never known that they are not there (`blind`)."""
        said: dict[str, str] = self._said["lost_answers"]
        return said

    @property
    def proof(self) -> dict[str, str]:
        """By which `client`, `schema`, real `server` and `documents` this folder was proven, empty where by
        none, and on which `date`."""
        return {name: str(value) for name, value in self._said["proof"].items()}

    @cached_property
    def _said(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "quality.toml").read_text(encoding="utf-8"))

    @cached_property
    def icon(self) -> str:
        return (self.folder / "icon.svg").read_text(encoding="utf-8")
