"""A draft as a note: kind 1, with its media as addresses in the text and their descriptions beside it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from hawker.connect.values import Account, Draft, Media
from hawker.platforms.nostr.blossom import Blob
from hawker.platforms.nostr.events import Tag
from hawker.platforms.nostr.reach import Reach, as_socket

WARNING = "content_warning"
# What the address of a file takes in the text, at most.
ADDRESS = 250
# A letter at least: “#1” is a number. Neither inside a word nor in an address.
_HASHTAG = re.compile(r"(?<![\w&/#＃])[#＃](\w*[^\W\d_]\w*)")
# NIP-01 has no escapes for them; relays disagree on the id of what holds one.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def content(text: str, blobs: Iterable[Blob]) -> str:
    words = clean(text)
    addresses = "\n".join(blob.url for blob in blobs)
    return "\n\n".join(part for part in (words, addresses) if part)


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
