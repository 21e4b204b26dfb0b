"""Signing in with a secret key, with a signer that has it, or with a key that is made here. No server knows
accounts."""

from collections.abc import Mapping
from dataclasses import replace

from hawker.connect.abilities import Way
from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.sign_in import ByForm
from hawker.connect.text import say
from hawker.connect.typed import plain
from hawker.connect.values import Account
from hawker.platforms.nostr import events
from hawker.platforms.nostr.bech32 import npub
from hawker.platforms.nostr.bunker import Bunker, read_bunker
from hawker.platforms.nostr.events import Kind
from hawker.platforms.nostr.information import limits_of, read_all, work_of
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.person import Person, as_profile, read_person
from hawker.platforms.nostr.reach import Reach, as_socket
from hawker.platforms.nostr.relays import gravest, offer_all
from hawker.platforms.nostr.remote import connect, signer_of
from hawker.platforms.nostr.signing import OwnKey, Signer
from hawker.platforms.nostr.typed import Typed, read_key, read_typed
from hawker.platforms.nostr.ways import MADE, OWN, SIGNED

# Large, open to everybody and without a fee; the media server the one of a widely used client (2026-07).
RELAYS = ("https://relay.damus.io", "https://nos.lol", "https://relay.primal.net")
MEDIA = "https://blossom.primal.net"
# Of sign-ins by a signer that did not come to an end.
MOST_CLIENTS = 100


class SignIn(ByForm):
    """`relays`: where to look for somebody who names none."""

    ways: tuple[Way, ...] = (OWN, SIGNED, MADE)

    def __init__(self, relays: tuple[str, ...] = RELAYS) -> None:
        self._relays = relays
        self._clients: dict[Bunker, Key] = {}

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:
        typed = read_typed(fields)
        if way == MADE.name:
            return await self._introduced(http, typed, _name(fields))
        if way == OWN.name:
            return await self._known(http, OwnKey(read_key(fields)), typed)
        bunker = read_bunker(fields)
        signer = await connect(http, self._client(bunker), bunker)
        account = await self._known(http, signer, typed)
        self._clients.pop(bunker, None)
        return account

    async def check(self, http: Http, account: Account) -> Account:
        signer, reach = signer_of(http, account), Reach.of(account)
        await signer.verify()
        person = await read_person(http, reach.relays, signer, reach.enough)
        told = await read_all(http, reach.relays)
        current = reach.model_copy(update={"work": work_of(told)})
        limits = limits_of(told, signer.most)
        known = replace(account, limits=limits, secrets=current.secrets(signer), expires_at=None)
        return _named(known, person)

    def _client(self, bunker: Bunker) -> Key:
        """A signer may want its owner to confirm first, and lets in one key an address: whoever tries again
        with it comes with the same."""
        client = self._clients.setdefault(bunker, Key.make())
        for oldest in list(self._clients)[:-MOST_CLIENTS]:
            del self._clients[oldest]
        return client

    async def _known(self, http: Http, signer: Signer, typed: Typed) -> Account:
        """Somebody whose relays tell who she is."""
        asked = typed.relays or self._relays
        needed = min(typed.enough, len(asked))
        person = await read_person(http, asked, signer, needed, typed=bool(typed.relays))
        return await _account(http, signer, person, typed, typed.relays or person.relays or asked)

    async def _introduced(self, http: Http, typed: Typed, name: str) -> Account:
        """A key nobody has seen, with a profile and its list of relays."""
        key, relays = Key.make(), typed.relays or self._relays
        signer = OwnKey(key)
        account = await _account(http, signer, Person(name=name, handle=name), typed, relays)
        listed = tuple(("r", as_socket(relay)) for relay in relays)
        for event in (
            events.write(key, Kind.profile, content=as_profile(name)),
            events.write(key, Kind.relays, tags=listed),
        ):
            offered = await offer_all(http, relays, signer, event, enough=len(relays))
            if offered.taken < typed.enough:
                raise gravest(offered.errors)
        return account


def _name(fields: Mapping[str, str]) -> str:
    name = plain(fields.get("name", ""))
    if not name:
        raise Refused(say("Type the name that readers should see."), field="name")
    return name[:50]


async def _account(
    http: Http, signer: Signer, person: Person, typed: Typed, relays: tuple[str, ...]
) -> Account:
    told = await read_all(http, relays)
    reach = Reach(
        relays=relays,
        enough=min(typed.enough, len(relays)),
        media=typed.media or next(iter(person.media), MEDIA),
        work=work_of(told),
    )
    account = Account(
        remote_id=signer.public,
        handle=npub(signer.public),
        name=npub(signer.public)[:12],
        server=relays[0],
        site=typed.site,
        url=f"{typed.site}/{npub(signer.public)}",
        limits=limits_of(told, signer.most),
        secrets=reach.secrets(signer),
    )
    return _named(account, person)


def _named(account: Account, person: Person) -> Account:
    """Names are not one's own on Nostr: where there is none, the public key stands for it."""
    public = npub(account.remote_id)
    return replace(account, handle=person.handle or public, name=person.name or public[:12])
