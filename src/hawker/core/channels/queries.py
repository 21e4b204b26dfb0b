"""Reads of channels, as rows and as the accounts that connectors work with, and of the owner's own apps."""

import hashlib
import hmac
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db.models import Min, QuerySet

from hawker.connect.apps import VERSION
from hawker.connect.errors import SignInAgain
from hawker.connect.platform import Platform, always
from hawker.connect.registry import platforms
from hawker.connect.text import say
from hawker.connect.values import Account, Limits, Own
from hawker.core.channels import rules
from hawker.core.channels.models import AppKeys, Channel, Registration
from hawker.core.channels.reaching import Candidate
from hawker.core.channels.rules import Ending, State
from hawker.core.people.rules import Actor
from hawker.core.problems import NotFound
from hawker.core.seal import unseal

log = logging.getLogger(__name__)

# Under this name an app's keys hold what its network shows Hawker to prove that a webhook is meant for it.
VERIFY_TOKEN = "verify_token"  # noqa: S105
SHOWN, SHOWN_OF = 4, 12
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
    """Whatever an earlier Hawker kept of them."""
    known = {field.name for field in fields(Limits)}
    said = {name: value for name, value in channel.limits.items() if name in known}
    lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    own = tuple(Own(**each) for each in said.get("own", ()))
    return Limits(**{**said, **lists, "own": own})


Apps = Mapping[str, Mapping[str, str]]


def apps(names: Iterable[str]) -> Apps:
    """What connectors get as `Account.app`, by network. One query for all of these networks, and none where
    none of them asks for an app."""
    asked = [found for name in set(names) if (found := platforms().get(name)) and found.app]
    if not asked:
        return {}
    rows = AppKeys.objects.filter(platform__in=[each.name for each in asked])
    stored = {row.platform: _opened(row) for row in rows}
    return {each.name: _complete(each, stored.get(each.name, {})) for each in asked}


def app_of(platform: Platform) -> Mapping[str, str]:
    return apps([platform.name]).get(platform.name, {})


def app_keys(name: str) -> Mapping[str, str]:
    """As `app_of`, but empty where nobody entered any keys: what is told by a webhook is believed by these
    alone."""
    platform = platforms()[name]
    app = app_of(platform)
    return app if platform.app and platform.app.is_kept(app) else {}


def _opened(row: AppKeys) -> dict[str, str]:
    try:
        return unseal(row.secrets)
    except InvalidToken:
        log.warning("app.unsealable platform=%s", row.platform)
        return {}


def _complete(platform: Platform, stored: Mapping[str, str]) -> Mapping[str, str]:
    own = {VERIFY_TOKEN: _own_token(platform)} if platform.hears and stored else {}
    return {**own, **stored, VERSION: version_of(platform)}


def version_of(platform: Platform) -> str:
    """The edition of its API that this installation speaks."""
    asked: dict[str, str] = settings.API_VERSIONS
    named = asked.get(platform.name)
    return platform.app.version({VERSION: named} if named else {}) if platform.app else ""


def verify_token(platform: Platform) -> str:
    """What is to be entered at the network beside the address of webhooks; empty where it tells nothing, or
    no keys are stored."""
    return app_keys(platform.name).get(VERIFY_TOKEN, "") if platform.hears else ""


