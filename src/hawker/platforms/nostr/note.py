"""A draft as a note: kind 1, with its media as addresses in the text and their descriptions beside it."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from hawker.connect.values import Account, Draft, Media
from hawker.platforms.nostr.blossom import Blob
from hawker.platforms.nostr.events import Event, Tag
from hawker.platforms.nostr.information import MOST_WORK
from hawker.platforms.nostr.reach import Reach, as_socket

WARNING = "content_warning"
# What the address of a file takes in the text, at most.
ADDRESS = 250
# A letter at least: “#1” is a number. Neither inside a word nor in an address.
_HASHTAG = re.compile(r"(?<![\w&/#＃])[#＃](\w*[^\W\d_]\w*)")
# NIP-01 has no escapes for them; relays disagree on the id of what holds one.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# The most demanding work takes 2^20 tries on average, and 64 times as many in a lifetime never.
_TRIES = 1 << MOST_WORK + 6


def content(text: str, files: Iterable[str]) -> str:
    """`files`: the addresses of its media."""
    return "\n\n".join(part for part in (clean(text), "\n".join(files)) if part)


def addresses(event: Event) -> list[str]:
    """Of its media."""
    told = (field for tag in event.tags if tag[0] == "imeta" for field in tag[1:])
    return [field.removeprefix("url ") for field in told if field.startswith("url ")]


def salt(draft: Draft) -> int:
    """Two drafts alike, written in one second, would be one event: the nonce of each begins elsewhere."""
    return int.from_bytes(hashlib.sha256(draft.key.bytes).digest()[:6])


def is_of(event: Event, draft: Draft) -> bool:
    """Whether it was made of this very draft, whatever became of its words and its time."""
    counted = [int(each) for each in event.values("nonce") if each.isdecimal() and len(each) < 20]
    return any(0 <= nonce - salt(draft) < _TRIES for nonce in counted)


def clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))


def tags(draft: Draft, account: Account, blobs: Sequence[Blob]) -> Iterator[Tag]:
    yield from _thread(draft, account)
    yield from (("t", tag) for tag in hashtags(draft.text))
    for media, blob in zip(draft.media, blobs, strict=True):
        yield ("imeta", *_described(media, blob))
    warning = clean(draft.options.get(WARNING, "")).strip()
    yield from [("content-warning", warning)] if warning else []


def hashtags(text: str) -> list[str]:
    """In lower case (NIP-24), each once."""
    return list(dict.fromkeys(found.lower() for found in _HASHTAG.findall(text)))


def root_of(draft: Draft) -> str:
    """The id of the note that begins the thread; empty where this one does."""
    above = draft.reply_to
    return above.detail.get("root") or above.remote_id if above else ""


def answered(draft: Draft, account: Account) -> list[str]:
    """The ids of the notes above this one, the first first."""
    return [tag[1] for tag in _thread(draft, account) if tag[0] == "e"]


def _thread(draft: Draft, account: Account) -> Iterator[Tag]:
    """By NIP-10: what answers the first note directly names only that one, as root."""
    if not draft.reply_to:
        return
    author, relay = account.remote_id, as_socket(Reach.of(account).relays[0])
    root, parent = root_of(draft), draft.reply_to.remote_id
    yield ("e", root, relay, "root", author)
    if parent != root:
        yield ("e", parent, relay, "reply", author)
    yield ("p", author)


def _described(media: Media, blob: Blob) -> Iterator[str]:
    """NIP-92."""
    yield f"url {blob.url}"
    yield f"m {media.content_type}"
    yield f"dim {media.width}x{media.height}"
    alt = " ".join(clean(media.alt).split())
    yield from [f"alt {alt}"] if alt else []
    yield f"x {blob.sha256}"
