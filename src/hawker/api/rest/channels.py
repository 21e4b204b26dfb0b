"""/channels."""

from collections.abc import Mapping
from uuid import UUID

from ninja import Router
from ninja.responses import Status

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS, NETWORK_ANSWERS
from hawker.api.schemas.channels import ChannelIn, ChannelOut, ChannelsOut, channel_of, channels_of
from hawker.connect.text import say
from hawker.core.channels import actions, queries, reaching
from hawker.core.problems import Invalid, Problem

router = Router(tags=["channels"])


@router.get("/channels", response={200: ChannelsOut, **ANSWERS})
def list_channels(request: Asked) -> ChannelsOut:
    """The business's channels, the longest-standing first."""
    return ChannelsOut(channels=channels_of(list(queries.channels(request.auth))))


@router.post("/channels", response={201: ChannelOut | ChannelsOut, **NETWORK_ANSWERS})
def connect_channel(request: Asked, wish: ChannelIn) -> Status[ChannelOut | ChannelsOut]:
    """Connects an account, or connects it again, with what its network's way of signing in asks for.

    One sign-in may open several accounts. Without `accounts` they are then named in a refusal (409, code
    `several`) and none is connected: send the same again with a choice. With `accounts` a list is answered.
    """
    _refuse_unknown(wish.platform, wish.way, wish.fields)
    signed = (request.auth, wish.platform, wish.way, wish.fields)
    if wish.accounts is None:
        return Status(201, channel_of(actions.connect(*signed)))
    opened = actions.open_up(*signed)
    chosen = opened if wish.accounts == "all" else reaching.chosen(opened, wish.accounts)
    return Status(201, ChannelsOut(channels=channels_of(actions.keep(request.auth, wish.platform, chosen))))


@router.get("/channels/{channel_id}", response={200: ChannelOut, **ANSWERS})
def show_channel(request: Asked, channel_id: UUID) -> ChannelOut:
    return channel_of(queries.channel(request.auth, channel_id))


@router.post("/channels/{channel_id}/check", response={200: ChannelOut, **NETWORK_ANSWERS})
def check_channel(request: Asked, channel_id: UUID) -> ChannelOut:
    """Asks the network who this is and what it allows now."""
    return channel_of(actions.check(request.auth, channel_id))


@router.delete("/channels/{channel_id}", response={204: None, **ANSWERS})
def remove_channel(request: Asked, channel_id: UUID) -> Status[None]:
    """Forgets the channel's secrets. What was published stays on its network."""
    actions.remove(request.auth, channel_id)
    return Status(204, None)


def _refuse_unknown(platform: str, way_name: str, fields: Mapping[str, str]) -> None:
    _, way = actions.find_way(platform, way_name)
    known = [field.name for field in way.fields]
    unknown = [name for name in fields if name not in known]
    asked = ", ".join(known)
    if unknown:
        raise Invalid(
            [
                Problem(field=name, sentence=say("This is not asked for. Give: %(asked)s.", asked=asked))
                for name in unknown
            ]
        )
