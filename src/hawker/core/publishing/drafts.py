"""What a delivery publishes, as the value that connectors take."""

from django.db.models import QuerySet, prefetch_related_objects

from hawker.connect.values import Draft, Media, Published
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Variant
from hawker.core.posts.values import COMMENT, POST, THREAD
from hawker.core.publishing import queries
from hawker.core.publishing.models import Delivery

READ = (
    *("workspace_id", "part", "state", "due_at", "look_at", "attempt", "tries", "key", "steps", "sent_at"),
    *("lease_token", "workspace__late_after"),
    *(f"follows__{name}" for name in ("part", "remote_id", "url", "remote_detail")),
    *(f"post__{name}" for name in ("text", "thread", "first_comment", "language")),
    *(f"channel__{name}" for name in ("platform", "remote_id", "handle", "name", "server", "site", "url")),
    *(f"channel__{name}" for name in ("limits", "secrets", "expires_at", "checked_at", "app")),
)
PARTS = ("post__attachments__media", "post__variants")


def at_hand(rows: list[Delivery]) -> list[Delivery]:
    """Fetches at once what `draft_of` reads of these."""
    prefetch_related_objects(rows, *PARTS)
    return rows


def related(found: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With all that a worker reads of a delivery in one query, and nothing else: it does so for each post."""
    return found.select_related("channel", "follows", "post", "workspace").only(*READ)


def draft_of(row: Delivery) -> Draft:
    variant = next((each for each in row.post.variants.all() if each.channel_id == row.channel_id), None)
    return Draft(
        key=row.key,
        text=_text(row, variant),
        language=row.post.language,
        media=_pictures(row),
        options=variant.options if variant else {},
        reply_to=_answered(row),
    )


def _text(row: Delivery, variant: Variant | None) -> str:
    if row.part == COMMENT:
        return row.post.first_comment
    if row.part != POST:
        text: str = row.post.thread[row.part - THREAD]
        return text
    return row.post.text if variant is None or variant.text is None else variant.text


def _pictures(row: Delivery) -> tuple[Media, ...]:
    return () if row.part == COMMENT else posts.pictures_of(row.post, row.part)


def _answered(row: Delivery) -> Published | None:
    """A part of a thread answers what it follows; the first comment comes last, yet answers the post."""
    leader = row.follows
    if leader is not None and row.part == COMMENT and leader.part != POST:
        leader = Delivery.objects.get(post=row.post_id, channel=row.channel_id, part=POST)
    return None if leader is None else queries.published_of(leader)
