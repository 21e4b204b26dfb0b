"""The pages at which a visitor reads the pretend relay's notes, as in a viewer on the web."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from aiohttp import web

from hawker.connect.pretend_pages import Look, Shown, article, heading, linked, picture, video
from hawker.platforms.nostr.bech32 import decode, event_of, nevent, npub
from hawker.platforms.nostr.events import Event
from hawker.platforms.nostr.sandbox_store import Described, Store, described, words

LOOK = Look(
    "body{background:#f4f1f9;color:#1d1626}header,article{background:#fff;border-radius:12px;"
    "border:1px solid #e4dcf0}a{color:#7326c4}blockquote{margin:6px 0;padding-left:10px;"
    "border-left:3px solid #b98be8;color:#5a4e68}"
    ".warning{background:#fff3cd;border-radius:8px;padding:6px 10px}"
)


class Pages:
    """`address`: where they are served."""

    def __init__(self, address: str, store: Store) -> None:
        self._address = address
        self._store = store

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.get("/p/{pointer}", self._show)]

    async def _show(self, request: web.Request) -> web.Response:
        pointer = request.match_info["pointer"]
        try:
            if pointer.startswith("npub1"):
                return self._profile(decode(pointer, "npub").hex())
            return self._note(event_of(pointer))
        except ValueError:
            raise LOOK.missing() from None

    def _profile(self, author: str) -> web.Response:
        notes = self._store.notes(author)
        name = self._name(author)
        body = "".join(self._article(note) for note in reversed(notes))
        return LOOK.page(name, heading(name, npub(author)) + body)

    def _note(self, event_id: str) -> web.Response:
        note = self._store.event(event_id)
        if note is None:
            raise LOOK.missing("This note is not here.")
        below = [each for each in self._store.notes() if self._store.parent_of(each) == event_id]
        return LOOK.page(self._name(note.pubkey), "".join(self._article(each) for each in [note, *below]))

    def _article(self, note: Event) -> str:
        return article(
            Shown(
                name=self._name(note.pubkey),
                handle=f"{npub(note.pubkey)[:16]}…",
                profile=f"{self._address}/{npub(note.pubkey)}",
                page=f"{self._address}/{nevent(note.id, note.pubkey, '')}",
                at=datetime.fromtimestamp(note.created_at, UTC),
                above=self._quoted(note) + _warning(note),
                text=linked(words(note)),
                media="".join(_shown(each) for each in described(note)),
            )
        )

    def _quoted(self, note: Event) -> str:
        above = self._store.event(self._store.parent_of(note))
        return f"<blockquote>{escape(words(above)[:80])}</blockquote>" if above else ""

    def _name(self, author: str) -> str:
        return self._store.profile(author) or npub(author)[:12]


def _warning(note: Event) -> str:
    told = next(iter(note.values("content-warning")), "")
    return f'<p class="warning">⚠ {escape(told)}</p>' if told else ""


def _shown(medium: Described) -> str:
    if medium.content_type.startswith("video/"):
        return video(medium.url)
    return picture(medium.url, medium.alt)
