"""A post as Facebook lists it, and whether it is the one that is looked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, Field

from hawker.connect.meta_posts import essence
from hawker.connect.meta_refusals import Text

FIELDS = (
    "id,message,created_time,from,"
    "attachments{media_type,type,url,unshimmed_url,title,target,subattachments{media_type,type,target}}"
)


class _Node(BaseModel):
    id: Text = ""


class _Attachment(BaseModel):
    media_type: Text = ""
    url: Text = ""
    unshimmed_url: Text = ""
    target: _Node | None = None
    subattachments: "_Attachments | None" = None


class _Attachments(BaseModel):
    data: tuple[_Attachment, ...] = ()


class Post(BaseModel):
    id: str
    message: Text = ""
    created_time: datetime = datetime.max.replace(tzinfo=UTC)
    author: _Node | None = Field(default=None, alias="from")
    attachments: _Attachments = _Attachments()

    @property
    def parts(self) -> Iterator[_Attachment]:
        """Its pictures one by one; several come below one attachment."""
        for each in self.attachments.data:
            yield from each.subattachments.data if each.subattachments else (each,)

    @property
    def pictures(self) -> list[str]:
        kinds = {"photo", "image"}
        return [part.target.id if part.target else "" for part in self.parts if part.media_type in kinds]

    @property
    def links(self) -> set[str]:
        """Where its attachments lead; Facebook wraps addresses in one of its own."""
        shown = {each.unshimmed_url or _unwrapped(each.url) for each in self.attachments.data}
        return {url.rstrip("/") for url in shown if url}


def _unwrapped(url: str) -> str:
    return next(iter(parse_qs(urlsplit(url).query).get("u", [])), url) if "/l.php?" in url else url


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What a post is known by. `photos`: the ids of pictures that were uploaded for it."""

    page: str
    text: str
    link: str
    photos: frozenset[str]
    pictures: int

    def fits(self, post: Post) -> bool:
        """One of our pictures proves it; else author, words, link and number of pictures are alike."""
        if not self.photos.isdisjoint(post.pictures):
            return True
        own = post.author is None or not post.author.id or post.author.id == self.page
        same = essence(self.text) == essence(post.message) and len(post.pictures) == self.pictures
        linked = not self.link or not post.links or self.link.rstrip("/") in post.links
        return own and same and linked
