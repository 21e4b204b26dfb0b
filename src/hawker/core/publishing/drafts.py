"""What a delivery publishes, as the value that connectors take."""

from django.db.models import QuerySet, prefetch_related_objects

from hawker.connect.values import Draft
from hawker.core.posts import queries as posts
from hawker.core.publishing import queries
from hawker.core.publishing.models import Delivery

PARTS = ("post__attachments__media", "post__variants")


def at_hand(rows: list[Delivery]) -> list[Delivery]:
    """Fetches at once what `draft_of` reads of these."""
    prefetch_related_objects(rows, *PARTS)
    return rows


def related(found: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return found.select_related("channel", "follows", "post")


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