def _own_token(platform: Platform) -> str:
    """Of this installation only, and the same at every look."""
    words = f"webhook of {platform.name}".encode()
    return hmac.new(str(settings.SECRET_KEY).encode(), words, hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """That keys are stored, and what may be shown of each: its last letters, or nothing of a short one."""

    changed_at: datetime
    ends: Mapping[str, str]


def kept_apps() -> dict[str, Kept]:
    """Of the networks whose keys are stored."""
    found = ((row.platform, _kept(row)) for row in AppKeys.objects.all())
    return {name: kept for name, kept in found if kept}


def kept_app(platform: Platform) -> Kept | None:
    """None: the keys are still to be entered."""
    row = AppKeys.objects.filter(platform=platform.name).first()
    return _kept(row) if row else None


def _kept(row: AppKeys) -> Kept | None:
    opened, network = _opened(row), platforms().get(row.platform)
    if network is None or network.app is None or not network.app.is_kept(opened):
        return None
    typed = {field.name: opened.get(field.name, "") for field in network.app.fields}
    ends = {name: key[-SHOWN:] if len(key) >= SHOWN_OF else "" for name, key in typed.items() if key}
    return Kept(changed_at=row.changed_at, ends=ends)


def sunset_of(platform: Platform) -> date | None:
    """The day on which the edition that this installation speaks ends, as far as that is known."""
    versions = platform.app.versions if platform.app else ()
    return next((each.sunset for each in versions if each.name == version_of(platform)), None)


def endings(today: date) -> dict[str, Ending]:
    """The networks that end, or ended, the edition of their API that this installation speaks."""
    found = {
        name: rules.ending(platform.app.versions, version_of(platform), today)
        for name, platform in platforms().items()
        if platform.app
    }
    return {name: ending for name, ending in found.items() if ending}


def keys_ending(now: datetime) -> QuerySet[Channel]:
    """Connected channels whose key ends within days, at networks where not every key can be renewed."""
    names = [each.name for each in platforms().values() if each.renews is not always]
    soon = {"expires_at__gt": now, "expires_at__lte": now + rules.KEY_WARNING}
    return Channel.objects.filter(platform__in=names, state=State.connected, **soon)


def is_renewed(channel: Channel) -> bool:
    """Whether Hawker renews its key by itself. One that cannot be unsealed is told of by the check."""
    try:
        account = account_of(channel)
    except SignInAgain:
        return True
    return platforms()[channel.platform].renews(account)


def candidates(actor: Actor, platform: str, accounts: Iterable[Account]) -> list[Candidate]:
    """What a sign-in opened, as its owner tells one from the other."""
    connected = set(channels(actor).filter(platform=platform).values_list("remote_id", flat=True))
    return [
        Candidate(
            remote_id=account.remote_id,
            handle=account.handle,
            name=account.name,
            url=account.url,
            connected=account.remote_id in connected,
        )
        for account in accounts
    ]


def stopped_without(actor: Actor, platform: Platform) -> tuple[list[Channel], int]:
    """The channels that work through the app at a network: of this business, and how many of others."""
    through = Channel.objects.filter(platform=platform.name).exclude(state=State.removed)
    own = channels(actor).filter(platform=platform.name)
    return list(own), through.exclude(workspace_id=actor.workspace).count()


def account_of(channel: Channel, known: Apps | None = None) -> Account:
    """`known`: the apps of the networks of many channels, read at once. Raises SignInAgain where no key opens
    the seal on the channel's secrets."""
    found = apps([channel.platform]) if known is None else known
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
        app=found.get(channel.platform, {}),
    )


def latest_account(channel_id: UUID) -> Account:
    """As it is kept now. Raises SignInAgain as `account_of` does."""
    return account_of(Channel.objects.get(id=channel_id))


def to_check(now: datetime, *, rows: int) -> list[tuple[UUID, str, Account | None]]:
    """Connected channels of all workspaces whose server has not been asked for a day, with their platform;
    without an account where no key opens the seal on their secrets."""
    old = Channel.objects.filter(state=State.connected, checked_at__lt=now - rules.CHECK_EVERY)
    due = list(old.order_by("checked_at")[:rows])
    known = apps(row.platform for row in due)
    found: list[tuple[UUID, str, Account | None]] = []
    for row in due:
        try:
            found.append((row.id, row.platform, account_of(row, known)))
        except SignInAgain:
            found.append((row.id, row.platform, None))
    return found


def next_check() -> datetime | None:
    """When the next connected channel will be due to be checked."""
    connected = Channel.objects.filter(state=State.connected)
    first: datetime | None = connected.aggregate(first=Min("checked_at"))["first"]
    return first and first + rules.CHECK_EVERY


def registration(actor: Actor, platform: str, server: str) -> dict[str, str] | None:
    found = Registration.objects.filter(workspace_id=actor.workspace, platform=platform, server=server)
    row = found.first()
    return unseal(row.secrets) if row else None
