"""Where one page of posts ends, as a word that the next request brings along."""

from datetime import UTC, datetime
from uuid import UUID

from hawker.connect.text import say
from hawker.core.posts.models import Post
from hawker.core.problems import invalid
from hawker.core.publishing.queries import Mark

TIME = "%Y%m%dT%H%M%S.%f"


def write(post: Post) -> str:
    return f"{post.created_at.astimezone(UTC).strftime(TIME)}_{post.id}"


def read(text: str) -> Mark:
    """Raises Invalid for what `write` did not make."""
    created_at, _, post_id = text.partition("_")
    try:
        return Mark(created_at=datetime.strptime(created_at, TIME).replace(tzinfo=UTC), id=UUID(post_id))
    except ValueError as error:
        raise invalid("before", say("Give the value of “next” from the page before.")) from error
