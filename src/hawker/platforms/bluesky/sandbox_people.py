"""Who lives on the pretend network, and what each has in their repository."""

import hashlib
import secrets
import time
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import regex

from hawker.connect.http import Json
from hawker.platforms.bluesky.sandbox_cid import record_cid
from hawker.platforms.bluesky.sandbox_json import fields, words
from hawker.platforms.bluesky.wire import POST

PROFILE = "app.bsky.actor.profile"
DOMAIN = ".bsky.social"


def new_app_password() -> str:
    letters = secrets.token_hex(8)
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))


@dataclass(frozen=True, kw_only=True)
class Record:
    """`place` counts all records of the network in the order in which they were written."""

    uri: str
    cid: str
    value: dict[str, Json]
    place: int
    indexed_at: str = field(default_factory=lambda: iso(time.time()))

    @property
    def key(self) -> str:
        return self.uri.rpartition("/")[2]


@dataclass(frozen=True, kw_only=True)
class Blob:
    cid: str
    data: bytes = field(repr=False)
    content_type: str


@dataclass
class Person:
    """`status` is empty, “takendown” or “deactivated”; `email_code`: the main password wants one as well.
    `sessions` are those whose tokens live, `refreshes` the refresh tokens not used up."""

    did: str
    handle: str
    email: str
    password: str
    app_password: str = field(default_factory=new_app_password)
    status: str = ""
    email_code: bool = False
    collections: dict[str, dict[str, Record]] = field(default_factory=dict)
    blobs: dict[str, Blob] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    refreshes: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        profile = self.collections.get(PROFILE, {}).get("self")
        return str(profile.value.get("displayName", "")) if profile else ""

    @property
    def posts(self) -> list[Record]:
        """Oldest first."""
        return sorted(self.collections.get(POST, {}).values(), key=lambda record: record.place)


class People:
    def __init__(self) -> None:
        self._by_did: dict[str, Person] = {}
        self._place = 0

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_did.values())

    def open(self, name: str) -> Person:
        """The account with this handle, made if there is none yet."""
        handle = _handle(name)
        found = self.find(handle)
        return found or self._new(handle, name.partition(".")[0].removeprefix("@"))

    def find(self, actor: str) -> Person | None:
        """By DID, handle or e-mail address."""
        wanted = actor.lower()
        return self._by_did.get(actor) or next(
            (person for person in self if wanted in {person.handle, person.email}), None
        )

    def write(self, person: Person, collection: str, key: str, value: dict[str, Json]) -> Record:
        self._place += 1
        uri = f"at://{person.did}/{collection}/{key}"
        record = Record(uri=uri, cid=record_cid(value), value=value, place=self._place)
        person.collections.setdefault(collection, {})[key] = record
        return record

    def post(self, uri: str) -> tuple[Person, Record] | None:
        did, _, rest = uri.removeprefix("at://").partition("/")
        person = self.find(did)
        record = person.collections.get(POST, {}).get(rest.rpartition("/")[2]) if person else None
        return (person, record) if person and record else None

    def replies(self, uri: str) -> list[tuple[Person, Record]]:
        """Oldest first."""
        found = [(each, record) for each in self for record in each.posts if parent(record) == uri]
        return sorted(found, key=lambda pair: pair[1].place)

    def _new(self, handle: str, name: str) -> Person:
        did = "did:plc:" + b32encode(hashlib.sha256(handle.encode()).digest()).decode().lower()[:24]
        person = Person(did=did, handle=handle, email=f"{handle}@mail.example", password=secrets.token_hex(8))
        self._by_did[did] = person
        title = name.replace("-", " ").title()
        self.write(person, PROFILE, "self", {"$type": PROFILE, "displayName": title})
        return person


def parent(record: Record) -> str:
    """What a post answers to, or nothing."""
    return words(fields(fields(record.value.get("reply")).get("parent")).get("uri"))


def iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _handle(name: str) -> str:
    """A handle is a host name: what cannot stand in one is left out."""
    plain = regex.sub(r"[^a-z0-9.-]+", "-", name.lower().removeprefix("@")).strip("-.")
    plain = plain or "shop-" + hashlib.sha256(name.encode()).hexdigest()[:6]
    return plain if "." in plain else plain + DOMAIN
