"""What a delivery publishes, as the value that connectors take."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from hawker.connect.values import Draft, Published, Recipient
from hawker.core.contacts import queries as contacts
from hawker.core.posts import queries as posts
from hawker.core.posts.queries import Contents
from hawker.core.posts.values import COMMENT, POST, THREAD
from hawker.core.publishing import queries
from hawker.core.publishing.models import Delivery

READ = (
    *("workspace_id", "part", "state", "due_at", "look_at", "attempt", "tries", "key", "steps", "sent_at"),
    *("lease_token", "contact_id", "recipient"),
    *(f"follows__{name}" for name in ("part", "remote_id", "url", "remote_detail")),
    *(f"post__{name}" for name in ("text", "thread", "first_comment", "language")),
    *(f"channel__{name}" for name in ("platform", "remote_id", "handle", "name", "server", "site", "url")),
    *(f"channel__{name}" for name in ("limits", "secrets", "expires_at", "checked_at", "app")),
)


def related(found: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With all that a worker reads of a delivery in one query, and nothing else: it does so for each post."""
    rows = found.select_related("channel", "follows", "post").only(*READ)
    return rows.annotate(late_after=F("workspace__late_after"))


def late_after(row: Delivery) -> timedelta:
    """How late it may be, as its business has it."""
    limit: timedelta = vars(row)["late_after"]
    return limit


def drafts_of(rows: Collection[Delivery]) -> dict[UUID, Draft]:
    """Of deliveries as `related` reads them, by their ids."""
    contents = posts.contents({row.post_id for row in rows})
    people = contacts.recipients({(row.contact_id, row.channel_id) for row in rows if row.contact_id})
    return {row.id: _draft(row, contents, people) for row in rows}


def _draft(row: Delivery, contents: Contents, people: Mapping[tuple[UUID, UUID], Recipient]) -> Draft:
    text, options = contents.wordings.get((row.post_id, row.channel_id), (None, {}))
    return Draft(
        key=row.key,
        text=_text(row, text),
        language=row.post.language,
        media=contents.pictures.get((row.post_id, row.part), ()),
        options=options,
        reply_to=_answered(row),
        to=_to(row, people),
    )


def _to(row: Delivery, people: Mapping[tuple[UUID, UUID], Recipient]) -> Recipient | None:
    """Somebody without an address, where she was forgotten since: a message that may have gone out to her is
    still looked for by its key."""
    if row.recipient is None:
        return None
    found = people.get((row.contact_id, row.channel_id)) if row.contact_id else None
    return found or Recipient(address="")


def _text(row: Delivery, wording: str | None) -> str:
    if row.part == COMMENT:
        return row.post.first_comment
    if row.part != POST:
        text: str = row.post.thread[row.part - THREAD]
        return text
    return row.post.text if wording is None else wording


def _answered(row: Delivery) -> Published | None:
    """A part of a thread answers what it follows; the first comment comes last, yet answers the post."""
    leader = row.follows
    if leader is not None and row.part == COMMENT and leader.part != POST:
        leader = Delivery.objects.get(post=row.post_id, channel=row.channel_id, part=POST)
    return None if leader is None else queries.published_of(leader)
