"""/posts/…/messages: what is asked of all messages of a post on one channel."""

from uuid import UUID

from ninja import Router, Schema

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.posts import PostOut, post_of
from hawker.core.publishing import actions

router = Router(tags=["messages"])


class Arrival(Schema):
    """What its owner found out of the messages of which nobody knows."""

    there: bool


@router.post("/posts/{post_id}/messages/{channel_id}/retry", response={200: PostOut, **ANSWERS})
def retry_messages(request: Asked, post_id: UUID, channel_id: UUID) -> PostOut:
    """Sends what failed or came too late, now; where nothing did, what was cancelled."""
    return post_of(actions.retry_messages(request.auth, post_id, channel_id))


@router.post("/posts/{post_id}/messages/{channel_id}/cancel", response={200: PostOut, **ANSWERS})
def cancel_messages(request: Asked, post_id: UUID, channel_id: UUID) -> PostOut:
    """Stops what has not been sent."""
    return post_of(actions.cancel_messages(request.auth, post_id, channel_id))


@router.post("/posts/{post_id}/messages/{channel_id}/settle", response={200: PostOut, **ANSWERS})
def settle_messages(request: Asked, post_id: UUID, channel_id: UUID, body: Arrival) -> PostOut:
    """Says of the messages of which nobody knows, whether they arrived; if not, they are sent again."""
    return post_of(actions.settle_messages(request.auth, post_id, channel_id, there=body.there))
