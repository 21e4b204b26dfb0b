"""Channels: what is sent to connect one, and what is told of one. Never its secrets."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from hawker.api.schemas.platforms import LimitsOut, limits_of
from hawker.api.schemas.text import Line, Wish
from hawker.core.channels import queries
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import State


class ChannelIn(Wish):
    """`fields` answers those of a way that `GET /platforms` names; without `way` the first that can be
    gone without a browser."""

    platform: Line
    way: Line = ""
    fields: dict[Line, Line] = {}


class ChannelOut(Schema):
    """`limits` are what the account's own server takes."""

    id: UUID
    platform: str
    state: State
    handle: str
    name: str
    server: str
    url: str
    limits: LimitsOut
    connected_at: datetime
    checked_at: datetime
    expires_at: datetime | None


class ChannelsOut(Schema):
    channels: list[ChannelOut]


def channel_of(channel: Channel) -> ChannelOut:
    return ChannelOut(
        id=channel.id,
        platform=channel.platform,
        state=State(channel.state),
        handle=channel.handle,
        name=channel.name,
        server=channel.server,
        url=channel.url,
        limits=limits_of(queries.limits_of(channel)),
        connected_at=channel.connected_at,
        checked_at=channel.checked_at,
        expires_at=channel.expires_at,
    )
