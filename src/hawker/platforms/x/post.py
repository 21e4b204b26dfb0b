"""A post as X describes it: names changed between editions of the API, so both are read."""

import html
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

import regex
from pydantic import AliasChoices, BaseModel, Field

from hawker.connect.values import Account, Published
from hawker.platforms.x.links import links

OWN_PICTURE = regex.compile(r"/(?:photo|video)/\d+$")
SCHEME = regex.compile(r"^https?://(?:www\.)?", regex.I)
UNTOLD = datetime.max.replace(tzinfo=UTC)
MENTIONS = regex.compile(r"^(?:@\w{1,15}\s+)+")


class _Url(BaseModel):
    url: str
    expanded_url: str = ""
    unwound_url: str = ""
    media_key: str = ""


class _Entities(BaseModel):
    urls: tuple[_Url, ...] = ()


class _Note(BaseModel):
    text: str = ""
    entities: _Entities = _Entities()


class _Referenced(BaseModel):
    type: str
    id: str


class _Attachments(BaseModel):
    media_keys: tuple[str, ...] = ()


class Post(BaseModel):
    id: str
    text: str = ""
    created_at: datetime = UNTOLD
    entities: _Entities = _Entities()
    note: _Note | None = Field(default=None, validation_alias=AliasChoices("note_tweet", "note_post"))
    attachments: _Attachments = _Attachments()
    referenced: tuple[_Referenced, ...] = Field(
        default=(), validation_alias=AliasChoices("referenced_tweets", "referenced_posts")
    )

    @property
    def reply_to(self) -> str:
        return next((each.id for each in self.referenced if each.type == "replied_to"), "")

    @property
    def uploads(self) -> frozenset[str]:
        """The ids of its media; a media key is the kind and the id."""
        return frozenset(key.partition("_")[2] for key in self.attachments.media_keys)

    def essences(self) -> set[str]:
        """Its words as they can be compared, with the mentions that X puts before an answer and without."""
        shown = self.note if self.note and self.note.text else self
        whole = _unwound(shown.text, shown.entities.urls)
        return {essence(whole), essence(MENTIONS.sub("", whole))}

    def published(self, account: Account) -> Published:
        return published(account, self.id)


def published(account: Account, post_id: str) -> Published:
    return Published(remote_id=post_id, url=f"{account.url}/status/{post_id}")


def essence(text: str) -> str:
    """What is left of a text whatever X does to its spaces and addresses."""
    normal = unicodedata.normalize("NFC", text)
    parts, end = [], 0
    for link in links(normal):
        parts += [normal[end : link.start], SCHEME.sub("", link.url).rstrip("/").lower()]
        end = link.end
    return "".join("".join([*parts, normal[end:]]).split())


def _unwound(text: str, urls: Iterable[_Url]) -> str:
    """X writes & < > as entities, addresses in short, and the addresses of its own pictures at the end."""
    for each in urls:
        own = each.media_key or OWN_PICTURE.search(each.expanded_url)
        text = text.replace(each.url, "" if own else each.expanded_url or each.url)
    return html.unescape(text)
