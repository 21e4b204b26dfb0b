"""/deliveries: one post on one channel."""

from uuid import UUID

from ninja import Router, Schema

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS, NETWORK_ANSWERS
from hawker.api.schemas.posts import DeliveryOut, delivery_of
from hawker.core.publishing import actions

router = Router(tags=["deliveries"])


class Settlement(Schema):
    """What its owner saw at the network; `url` is where she found the post."""

    there: bool
    url: str = ""


class Posted(Schema):
    """Where it is, as a web address; empty where the network has none."""

    url: str = ""


@router.post("/deliveries/{delivery_id}/retry", response={200: DeliveryOut, **ANSWERS})
def retry_delivery(request: Asked, delivery_id: UUID) -> DeliveryOut:
    """Sends what failed, came too late or was cancelled, now."""
    return delivery_of(actions.retry(request.auth, delivery_id))


@router.post("/deliveries/{delivery_id}/cancel", response={200: DeliveryOut, **ANSWERS})
def cancel_delivery(request: Asked, delivery_id: UUID) -> DeliveryOut:
    """Spares one channel a post that has not been sent, with what follows it there."""
    return delivery_of(actions.cancel_delivery(request.auth, delivery_id))


@router.post("/deliveries/{delivery_id}/settle", response={200: DeliveryOut, **ANSWERS})
def settle_delivery(request: Asked, delivery_id: UUID, body: Settlement) -> DeliveryOut:
    """Says of an unknown post, which Hawker cannot look for, whether it is on the network."""
    return delivery_of(actions.settle(request.auth, delivery_id, there=body.there, url=body.url))


@router.post("/deliveries/{delivery_id}/done", response={200: DeliveryOut, **ANSWERS})
def done_delivery(request: Asked, delivery_id: UUID, body: Posted) -> DeliveryOut:
    """Says of a handed post, which Hawker cannot send itself, that it has been posted."""
    return delivery_of(actions.done(request.auth, delivery_id, url=body.url))


@router.post("/deliveries/{delivery_id}/take-down", response={200: DeliveryOut, **NETWORK_ANSWERS})
def take_down_delivery(request: Asked, delivery_id: UUID) -> DeliveryOut:
    """Takes what is published off its network."""
    return delivery_of(actions.take_down(request.auth, delivery_id))
