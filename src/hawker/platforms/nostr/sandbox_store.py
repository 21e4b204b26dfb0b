"""What the pretend relay keeps, and what it finds (NIP-01, NIP-09)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hawker.connect.http import Json
from hawker.platforms.nostr.events import Event, Kind, newest


@dataclass(frozen=True)
class Described:
    """A picture or a video of a note, as its `imeta` tells (NIP-92)."""

    url: str
    content_type: str
    alt: str


class Store:
    """`banned`: whose events are no longer taken."""

    def __init__(self) -> None:
        self._events: dict[str, Event] = {}
        self._deleted: set[tuple[str, str]] = set()
        self.banned: set[str] = set()

    def keep(self, event: Event) -> str:
        """Why it was not kept; empty where it was."""
        if event.id in self._events:
            return "duplicate: already have this event"
        if (event.id, event.pubkey) in self._deleted:
            return "blocked: this event was deleted by its author"
        slot = _slot(event)
        rivals = [each for each in self._events.values() if slot and _slot(each) == slot]
        if rivals and newest([event, *rivals], event.kind) is not event:
            return "duplicate: have a newer event"
        for rival in rivals:
            del self._events[rival.id]
        if not 20_000 <= event.kind < 30_000:
            self._events[event.id] = event
        if event.kind == Kind.deletion:
            self._delete(event)
        return ""

    def find(self, filters: Iterable[Mapping[str, Json]], *, most: int = 500) -> list[Event]:
        """Newest first, each once; `most`: of each filter."""
        found: dict[str, Event] = {}
        ordered = sorted(self._events.values(), key=lambda event: (-event.created_at, event.id))
        for wanted in filters:
            fitting = [event for event in ordered if fits(event, wanted)]
            limit = wanted.get("limit")
            wished = limit if isinstance(limit, int) else most
            found.update({event.id: event for event in fitting[: min(wished, most)]})
        return list(found.values())

    def event(self, event_id: str) -> Event | None:
        return self._events.get(event_id)

    def notes(self, author: str = "") -> list[Event]:
        """In the order in which they came; of everybody, where no author is named."""
        notes = (event for event in self._events.values() if event.kind == Kind.note)
        return [event for event in notes if author in {"", event.pubkey}]

    def profile(self, author: str) -> str:
        """The name on it."""
        event = newest((each for each in self._events.values() if each.pubkey == author), Kind.profile)
        try:
            told = json.loads(event.content) if event else {}
        except ValueError:
            return ""
        return str(told.get("display_name") or told.get("name") or "") if isinstance(told, dict) else ""

    def parent_of(self, event: Event) -> str:
        """By the marks of NIP-10."""
        marks = {tag[3]: tag[1] for tag in event.tags if tag[0] == "e" and len(tag) > 3}
        return marks.get("reply") or marks.get("root", "")

    def _delete(self, wish: Event) -> None:
        for wanted in wish.values("e"):
            self._deleted.add((wanted, wish.pubkey))
            event = self._events.get(wanted)
            if event and event.pubkey == wish.pubkey and event.kind != Kind.deletion:
                del self._events[wanted]


def described(event: Event) -> list[Described]:
    return [_described(tag[1:]) for tag in event.tags if tag[0] == "imeta"]


def words(event: Event) -> str:
    """The text without the addresses of media at its end, which readers' apps show as pictures."""
    addresses = {each.url for each in described(event)}
    lines = event.content.split("\n")
    media = 0
    while media < len(lines) and lines[-1 - media] in addresses:
        media += 1
    text = "\n".join(lines[: len(lines) - media])
    return text.removesuffix("\n") if media else text


def _described(fields: Iterable[str]) -> Described:
    told = dict(field.partition(" ")[::2] for field in fields)
    return Described(told.get("url", ""), told.get("m", ""), told.get("alt", ""))


def _slot(event: Event) -> tuple[str, int, str] | None:
    """What a newer event of the same slot replaces."""
    if event.kind in {0, 3} or 10_000 <= event.kind < 20_000:
        return event.pubkey, event.kind, ""
    if 30_000 <= event.kind < 40_000:
        return event.pubkey, event.kind, next(iter(event.values("d")), "")
    return None


def fits(event: Event, wanted: Mapping[str, Json]) -> bool:
    return all(_meets(event, name, value) for name, value in wanted.items())


def _meets(event: Event, name: str, value: Json) -> bool:
    among = value if isinstance(value, list) else []
    match name:
        case "ids":
            return event.id in among
        case "authors":
            return event.pubkey in among
        case "kinds":
            return event.kind in among
        case "since":
            return isinstance(value, int) and event.created_at >= value
        case "until":
            return isinstance(value, int) and event.created_at <= value
    return not name.startswith("#") or any(each in among for each in event.values(name[1:]))
