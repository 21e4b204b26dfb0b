"""Looking for a post, or a comment, whose answer was lost.

A container says itself whether it is published; what it became must be found among the account's own media.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, Field

from hawker.connect.errors import CannotLook, Later, Refused
from hawker.connect.meta import Graph
from hawker.connect.meta_posts import essence
from hawker.connect.meta_refusals import Text
from hawker.connect.refusals import Gone
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Published
from hawker.platforms.instagram.containers import PUBLISHED, state_of
from hawker.platforms.instagram.kinds import REEL, STORY, kind_of

MEDIA_FIELDS = "id,caption,timestamp,permalink,media_type,media_product_type"
COMMENT_FIELDS = "id,text,timestamp,username,from{id,username}"
PAGE, PAGES = "50", 10
# Instagram tells whole seconds, by a clock of its own.
SKEW = timedelta(seconds=60)
# So long a published post may be missing from the lists before its owner is asked.
PATIENCE = timedelta(hours=1)
_FAR = datetime.max.replace(tzinfo=UTC)


class Medium(BaseModel):
    id: str
    caption: Text = ""
    timestamp: datetime = _FAR
    permalink: Text = ""
    media_type: Text = ""
    media_product_type: Text = ""

    def published(self, account: Account) -> Published:
        return Published(remote_id=self.id, url=self.permalink or account.url)


class _Author(BaseModel):
    id: Text = ""
    username: Text = ""


class _Comment(BaseModel):
    id: str
    text: Text = ""
    timestamp: datetime = _FAR
    username: Text = ""
    author: _Author | None = Field(default=None, validation_alias="from")

    @property
    def writer(self) -> str:
        return self.username or (self.author.username if self.author else "")


def _words(text: str) -> str:
    """Without the @ of mentions, which Instagram does not show to every program."""
    return essence(text.replace("@", ""))


@dataclass(frozen=True, kw_only=True)
class Search:
    """`known`: ids that belong to other drafts."""

    api: Graph
    account: Account
    draft: Draft
    since: datetime
    known: Collection[str]

    async def post(self, container: str) -> Published | None:
        """What a container became."""
        state = await self._state(container)
        if state == "IN_PROGRESS":
            raise Later(say("Instagram is still publishing this post. Hawker looks again soon."))
        if state not in {PUBLISHED, ""}:
            return None
        found = await self._among_media()
        if found or not state:
            return found
        if datetime.now(UTC) - self.since > PATIENCE:
            sentence = say(
                "Instagram has published this post, but does not list it. Look in the Instagram app whether"
                " it is there."
            )
            raise CannotLook(sentence)
        raise Later(
            say("Instagram has published this post and does not list it yet. Hawker looks again soon.")
        )

    async def _state(self, container: str) -> str:
        """Empty where Instagram does not know the container any more."""
        try:
            return (await state_of(self.api, container)).status_code
        except Gone:
            return ""
        except Refused as refused:
            if not refused.code.startswith("24"):
                raise
            return ""

    async def _among_media(self) -> Published | None:
        """The one nearest to the call, of those that look alike."""
        story = kind_of(self.draft) == STORY
        params = {"fields": MEDIA_FIELDS, "limit": PAGE}
        if not story:
            params["since"] = str(int((self.since - SKEW).timestamp()))
        path = f"{self.account.remote_id}/{'stories' if story else 'media'}"
        listed = [each async for each in self.api.listed(path, Medium, params, pages=PAGES)]
        alike = [each for each in listed if self._is_alike(each)]
        found = min(alike, key=lambda each: abs(each.timestamp - self.since), default=None)
        return found.published(self.account) if found else None

    def _is_alike(self, medium: Medium) -> bool:
        if medium.id in self.known or medium.timestamp < self.since - SKEW:
            return False
        worded = kind_of(self.draft) == STORY or _words(medium.caption) == _words(self.draft.text)
        return worded and medium.media_type in {"", self._type()}

    def _type(self) -> str:
        kind, media = kind_of(self.draft), self.draft.media
        if kind == REEL:
            return "VIDEO"
        if len(media) > 1:
            return "CAROUSEL_ALBUM"
        return "VIDEO" if media and media[0].is_video else "IMAGE"

    async def comment(self, parent: Published) -> Published | None:
        params, found = {"fields": COMMENT_FIELDS, "limit": PAGE}, list[_Comment]()
        try:
            async for each in self.api.listed(f"{parent.remote_id}/comments", _Comment, params, pages=PAGES):
                found += [each] if self._is_own(each) else []
        except Gone:  # with its post
            return None
        nearest = min(found, key=lambda each: abs(each.timestamp - self.since), default=None)
        return Published(remote_id=nearest.id, url=parent.url) if nearest else None

    def _is_own(self, comment: _Comment) -> bool:
        own = comment.writer in {"", self.account.handle.lstrip("@")}
        fresh = comment.id not in self.known and comment.timestamp >= self.since - SKEW
        return own and fresh and _words(comment.text) == _words(self.draft.text)
