"""What a delivery publishes, as the value that connectors take."""

from django.db.models import QuerySet, prefetch_related_objects

from hawker.connect.values import Draft
from hawker.core.posts import queries as posts
from hawker.core.publishing import queries
from hawker.core.publishing.models import Delivery

READ = (
    "workspace__late_after",
    *(
        "workspace_id",
        "part",
        "state",
        "due_at",
        "attempt",
        "tries",
        "key",
        "steps",
        "sent_at",
        "lease_token",
    ),
    *("follows__remote_id", "follows__url", "follows__remote_detail"),
    *("post__text", "post__first_comment", "post__language"),
    *(f"channel__{name}" for name in ("platform", "remote_id", "handle", "name", "server", "site", "url")),
    *(f"channel__{name}" for name in ("limits", "secrets", "expires_at", "checked_at")),
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
    options = variant.options if variant else {}
    if row.follows is not None:
        leader = queries.published_of(row.follows)
        text = row.post.first_comment
        return Draft(key=row.key, text=text, language=row.post.language, options=options, reply_to=leader)
    text = row.post.text if variant is None or variant.text is None else variant.text
    pictures = posts.pictures_of(row.post)
    return Draft(key=row.key, text=text, language=row.post.language, options=options, media=pictures)
