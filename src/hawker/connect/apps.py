"""The owner's own developer app at a network: what to register there, and what to copy here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hawker.connect.abilities import Field
from hawker.connect.errors import Later
from hawker.connect.text import Sentence, say

# The name under which the keys of an app hold the version of the API that is in use.
VERSION = "api_version"
# Beside its fields an app's keys may say where its network is, if not where all know it.
PLACES = ("server", "site")
WARN_BEFORE = timedelta(days=180)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One right that Hawker asks for, and what for."""

    name: str
    reason: Sentence


@dataclass(frozen=True, kw_only=True)
class Version:
    """An edition of a network's API. `sunset`: the day from which it is no longer served, by `source`; None
    where the network has not said."""

    name: str
    sunset: date | None = None

    def is_ending(self, today: date) -> bool:
        return self.sunset is not None and today >= self.sunset - WARN_BEFORE


@dataclass(frozen=True, kw_only=True)
class App:
    """What an owner registers at the network once, and types into Hawker once per installation.

    `steps`: what to do there, one after the other, in her language; the page shows the exact address to
    copy (and that for webhooks) beside them. `review`: what the network examines before strangers, or the
    public, may use the app. `versions`: the editions that the folder knows, the one to be used first; an
    owner can name another of them, or a later one, by HAWKER_API_VERSIONS.
    """

    fields: tuple[Field, ...]
    steps: tuple[Sentence, ...]
    scopes: tuple[Scope, ...]
    review: Sentence | None = None
    console: str = ""
    versions: tuple[Version, ...] = ()

    def version(self, keys: Mapping[str, str]) -> str:
        """The edition in use: what the keys name, else the first."""
        return keys.get(VERSION) or (self.versions[0].name if self.versions else "")

    @property
    def names(self) -> tuple[str, ...]:
        """Of all that may be stored."""
        return (*(field.name for field in self.fields), *PLACES)

    def is_kept(self, keys: Mapping[str, str]) -> bool:
        """Whether these are all the keys that it cannot do without."""
        return all(keys.get(field.name) for field in self.fields if field.required)

    def complete(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The keys as connectors get them: with the edition of the API that is in use."""
        return {**keys, VERSION: self.version(keys)}


def key(app: Mapping[str, str], name: str) -> str:
    """One key of an `Account.app`. Raises Later where the installation has none any more: what waits goes on
    by itself once somebody has entered them again."""
    if app.get(name):
        return app[name]
    sentence = say(
        "Hawker has no keys of a developer app for this network any more. Whoever runs this Hawker enters "
        "them again under Channels."
    )
    raise Later(sentence, code="app")
