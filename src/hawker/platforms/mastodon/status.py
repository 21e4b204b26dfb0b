"""A post as servers describe it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hawker.connect.values import Published
from hawker.platforms.mastodon.entity import Entity

# A server that hides when a post was made must not hide the post itself from a search by time.
UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Status:
    """`text` is what the author typed, where the server tells; `content` is the HTML made of it."""

    id: str
    url: str
    created_at: datetime
    content: str
    text: str
    warning: str
    reply_to: str
    attachments: tuple[str, ...]

    def published(self) -> Published:
        return Published(remote_id=self.id, url=self.url)


def read_status(said: Entity) -> Status | None:
    """None where this is no status."""
    if not said.text("id"):
        return None
    return Status(
        id=said.text("id"),
        url=said.web_address("url") or said.web_address("uri"),
        created_at=said.moment("created_at") or UNDATED,
        content=said.text("content"),
        text=said.text("text"),
        warning=said.text("spoiler_text"),
        reply_to=said.text("in_reply_to_id"),
        attachments=tuple(each.text("id") for each in said.entities("media_attachments")),
    )
