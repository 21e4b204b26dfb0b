"""A post as Threads shows it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import BaseModel

from hawker.connect.meta_refusals import Name, Text
from hawker.connect.values import Account, Media, Published

FIELDS = "id,text,timestamp,permalink,media_type,username"
# Only replies have these, and asking any other list for them may be refused.
REPLY_FIELDS = f"{FIELDS},replied_to"
_FAR = datetime.max.replace(tzinfo=UTC)
# When a post was published, among the details of it that are kept.
AT = "at"


class _Node(BaseModel):
    id: Name = ""


class Post(BaseModel):
    id: Name
    text: Text = ""
    timestamp: datetime = _FAR
    permalink: Text = ""
    media_type: Text = ""
    username: Text = ""
    replied_to: _Node | None = None

    def published(self, account: Account) -> Published:
        known = self.timestamp < _FAR
        detail = {AT: str(int(self.timestamp.timestamp()))} if known else {}
        return Published(remote_id=self.id, url=self.permalink or account.url, detail=detail)


def kind_of(media: Sequence[Media]) -> str:
    """The `media_type` under which Threads will show a post of these."""
    if len(media) > 1:
        return "CAROUSEL_ALBUM"
    return ("VIDEO" if media[0].is_video else "IMAGE") if media else "TEXT_POST"
