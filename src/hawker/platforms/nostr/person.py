"""What somebody has told of herself on her relays: profile, relay list, media servers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from hawker.connect.errors import Refused
from hawker.connect.http import Http, Json
from hawker.platforms.nostr import note
from hawker.platforms.nostr.events import Event, Kind, newest
from hawker.platforms.nostr.reach import as_web
from hawker.platforms.nostr.relays import ask_all, gravest
from hawker.platforms.nostr.signing import Signer
from hawker.platforms.nostr.typed import MOST_RELAYS

LONGEST_NAME = 100


class _Profile(BaseModel):
    name: str | None = None
    display_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """`relays`: those she writes to (NIP-65); `media`: her Blossom servers (BUD-03). Web addresses, without
    what is not safe."""

    name: str = ""
    handle: str = ""
    relays: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


async def read_person(
    http: Http, relays: Sequence[str], signer: Signer, enough: int, *, typed: bool = False
) -> Person:
    """Raises what a relay's refusal means where fewer than `enough` answer; also where one of those that she
    has just `typed` is none."""
    wanted: list[Json] = [int(kind) for kind in (Kind.profile, Kind.relays, Kind.media_servers)]
    told = await ask_all(http, relays, signer, {"kinds": wanted, "authors": [signer.public], "limit": 20})
    wrong = [each for each in told.errors if typed and isinstance(each, Refused)]
    if wrong or len(told.found) < enough:
        raise gravest(wrong or told.errors)
    own = [event for event in told.events if event.pubkey == signer.public]
    profile = _profile(newest(own, Kind.profile))
    shown, own_name = _line(profile.display_name or ""), _line(profile.name or "")
    return Person(
        name=shown or own_name,
        handle=own_name or shown,
        relays=_written(newest(own, Kind.relays)),
        media=_servers(newest(own, Kind.media_servers)),
    )


def _line(text: str) -> str:
    """Nostr itself knows no bounds for what somebody calls herself."""
    return " ".join(note.clean(text).split())[:LONGEST_NAME]


def as_profile(name: str) -> str:
    return json.dumps({"name": name, "display_name": name}, ensure_ascii=False)


def _profile(event: Event | None) -> _Profile:
    try:
        return _Profile.model_validate_json(event.content) if event else _Profile()
    except ValidationError:
        return _Profile()


def _written(event: Event | None) -> tuple[str, ...]:
    """Without those that are marked for reading only."""
    tags = event.tags if event else ()
    own = [tag[1] for tag in tags if len(tag) > 1 and tag[0] == "r" and tag[2:3] != ("read",)]
    return _safe([as_web(address) for address in own])[:MOST_RELAYS]


def _servers(event: Event | None) -> tuple[str, ...]:
    return _safe(event.values("server") if event else [])


def _safe(addresses: Sequence[str]) -> tuple[str, ...]:
    clean = (address.strip().rstrip("/") for address in addresses)
    return tuple(dict.fromkeys(address for address in clean if address.startswith("https://")))
