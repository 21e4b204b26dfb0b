"""The pretend signer (NIP-46): it has the keys of all pretend accounts, and a page for each of its owners."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_pages import heading
from hawker.platforms.nostr import events
from hawker.platforms.nostr.encryption import decrypt, encrypt, shared_key
from hawker.platforms.nostr.events import Event, Kind
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.reach import as_socket
from hawker.platforms.nostr.sandbox_pages import LOOK

Answer = Mapping[str, str]


@dataclass
class Client:
    """An app that was let in. `permissions`: empty for all."""

    permissions: tuple[str, ...]
    confirmed: bool

    def may(self, kind: int) -> bool:
        return not self.permissions or f"sign_event:{kind}" in self.permissions


class PretendSigner:
    """`asleep`: it answers nothing. `asks`: its owner confirms each app on a page first. `refusals`: what it
    declines events of a kind with. `says`: what it answers to a method, whatever is right."""

    def __init__(self, address: str, relay: str, key: Callable[[str], Key]) -> None:
        self.asleep, self.asks = False, False
        self.refusals: dict[int, str] = {}
        self.says: dict[str, str] = {}
        self._address, self._relay, self._key = address, relay, key
        self._owners: dict[str, str] = {}
        self._secrets: dict[str, str] = {}
        self._clients: dict[tuple[str, str], Client] = {}

    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/signer/{handle}", self._show),
            web.get("/signer/{handle}/{client}", self._ask_owner),
            web.post("/signer/{handle}/{client}", self._confirm),
        ]

    def invite(self, handle: str) -> str:
        """An address that holds good for one app."""
        own = self._own(handle).public
        self._owners[own] = handle
        secret = hashlib.sha256(f"{handle} {len(self._secrets)}".encode()).hexdigest()[:16]
        self._secrets[secret] = ""
        return f"bunker://{own}?relay={quote(as_socket(self._relay), safe='')}&secret={secret}"

    def put_out(self, handle: str) -> None:
        """Every app that was let in to this account."""
        for place in [place for place in self._clients if place[0] == handle]:
            del self._clients[place]

    def let_in(self, handle: str) -> list[Client]:
        return [client for (owner, _), client in self._clients.items() if owner == handle]

    def hear(self, event: Event) -> list[Event]:
        """What it says to an event at the relay; nothing where that is not for it, or it sleeps."""
        handle = self._owners.get(next(iter(event.values("p")), ""))
        if event.kind != Kind.letter or handle is None or self.asleep:
            return []
        own = self._own(handle)
        shared = shared_key(own, event.pubkey)
        try:
            asked = json.loads(decrypt(event.content, shared))
        except ValueError:
            return []
        said = json.dumps({"id": asked["id"], **self._answer(handle, event.pubkey, asked)})
        tags = [("p", event.pubkey)]
        return [events.write(own, Kind.letter, content=encrypt(said, shared), tags=tags)]

    def _answer(self, handle: str, client: str, asked: Mapping[str, Json]) -> Answer:
        match asked:
            case {"method": "connect", "params": [_, *rest]}:
                return self._let_in(handle, client, [str(each) for each in rest])
            case {"method": "ping"}:
                return {"result": "pong"}
        known = self._clients.get((handle, client))
        if known is None:
            return {"error": "unauthorized"}
        if not known.confirmed:
            return self._page(handle, client)
        match asked:
            case {"method": str(method)} if method in self.says:
                return {"result": self.says[method]}
            case {"method": "get_public_key"}:
                return {"result": self._key(handle).public}
            case {"method": "sign_event", "params": [str(text)]}:
                return self._sign(handle, known, json.loads(text))
        return {"error": "unknown method"}

    def _let_in(self, handle: str, client: str, params: Sequence[str]) -> Answer:
        secret, permissions = [*params, "", ""][:2]
        if self._secrets.get(secret) not in {"", client}:
            return {"error": "invalid secret"}
        self._secrets[secret] = client
        asked = tuple(each for each in permissions.split(",") if each)
        known = self._clients.setdefault((handle, client), Client(asked, confirmed=not self.asks))
        if not known.confirmed:
            return self._page(handle, client)
        return {"result": secret}

    def _page(self, handle: str, client: str) -> Answer:
        return {"result": "auth_url", "error": f"{self._address}/{quote(handle)}/{client}"}

    def _sign(self, handle: str, client: Client, wanted: Mapping[str, Json]) -> Answer:
        match wanted:
            case {"kind": int(kind), "content": str(content), "tags": list(tags), "created_at": int(at)}:
                pass
            case _:
                return {"error": "invalid event"}
        if kind in self.refusals or not client.may(kind):
            return {"error": self.refusals.get(kind, "no permission")}
        told = tuple(tuple(str(part) for part in tag) for tag in tags if isinstance(tag, list))
        own = self._key(handle)
        unsigned = events.Unsigned(pubkey=own.public, created_at=at, kind=kind, tags=told, content=content)
        return {"result": unsigned.signed(own).json_text}

    def _own(self, handle: str) -> Key:
        """Not the account's own: a signer may have one of itself."""
        return Key(hashlib.sha256(b"a pretend signer: " + self._key(handle).secret).digest())

    async def _show(self, request: web.Request) -> web.Response:
        handle = request.match_info["handle"]
        address = escape(self.invite(handle))
        told = "Paste this into the app that you want to connect. It works once."
        return LOOK.page("Signer", f"{heading('Signer', handle)}<p>{told}</p><p><code>{address}</code></p>")

    async def _ask_owner(self, request: web.Request) -> web.Response:
        form = '<form method="post"><button>Allow</button></form>'
        return LOOK.page("Signer", heading("May this app sign?", request.match_info["client"][:16]) + form)

    async def _confirm(self, request: web.Request) -> web.Response:
        known = self._clients.get((request.match_info["handle"], request.match_info["client"]))
        if known is None:
            raise LOOK.missing()
        known.confirmed = True
        return LOOK.page("Signer", heading("Allowed.", "Go back to the app and connect once more."))
