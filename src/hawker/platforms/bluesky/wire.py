"""Calls by XRPC (`/xrpc/<name>`), and what a server's refusals mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import regex

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, Explain, Http, retry_after
from hawker.connect.refusals import Meanings, as_said, from_epoch, stale_key, too_fast
from hawker.connect.text import say

POST = "app.bsky.feed.post"
_FIELD = regex.compile(r"(?:\$\.record\.|Record/)(\w+)")
_LONG = regex.compile(r"too big|longer than")


def explain(answer: Answer) -> NetworkError | None:
    """The network's own errors; those of the server's machinery (5xx) have the rules of all networks."""
    code = answer.get("error")
    if answer.status >= 500:
        return None
    if answer.status == 429:
        return too_fast("Bluesky", at=reset(answer.headers), code=code or "429")
    if answer.status == 413:
        code = "PayloadTooLarge"
    if known := _MEANINGS.of(code=code):
        return known
    if code == "InvalidRequest":
        return _invalid(answer.get("message"))
    return _OLD_KEY(code=code or "401") if answer.status == 401 else None


@dataclass(frozen=True)
class Xrpc:
    """One server, and the key to one account on it; `token` may be empty for what anyone may ask."""

    http: Http
    server: str
    token: str = field(default="", repr=False)

    async def ask(self, name: str, params: Mapping[str, str] | None = None) -> Answer:
        return await self.http.request(
            "GET", self._address(name), token=self.token, params=params, explain=explain
        )

    async def do(
        self, name: str, body: object = None, *, irreversible: bool = False, explain: Explain = explain
    ) -> Answer:
        return await self.http.request(
            "POST",
            self._address(name),
            token=self.token,
            json=body,
            irreversible=irreversible,
            explain=explain,
        )

    async def upload(self, data: bytes, content_type: str) -> Answer:
        headers = {"Content-Type": content_type}
        return await self.http.request(
            "POST",
            self._address("com.atproto.repo.uploadBlob"),
            token=self.token,
            headers=headers,
            data=data,
            explain=explain,
        )

    def _address(self, name: str) -> str:
        return f"{self.server}/xrpc/{name}"


_OLD_KEY = partial(stale_key, "Bluesky")
_TAKEN_DOWN = say("Bluesky has taken this account down. Settle that with Bluesky, then sign in again here.")
_OFF = say("This Bluesky account is switched off. Switch it on again at Bluesky, then sign in again here.")
_MOVED = say("This account no longer lives on this Bluesky server. Sign in again with its new server.")
_TOO_LARGE = say("This picture is too large for the Bluesky server. Take a smaller one.")
_WRONG_KIND = say("Bluesky does not take this kind of picture. Save it as JPEG or PNG and add it again.")
_NOT_KEPT = say("Bluesky no longer had the pictures of this post. They are sent again.")
_NO_RECORD = say("Bluesky has no such post.")
_CROSSED = say("Two changes to this Bluesky account crossed. This one is tried again.")

# Codes of the lexicons (2026-08-20) and of the reference server (0.5.35), to which an access token that ran
# out is 400 ExpiredToken. Any other 401 is not the last word either: there is still the app password.
_MEANINGS = Meanings(
    codes={
        "ExpiredToken": _OLD_KEY,
        "InvalidToken": _OLD_KEY,
        "AccountTakedown": partial(SignInAgain, _TAKEN_DOWN),
        "AccountDeactivated": partial(SignInAgain, _OFF),
        "AccountNotFound": partial(SignInAgain, _MOVED),
        "RepoNotFound": partial(SignInAgain, _MOVED),
        "PayloadTooLarge": partial(Refused, _TOO_LARGE, field="media"),
        "BlobTooLarge": partial(Refused, _TOO_LARGE, field="media"),
        "InvalidMimeType": partial(Refused, _WRONG_KIND, field="media"),
        "BlobNotFound": partial(Later, _NOT_KEPT),
        "RecordNotFound": partial(Refused, _NO_RECORD),
        "InvalidSwap": partial(Later, _CROSSED),
        "ConcurrentWrites": partial(Later, _CROSSED),
    }
)


def reset(headers: Mapping[str, str]) -> datetime | None:
    """When calls are taken again. `RateLimit-Reset` is in seconds since 1970 (bsky-docs, 2026-04-21)."""
    return from_epoch(headers.get("RateLimit-Reset", "")) or retry_after(headers)


def _invalid(message: str) -> Refused:
    """The reference server names the field at the end: “grapheme too big (maximum 300, got 301) at
    $.record.text”; older ones in front: “Record/text must not be longer than 300 graphemes”."""
    match = _FIELD.search(message)
    name = match[1] if match else ""
    if name == "text" and _LONG.search(message):
        sentence = say("The text is too long: Bluesky takes 300 characters and 3,000 bytes. Shorten it.")
        return Refused(sentence, code="InvalidRequest", field="text")
    field = "media" if name == "embed" else ""
    return as_said("Bluesky", message, code="InvalidRequest", field=field)
