"""A post as LinkedIn tells of it, and what it is known by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from hawker.connect.refusals import read
from hawker.connect.values import Account, Draft, Published
from hawker.platforms.linkedin.content import content_of
from hawker.platforms.linkedin.options import DOCUMENT
from hawker.platforms.linkedin.refusals import Said, Word
from hawker.platforms.linkedin.text import alike, plain
from hawker.platforms.linkedin.wire import Api, escape

# LinkedIn's ids hold the milliseconds since 1970 above their last 22 bits. That is not documented: what gives
# no time of this century and after LinkedIn's ids became so is no time.
BITS, FIRST, LAST = 22, 1_420_070_400_000, 4_102_444_800_000
UNTOLD = datetime.max.replace(tzinfo=UTC)


class _Medium(Said):
    id: Word = ""


class _Images(Said):
    images: tuple[_Medium, ...] = ()


class _Article(Said):
    pass


class _Poll(Said):
    question: Word = ""


class _Content(Said):
    media: _Medium | None = None
    multi_image: _Images | None = None
    article: _Article | None = None
    poll: _Poll | None = None

    @property
    def uploads(self) -> tuple[str, ...]:
        single = (self.media.id,) if self.media else ()
        return (*single, *(each.id for each in (self.multi_image.images if self.multi_image else ())))


class Post(Said):
    id: str
    commentary: Word = ""
    content: _Content | None = None
    created_at: int | None = None
    published_at: int | None = None

    @property
    def at(self) -> datetime:
        """One of which nothing tells when it came may be just out."""
        milliseconds = self.published_at or self.created_at
        told = moment(milliseconds) if milliseconds else time_in(self.id)
        return told or UNTOLD


@dataclass(frozen=True, kw_only=True)
class Sought:
    """`known`: ids of posts that are other drafts'."""

    text: str
    content: _Content
    known: Collection[str] = ()

    def fits(self, post: Post) -> bool:
        """One of our uploads proves it; else words are alike, and so is what is beside them."""
        if post.id in self.known:
            return False
        shown = post.content or _Content()
        if not (set(self.content.uploads) - {""}).isdisjoint(shown.uploads):
            return True
        # LinkedIn may make a card of an address in the text by itself.
        carded = shown.article is not None or self.content.article is None
        framed = len(shown.uploads) == len(self.content.uploads) and shown.poll == self.content.poll
        return carded and framed and alike(self.text, plain(post.commentary))


def sought(draft: Draft, done: Mapping[str, str], known: Collection[str] = ()) -> Sought:
    unknown = dict.fromkeys((DOCUMENT, *(medium.id for medium in draft.media)), "")
    content = _Content.model_validate(content_of(draft, {**unknown, **done}))
    return Sought(text=draft.text, content=content, known=known)


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def time_in(urn: str) -> datetime | None:
    """When the post of this id was made."""
    number = urn.rpartition(":")[2]
    milliseconds = int(number) >> BITS if number.isdecimal() else 0
    return moment(milliseconds) if FIRST <= milliseconds < LAST else None


def published(account: Account, urn: str) -> Published:
    return Published(remote_id=urn, url=f"{account.site}/feed/update/{urn}")


async def read_post(api: Api, urn: str) -> Post:
    return read("LinkedIn", await api.ask(f"/rest/posts/{escape(urn)}"), Post)
