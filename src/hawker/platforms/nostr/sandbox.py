"""A pretend Nostr: a relay, a Blossom server, a signer, and the pages of a viewer, all in memory."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.platforms.nostr import events
from hawker.platforms.nostr.bech32 import nsec
from hawker.platforms.nostr.events import Kind
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.person import as_profile
from hawker.platforms.nostr.sandbox_media import MediaServer
from hawker.platforms.nostr.sandbox_pages import Pages
from hawker.platforms.nostr.sandbox_relay import PretendRelay
from hawker.platforms.nostr.sandbox_signer import PretendSigner
from hawker.platforms.nostr.sandbox_store import Store, described, words

_WAIT = 30
# Accounts are older than whatever is done with them.
_OPENED = datetime(2024, 1, 1, tzinfo=UTC)


class PretendNostr:
    def __init__(self, address: str) -> None:
        self.store = Store()
        self.signer = PretendSigner(f"{address}/signer", f"{address}/relay", _key)
        self.relay = PretendRelay(f"{address}/relay", self.store, self.signer.hear)
        self.media = MediaServer(f"{address}/media", self.store)
        self._address = address

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        pages = Pages(f"{self._address}/p", self.store)
        return [*self.relay.routes(), *self.media.routes(), *self.signer.routes(), *pages.routes()]

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        key = _key(handle)
        self.store.banned.discard(key.public)
        if not self.store.profile(key.public):
            self.store.keep(events.write(key, Kind.profile, content=as_profile(handle), at=_OPENED))
        return "key", {
            "key": nsec(key.secret),
            "server": f"{self._address}/relay",
            "enough": "1",
            "media": f"{self._address}/media",
            "site": f"{self._address}/p",
        }

    def is_send(self, request: web.Request) -> bool:
        """What publishes is said over a socket."""
        return False

    def limited(self, request: web.Request) -> web.Response:
        """At the door of either server."""
        headers = {"X-Reason": "slow down", "Retry-After": str(_WAIT)}
        return web.Response(status=429, headers=headers, text="slow down")

    def revoke(self, handle: str) -> None:
        """A key cannot be taken back: its owner is put out by the relay and by the media server."""
        self.store.banned.add(_key(handle).public)
        self.signer.put_out(handle)

    def published(self, handle: str) -> tuple[Seen, ...]:
        return tuple(
            Seen(
                remote_id=event.id,
                text=words(event),
                alts=tuple(each.alt for each in described(event)),
                reply_to=self.store.parent_of(event),
            )
            for event in self.store.notes(_key(handle).public)
        )


def _key(handle: str) -> Key:
    return Key(hashlib.sha256(f"a pretend account: {handle}".encode()).digest())
