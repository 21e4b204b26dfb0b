"""Channels: what is sent to connect one, and what is told of one. Never its secrets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils import timezone
from ninja import Schema

from hawker.api.schemas.platforms import LimitsOut, limits_of
from hawker.api.schemas.text import Line, Wish
from hawker.connect.budgets import Scope
from hawker.core.channels import queries
from hawker.core.channels.budgets import Remaining, remaining
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import State
from hawker.core.speech import speak


class ChannelIn(Wish):
    """`fields` answers those of a way that `GET /platforms` names; without `way` the first that can be
    gone without a browser. `accounts`: of the accounts that the sign-in opens, the ids of those to connect,
    or `all`; needed where there are several."""

    platform: Line
    way: Line = ""
    fields: dict[Line, Line] = {}
    accounts: list[Line] | Literal["all"] | None = None


class BudgetOut(Schema):
    """What the network still takes until `resets_at`, from the `channel` or from all that come through the
    same `app`. `limit` and `left` are in the unit that `title` names."""

    name: str
    title: str
    scope: Scope
    limit: int
    left: int
    resets_at: datetime


class ChannelOut(Schema):
    """`limits` are what the account's own server takes, `budgets` what is known to be left of what it takes
    in a time."""

    id: UUID
    platform: str
    state: State
    handle: str
    name: str
    server: str
    url: str
    limits: LimitsOut
    budgets: list[BudgetOut]
    connected_at: datetime
    checked_at: datetime
    expires_at: datetime | None


class ChannelsOut(Schema):
    channels: list[ChannelOut]


def channels_of(channels: Sequence[Channel]) -> list[ChannelOut]:
    known = remaining(channels, timezone.now())
    return [_channel(each, known[each.id]) for each in channels]


def channel_of(channel: Channel) -> ChannelOut:
    return channels_of([channel])[0]


def _budget(found: Remaining) -> BudgetOut:
    return BudgetOut(
        name=found.budget.name,
        title=speak(found.budget.title),
        scope=found.budget.scope,
        limit=found.level.limit,
        left=found.level.left,
        resets_at=found.level.resets_at,
    )


def _channel(channel: Channel, budgets: Sequence[Remaining]) -> ChannelOut:
    return ChannelOut(
        id=channel.id,
        platform=channel.platform,
        state=State(channel.state),
        handle=channel.handle,
        name=channel.name,
        server=channel.server,
        url=channel.url,
        limits=limits_of(queries.limits_of(channel)),
        budgets=[_budget(each) for each in budgets],
        connected_at=channel.connected_at,
        checked_at=channel.checked_at,
        expires_at=channel.expires_at,
    )
