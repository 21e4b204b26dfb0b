"""Reads of channels, as rows and as the accounts that connectors work with."""

from dataclasses import fields
from datetime import datetime
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db.models import Min, QuerySet

from hawker.connect.errors import SignInAgain
from hawker.connect.text import say
from hawker.connect.values import Account, Limits
from hawker.core.channels import rules
from hawker.core.channels.models import Channel, Registration
from hawker.core.channels.rules import State
from hawker.core.people.rules import Actor
from hawker.core.problems import NotFound
from hawker.core.seal import unseal

UNSEALABLE = say("Hawker cannot open its key to this channel any more. Sign in again.")


def channels(actor: Actor) -> QuerySet[Channel]:
    """The channels that are there, connected or waiting for their owner to sign in again."""
    found = Channel.objects.filter(workspace_id=actor.workspace).exclude(state=State.removed)
    return found.order_by("connected_at", "id")


def channel(actor: Actor, channel_id: UUID) -> Channel:
    """Raises NotFound."""
    found = channels(actor).filter(id=channel_id).first()
    if found is None:
        raise NotFound
    return found


def limits_of(channel: Channel) -> Limits:
    known = {field.name for field in fields(Limits)}
    said = {name: value for name, value in channel.limits.items() if name in known}
    return Limits(**{**said, "image_types": tuple(said["image_types"])})


def account_of(channel: Channel) -> Account:
    """Raises SignInAgain where no key opens the seal on the channel's secrets."""
    try:
        secrets = unseal(channel.secrets)
    except InvalidToken as error:
        raise SignInAgain(UNSEALABLE, code="seal") from error
    return Account(
        remote_id=channel.remote_id,
        handle=channel.handle,
        name=channel.name,
        server=channel.server,
        site=channel.site,
        url=channel.url,
        limits=limits_of(channel),
        secrets=secrets,
        expires_at=channel.expires_at,
    )


def to_check(now: datetime, *, rows: int) -> list[tuple[UUID, str, Account | None]]:
    """Connected channels of all workspaces whose server has not been asked for a day, with their platform;
    without an account where no key opens the seal on their secrets."""
    old = Channel.objects.filter(state=State.connected, checked_at__lt=now - rules.CHECK_EVERY)
    found: list[tuple[UUID, str, Account | None]] = []
    for row in old.order_by("checked_at")[:rows]:
        try:
            found.append((row.id, row.platform, account_of(row)))
        except SignInAgain:
            found.append((row.id, row.platform, None))
    return found


def next_check() -> datetime | None:
    """When the next connected channel will be due to be checked."""
    connected = Channel.objects.filter(state=State.connected)
    first: datetime | None = connected.aggregate(first=Min("checked_at"))["first"]
    return first and first + rules.CHECK_EVERY


def app_keys(platform: str) -> dict[str, str]:  # noqa: ARG001
    """The keys of the owner's developer app at a network, as this installation has them; empty where nobody
    entered any."""
    return {}


def registration(actor: Actor, platform: str, server: str) -> dict[str, str] | None:
    found = Registration.objects.filter(workspace_id=actor.workspace, platform=platform, server=server)
    row = found.first()
    return unseal(row.secrets) if row else None
