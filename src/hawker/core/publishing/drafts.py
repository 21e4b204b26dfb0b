"""A delivery as the draft that a connector takes."""

from hawker.connect.values import Draft, Media, Published
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Variant
from hawker.core.posts.values import COMMENT, POST, THREAD
from hawker.core.publishing import queries
from hawker.core.publishing.models import Delivery


def draft_of(row: Delivery) -> Draft:
    """`row` has its post with pictures and wordings, and what it follows, at hand."""
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
