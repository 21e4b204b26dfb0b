"""Media on a Blossom server (BUD-01 and BUD-02), which keeps files under their SHA-256."""

import asyncio
import base64
import hashlib
from datetime import UTC, datetime, timedelta
from functools import partial

from pydantic import BaseModel

from hawker.connect.clock import ahead
from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, Http
from hawker.connect.pieces import Pieces
from hawker.connect.refusals import read
from hawker.connect.text import say
from hawker.platforms.nostr.events import Kind
from hawker.platforms.nostr.refusals import host_of, quoted
from hawker.platforms.nostr.signing import Signer, write

# A server compares it with its own clock, and wants it begun in the past.
_BEGUN, _VALID = timedelta(minutes=1), timedelta(minutes=10)
# The reason stands in a header: by BUD-01 and by older and later drafts of BUD-02 (2026).
_REASONS = ("X-Reason", "Blossom-Upload-Message", "X-Upload-Message")


class Blob(BaseModel):
    """A file that was uploaded, and where it is."""

    url: str
    sha256: str


async def upload(http: Http, server: str, signer: Signer, data: bytes, content_type: str) -> Blob:
    """The same file again gives the same address."""
    digest = (await asyncio.to_thread(hashlib.sha256, data)).hexdigest()
    headers = {
        "Authorization": f"Nostr {await _permit(signer, digest)}",
        "Content-Length": str(len(data)),
        "Content-Type": content_type,
        "X-SHA-256": digest,
    }
    answer = await http.request(
        "PUT", f"{server}/upload", headers=headers, data=Pieces(data), explain=partial(_explain, server)
    )
    blob = read(host_of(server), answer, Blob)
    if blob.sha256 != digest or not blob.url.startswith(("http://", "https://")) or len(blob.url.split()) > 1:
        sentence = say(
            "The media server %(server)s changed a file that it was to keep. Connect the account again with "
            "another media server.",
            server=host_of(server),
        )
        raise Refused(sentence, field="media")
    return blob


async def _permit(signer: Signer, digest: str) -> str:
    now = datetime.now(UTC)
    until = int((now + _VALID).timestamp())
    tags = (("t", "upload"), ("x", digest), ("expiration", str(until)))
    event = await write(signer, Kind.upload, content="Upload by Hawker", tags=tags, at=now - _BEGUN)
    return base64.b64encode(event.json_text.encode()).decode()


def _explain(server: str, answer: Answer) -> NetworkError | None:
    host, code = host_of(server), str(answer.status)
    reason = next((answer.headers[name] for name in _REASONS if name in answer.headers), "")
    told = quoted(reason or answer.get("message") or f"HTTP {code}")
    if answer.status in {401, 403} and not -_BEGUN <= ahead(answer) <= _VALID:
        sentence = say(
            "The media server %(server)s does not take the time on this upload (“%(reason)s”). Check the "
            "clock of the machine that Hawker runs on. Hawker tries again by itself.",
            server=host,
            reason=told,
        )
        return Later(sentence, code="clock")
    if answer.status in {401, 403}:
        sentence = say(
            "The media server %(server)s takes nothing from this key (“%(reason)s”). Settle that with the "
            "server, or connect the account again with another one.",
            server=host,
            reason=told,
        )
        return SignInAgain(sentence, code=code)
    if answer.status == 402:
        sentence = say(
            "The media server %(server)s wants to be paid (“%(reason)s”). Pay there, or connect the account "
            "again with another media server.",
            server=host,
            reason=told,
        )
        return Refused(sentence, code=code, field="media")
    if answer.status in {404, 405, 408, 425, 501}:
        sentence = say("No media server answers at %(server)s just now. Hawker tries again.", server=host)
        return Later(sentence, code=code)
    if answer.status == 429 or answer.status >= 500:
        return None
    sentence = say(
        "The media server %(server)s does not take this file and said: “%(reason)s”. Take it out or replace "
        "it.",
        server=host,
        reason=told,
    )
    return Refused(sentence, code=code, field="media")
