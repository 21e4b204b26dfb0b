"""Signing in with a secret key, or with one that is made here. There is no server that knows accounts."""

from collections.abc import Mapping
from dataclasses import replace

from hawker.connect.abilities import Field, Way
from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.sign_in import ByForm, site_field
from hawker.connect.text import say
from hawker.connect.typed import plain
from hawker.connect.values import Account
from hawker.platforms.nostr import events
from hawker.platforms.nostr.bech32 import npub
from hawker.platforms.nostr.events import Kind
from hawker.platforms.nostr.information import limits_of, read_all, work_of
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.person import Person, as_profile, read_person
from hawker.platforms.nostr.reach import Reach, as_socket, key_of
from hawker.platforms.nostr.relays import offer_all
from hawker.platforms.nostr.typed import SITE, Typed, read_key, read_typed

# Large, open to everybody and without a fee; the media server the one of a widely used client (2026-07).
RELAYS = ("https://relay.damus.io", "https://nos.lol", "https://relay.primal.net")
MEDIA = "https://blossom.primal.net"
_KEY = Field(
    name="key",
    label=say("Secret key"),
    kind="password",
    hint=say("It begins with nsec1. Your Nostr app shows it among its settings, under keys."),
)
_NAME = Field(name="name", label=say("Name"), hint=say("What readers see above your posts."))
_WHERE = (
    Field(
        name="server",
        label=say("Relays"),
        required=False,
        hint=say(
            "Such as “wss://nos.lol wss://relay.damus.io”. Leave it empty for those that your profile names, "
            "or well-known ones."
        ),
    ),
    Field(
        name="enough",
        label=say("Relays that must have a post"),
        default="1",
        required=False,
        hint=say("A post counts as published as soon as so many relays have it."),
    ),
    Field(
        name="media",
        label=say("Media server"),
        required=False,
        hint=say(
            "A Blossom server, which keeps your pictures. Leave it empty for your own, or a well-known one."
        ),
    ),
    site_field(SITE),
)
OWN = Way(
    name="key",
    label=say("With a secret key"),
    fields=(_KEY, *_WHERE),
    help=say(
        "Whoever has this key is you on Nostr, for ever: it cannot be changed or taken back. Hawker keeps it "
        "sealed and shows it to nobody."
    ),
)
MADE = Way(
    name="new",
    label=say("With a key that Hawker makes"),
    fields=(_NAME, *_WHERE),
    help=say(
        "Nobody but Hawker has this key, so keep Hawker's backups. If you want to post from a Nostr app too, "
        "make the key there and type it in the other form."
    ),
)


class SignIn(ByForm):
    """`relays`: where to look for somebody who names none."""

    ways: tuple[Way, ...] = (OWN, MADE)

    def __init__(self, relays: tuple[str, ...] = RELAYS) -> None:
        self._relays = relays

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:
        typed = read_typed(fields)
        if way == MADE.name:
            return await self._introduced(http, typed, _name(fields))
        key = read_key(fields)
        asked = typed.relays or self._relays
        needed = min(typed.enough, len(asked))
        person = await read_person(http, asked, key, needed, typed=bool(typed.relays))
        return await _account(http, key, person, typed, typed.relays or person.relays or asked)

    async def check(self, http: Http, account: Account) -> Account:
        key, reach = key_of(account), Reach.of(account)
        person = await read_person(http, reach.relays, key, reach.enough)
        told = await read_all(http, reach.relays)
        current = reach.model_copy(update={"work": work_of(told)})
        known = replace(account, limits=limits_of(told), secrets=current.secrets(key), expires_at=None)
        return _named(known, person)

    async def _introduced(self, http: Http, typed: Typed, name: str) -> Account:
        """A key nobody has seen, with a profile and its list of relays."""
        key, relays = Key.make(), typed.relays or self._relays
        account = await _account(http, key, Person(name=name, handle=name), typed, relays)
        listed = tuple(("r", as_socket(relay)) for relay in relays)
        for event in (
            events.write(key, Kind.profile, content=as_profile(name)),
            events.write(key, Kind.relays, tags=listed),
        ):
            offered = await offer_all(http, relays, key, event, enough=len(relays))
            if offered.taken < typed.enough:
                raise offered.verdict(typed.enough)
        return account


def _name(fields: Mapping[str, str]) -> str:
    name = plain(fields.get("name", ""))
    if not name:
        raise Refused(say("Type the name that readers should see."), field="name")
    return name[:50]


async def _account(http: Http, key: Key, person: Person, typed: Typed, relays: tuple[str, ...]) -> Account:
    told = await read_all(http, relays)
    reach = Reach(
        relays=relays,
        enough=min(typed.enough, len(relays)),
        media=typed.media or next(iter(person.media), MEDIA),
        work=work_of(told),
    )
    account = Account(
        remote_id=key.public,
        handle=npub(key.public),
        name=npub(key.public)[:12],
        server=relays[0],
        site=typed.site,
        url=f"{typed.site}/{npub(key.public)}",
        limits=limits_of(told),
        secrets=reach.secrets(key),
    )
    return _named(account, person)


def _named(account: Account, person: Person) -> Account:
    """Names are not one's own on Nostr: where there is none, the public key stands for it."""
    public = npub(account.remote_id)
    return replace(account, handle=person.handle or public, name=person.name or public[:12])
