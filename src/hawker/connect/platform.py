"""A network as Hawker sees it: everything a person must know of it stands in its folder's PLATFORM."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hawker.connect.abilities import Publishes, SignsIn
from hawker.connect.budgets import NONE, Budgets
from hawker.connect.pretend import Pretend
from hawker.connect.text import Sentence
from hawker.connect.values import Limits


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


@dataclass(frozen=True, kw_only=True)
class Platform:
    """`name` is the folder's, used in addresses, in the API and on the command line. `limits` are the
    network's usual ones; an account carries those of its own server. `pretend` makes its sandbox. A folder
    that is not `filled_in` is never offered to anyone. `threads`: whether a post can go on in further
    posts; `comments`: whether a first comment can follow it. Both come as a `Draft` with `reply_to`.
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
    filled_in: bool = True

    @property
    def abilities(self) -> tuple[str, ...]:
        return ("signs_in", "publishes")

    @cached_property
    def quality(self) -> dict[str, str]:
        """Each rule of `quality.toml` with done, todo or exempt."""
        rules = tomllib.loads((self.folder / "quality.toml").read_text(encoding="utf-8"))["rules"]
        return {rule: entry if isinstance(entry, str) else entry["status"] for rule, entry in rules.items()}

    @cached_property
    def icon(self) -> str:
        return (self.folder / "icon.svg").read_text(encoding="utf-8")
