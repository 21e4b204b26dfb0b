"""/posts."""

from datetime import datetime
from uuid import UUID

from ninja import HeaderEx, P, QueryEx, Router
from ninja.responses import Status

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas import pages, times
from hawker.api.schemas.checks import CheckOut, check_of
from hawker.api.schemas.posts import PostOut, PostsOut, post_of, posts_of
from hawker.api.schemas.writing import PostChange, PostIn, TimeIn, Words, says, writing_of
from hawker.core.people import queries as people
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.planning import queue
from hawker.core.posts import queries as posts
from hawker.core.posts.values import Writing
from hawker.core.publishing import actions, queries
from hawker.core.publishing.queries import Shelf

router = Router(tags=["posts"])
A_PAGE = 100
AS_PLANNED = TimeIn()


@router.get("/posts", response={200: PostsOut, **ANSWERS})
def list_posts(
    request: Asked, state: Shelf = Shelf.all, before: str = "", limit: QueryEx[int, P(ge=1, le=A_PAGE)] = 20
) -> PostsOut:
    """The business's posts, the newest first."""
    mark = pages.read(before) if before else None
    found = queries.page(request.auth, state, before=mark, rows=limit + 1)
    shown = found[:limit]
    following = pages.write(shown[-1]) if len(found) > limit else None
    return PostsOut(posts=posts_of(shown), next=following)


@router.post("/posts", response={201: PostOut, **ANSWERS})
def create_post(
    request: Asked, wish: PostIn, key: HeaderEx[str, P(alias="Idempotency-Key", max_length=200)] = ""
) -> Status[PostOut]:
    """Writes a post and sends it out: at `at`, else now; with `draft` it is only written.

    With the header `Idempotency-Key`, the same request makes one post only, however often it comes within
    24 hours.
    """
    business = people.workspace(request.auth.workspace)
    writing = writing_of(wish, Writing(text="", language=business.language))
    if wish.queue:
        return Status(201, post_of(queue.compose(request.auth, writing, key=key)))
    at = times.instant(wish.at, business.time_zone) if wish.at else None
    return Status(201, post_of(actions.compose(request.auth, writing, at, draft=wish.draft, key=key)))


@router.post("/posts/check", response={200: CheckOut, **ANSWERS})
def check_post(request: Asked, wish: Words) -> CheckOut:
    """What the networks would refuse of a post, what Hawker would make of its pictures and videos, and what
    the post costs. Nothing is kept."""
    require(request.auth, Right.write_posts)
    business = people.workspace(request.auth.workspace)
    writing = writing_of(wish, Writing(text="", language=business.language))
    return check_of(posts.reviews(request.auth, writing))


@router.get("/posts/{post_id}", response={200: PostOut, **ANSWERS})
def show_post(request: Asked, post_id: UUID) -> PostOut:
    return post_of(queries.post(request.auth, post_id))


@router.patch("/posts/{post_id}", response={200: PostOut, **ANSWERS})
def change_post(request: Asked, post_id: UUID, wish: PostChange) -> PostOut:
    """Changes what is named, as long as it has not gone out; `at` moves the post."""
    post, at = queries.post(request.auth, post_id), _at(request, wish.at)
    if at and not says(wish) and queries.is_planned(post):
        return post_of(actions.move(request.auth, post_id, at))
    writing = writing_of(wish, posts.writing_of(post))
    return post_of(actions.rewrite(request.auth, post_id, writing, at))


@router.delete("/posts/{post_id}", response={204: None, **ANSWERS})
def delete_post(request: Asked, post_id: UUID) -> Status[None]:
    """Deletes a post of which nothing is on a network."""
    actions.delete(request.auth, post_id)
    return Status(204, None)


@router.post("/posts/{post_id}/schedule", response={200: PostOut, **ANSWERS})
def schedule_post(request: Asked, post_id: UUID, wish: TimeIn = AS_PLANNED) -> PostOut:
    """Sends a draft out: at `at`, else at its own time, else now."""
    planned = queries.post(request.auth, post_id).planned_at
    return post_of(actions.schedule(request.auth, post_id, _at(request, wish.at) or planned))


@router.post("/posts/{post_id}/hold", response={200: PostOut, **ANSWERS})
def hold_post(request: Asked, post_id: UUID) -> PostOut:
    """Keeps a post back until somebody resumes it."""
    return post_of(actions.hold(request.auth, post_id))


@router.post("/posts/{post_id}/resume", response={200: PostOut, **ANSWERS})
def resume_post(request: Asked, post_id: UUID) -> PostOut:
    """Lets a held post go on: at its time, or now where that has passed."""
    return post_of(actions.resume(request.auth, post_id))


@router.post("/posts/{post_id}/cancel", response={200: PostOut, **ANSWERS})
def cancel_post(request: Asked, post_id: UUID) -> PostOut:
    """Stops what has not been sent."""
    return post_of(actions.cancel(request.auth, post_id))


def _at(request: Asked, text: str) -> datetime | None:
    if not text:
        return None
    return times.instant(text, people.workspace(request.auth.workspace).time_zone)
