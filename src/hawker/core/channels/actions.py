"""Connecting, checking and removing channels, keeping their secrets alive, and keeping the keys of an owner's
own apps."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hawker.connect.abilities import Errand, Way
from hawker.connect.apps import PLACES, App
from hawker.connect.errors import KeyExpired, Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Heard, Http
from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.core.bridge import ask
from hawker.core.channels import budgets, queries, reaching, rules
from hawker.core.channels.models import NAME_LENGTH, AppKeys, Channel, Registration
from hawker.core.channels.reaching import Several
from hawker.core.channels.rules import State
from hawker.core.people.actions import note, require, require_installation
from hawker.core.people.rules import Actor, Right
from hawker.core.problems import Conflict, Invalid, NotFound, Problem, invalid
from hawker.core.seal import seal


@transaction.atomic
def keep_app(actor: Actor, platform_name: str, typed: Mapping[str, str]) -> None:
    """Keeps the keys of the owner's app at a network, for all businesses of this installation, in place of
    those before; where the network is stays as it was, unless that is said. Raises NotAllowed, and Invalid
    with what is to be mended."""
    platform, app = find_app(platform_name)
    require_installation(actor)
    keys = {name: value.strip() for name, value in typed.items() if value.strip()}
    missing = [field.name for field in app.fields if field.required and field.name not in keys]
    problems = [Problem(field=name, sentence=say("Fill this in.")) for name in missing]
    strange = say("This is not asked for. Give: %(asked)s.", asked=", ".join(app.names))
    problems += [Problem(field=name, sentence=strange) for name in typed if name not in app.names]
    if problems:
        raise Invalid(problems)
    before = queries.app_of(platform)
    places = {name: before[name] for name in PLACES if name in before}
    kept = {"secrets": seal({**places, **keys}), "changed_at": timezone.now()}
    AppKeys.objects.update_or_create(platform=platform.name, defaults=kept)
    note(actor, "kept", "app", network=platform.title)


@transaction.atomic
def forget_app(actor: Actor, platform_name: str) -> None:
    """What waits for channels that came through the app goes on waiting. Raises NotAllowed and NotFound."""
    platform, _ = find_app(platform_name)
    require_installation(actor)
    gone, _ = AppKeys.objects.filter(platform=platform.name).delete()
    if not gone:
        raise NotFound
    note(actor, "forgot", "app", network=platform.title)


def find_app(platform_name: str) -> tuple[Platform, App]:
    """Raises NotFound for an unknown network, and for one that asks for no app."""
    platform = platforms().get(platform_name)
    if platform is None or platform.app is None:
        raise NotFound
    return platform, platform.app


def connect(actor: Actor, platform_name: str, way_name: str, typed: Mapping[str, str]) -> Channel:
    """Signs in with what was typed, and connects the account that this opens. Raises as `open_up` does, and
    Several where it opens more than one."""
    accounts = open_up(actor, platform_name, way_name, typed)
    if len(accounts) > 1:
        raise Several(queries.candidates(actor, platform_name, accounts))
    return keep(actor, platform_name, accounts)[0]


def open_up(actor: Actor, platform_name: str, way_name: str, typed: Mapping[str, str]) -> list[Account]:
    """Signs in with what was typed; gives what that opens, of which nothing is connected yet. Raises Invalid
    for what the owner can mend, Conflict where the keys of her app are lacking, NetworkError otherwise."""
    require(actor, Right.manage_channels)
    platform, way = find_way(platform_name, way_name)
    if way.redirects:
        raise invalid("way", say("This way goes on in a browser. Connect the channel on Hawker's own page."))
    filled, app = _filled(way, typed), _app(platform)
    fields = {**filled, **app, **{name: value for name, value in filled.items() if value}}
    return _reached(platform, app, lambda http: platform.signs_in.sign_in(http, way.name, fields))


def start(actor: Actor, platform_name: str, way_name: str, typed: Mapping[str, str], *, back: str) -> Errand:
    """Begins a sign-in at the network itself. Raises as `open_up` does."""
    require(actor, Right.manage_channels)
    platform, way = find_way(platform_name, way_name)
    fields = _filled(way, typed)
    server = fields.get("server", "")
    app = _app(platform) if platform.app else queries.registration(actor, platform.name, server)
    try:
        errand, registered = ask(
            lambda http: platform.signs_in.start(http, way.name, fields, back=back, app=app)
        )
    except Refused as error:
        raise _as_invalid(error) from error
    if platform.app is None:
        Registration.objects.update_or_create(
            workspace_id=actor.workspace,
            platform=platform.name,
            server=server,
            defaults={"secrets": seal(registered)},
        )
    return errand


def finish(
    actor: Actor, platform_name: str, memory: Mapping[str, str], answer: Mapping[str, str]
) -> list[Account]:
    """Ends what `start` began; gives what that opens, of which nothing is connected yet. Raises as `open_up`
    does."""
    require(actor, Right.manage_channels)
    platform = find_platform(platform_name)
    app = _app(platform)
    return _reached(platform, app, lambda http: platform.signs_in.finish(http, memory, answer))


@transaction.atomic
def keep(actor: Actor, platform_name: str, accounts: Sequence[Account]) -> list[Channel]:
    """Connects accounts that a sign-in opened, or connects them again."""
    require(actor, Right.manage_channels)
    platform = find_platform(platform_name)
    app = queries.app_of(platform)
    return [_keep(actor, platform, replace(account, app=app)) for account in accounts]


def _reached(
    platform: Platform, app: Mapping[str, str], sign_in: Callable[[Http], Awaitable[Account]]
) -> list[Account]:
    async def asked(http: Http) -> list[Account]:
        person = replace(await sign_in(http), app=app)
        return await reaching.reached(http, platform, person)

    try:
        return ask(asked)
    except Refused as error:
        raise _as_invalid(error) from error


def _app(platform: Platform) -> Mapping[str, str]:
    """Raises Conflict where a network needs the keys of the owner's app, and they are not entered."""
    app = queries.app_of(platform)
    if platform.app is None or platform.app.is_kept(app):
        return app
    raise Conflict(
        say(
            "Hawker has no keys of a developer app at %(network)s yet. Whoever runs this Hawker enters them "
            "once, under Channels.",
            network=platform.title,
        )
    )


def check(actor: Actor, channel_id: UUID) -> Channel:
    """Asks the network who this is now. Raises NetworkError; a dead key marks the channel first."""
    require(actor, Right.manage_channels)
    channel = queries.channel(actor, channel_id)
    try:
        account, heard = _checked(channel)
    except KeyExpired:
        expire(channel.id, timezone.now())
        channel.refresh_from_db()
        account, heard = _checked(channel)
    keep_facts(channel.id, find_platform(channel.platform), account, heard)
    channel.refresh_from_db()
    return channel


def _checked(channel: Channel) -> tuple[Account, list[Heard]]:
    account, signs_in = usable(channel), find_platform(channel.platform).signs_in
    heard = list[Heard]()
    try:
        checked = ask(lambda http: signs_in.check(http.heard_by(heard.append), account))
    except SignInAgain:
        mark_signed_out(channel.id)
        raise
    return replace(checked, app=account.app), heard


def usable(channel: Channel) -> Account:
    """The channel's account with secrets that last, refreshed where they run out. Raises NetworkError."""
    now = timezone.now()
    try:
        account = queries.account_of(channel)
    except SignInAgain:
        mark_signed_out(channel.id)
        raise
    if not rules.must_refresh(account.expires_at, now):
        return account
    if not lock_refresh(channel.id, now):
        raise Later(say("Hawker is renewing its key to this channel. Try again in a moment."))
    # Another one may have renewed them before the lock was free.
    account = queries.latest_account(channel.id)
    if not rules.must_refresh(account.expires_at, now):
        unlock_refresh(channel.id)
        return account
    signs_in = find_platform(channel.platform).signs_in
    try:
        renewed = ask(lambda http: signs_in.refresh(http, account))
    except SignInAgain:
        mark_signed_out(channel.id)
        raise
    except NetworkError:
        unlock_refresh(channel.id)
        if account.expires_at and account.expires_at > now:
            return account
        raise
    renew(channel.id, renewed)
    return replace(renewed, app=account.app)


@transaction.atomic
def remove(actor: Actor, channel_id: UUID) -> None:
    """Forgets the secrets; the posts that went out stay in the records."""
    require(actor, Right.manage_channels)
    channel = queries.channel(actor, channel_id)
    channel.state, channel.secrets, channel.signed_out_at = State.removed, seal({}), None
    channel.save(update_fields=["state", "secrets", "signed_out_at"])
    note(actor, "removed", "channel", channel.id, handle=channel.handle, platform=channel.platform)


def renew(channel_id: UUID, account: Account) -> None:
    """Keeps an account's fresh secrets and frees the refresh lock."""
    Channel.objects.filter(id=channel_id).exclude(state=State.removed).update(
        secrets=seal(account.secrets),
        expires_at=account.expires_at,
        state=State.connected,
        refresh_lease=None,
        signed_out_at=None,
    )


def keep_facts(channel_id: UUID, platform: Platform, account: Account, heard: Iterable[Heard]) -> None:
    """Keeps what the network said of an account, but its secrets: they may have been refreshed meanwhile.
    Of what it told of budgets in the answers that were `heard`, only those that prices name."""
    facts, now = _columns(platform, account), timezone.now()
    del facts["secrets"], facts["expires_at"]
    Channel.objects.filter(id=channel_id).exclude(state=State.removed).update(
        **facts, state=State.connected, checked_at=now, signed_out_at=None
    )
    budgets.learn_prices(channel_id, platform, heard, now)


def lock_refresh(channel_id: UUID, now: datetime) -> bool:
    """Takes the one lock under which a channel's secrets are refreshed; it opens by itself after a minute,
    and at once where a clock that was ahead has closed it."""
    over = Q(refresh_lease__lt=now) | Q(refresh_lease__gt=now + 2 * rules.REFRESH_LEASE)
    free = Q(refresh_lease=None) | over
    found = Channel.objects.filter(free, id=channel_id)
    return found.update(refresh_lease=now + rules.REFRESH_LEASE) == 1


def unlock_refresh(channel_id: UUID) -> None:
    Channel.objects.filter(id=channel_id).update(refresh_lease=None)


def expire(channel_id: UUID, now: datetime) -> None:
    """The network said that the secrets have run out: they are refreshed before the next use."""
    Channel.objects.filter(id=channel_id).update(expires_at=now)


def check_later(channels: Sequence[UUID], now: datetime) -> None:
    """Unless something is heard of these, they are checked again in an hour."""
    Channel.objects.filter(id__in=channels).update(checked_at=now - rules.CHECK_EVERY + rules.CHECK_AGAIN)


def mark_signed_out(channel_id: UUID) -> None:
    """The network said that the key is dead: only its owner can help."""
    Channel.objects.filter(id=channel_id, state=State.connected).update(
        state=State.needs_sign_in, refresh_lease=None, signed_out_at=timezone.now()
    )


def find_platform(name: str) -> Platform:
    """Raises Invalid for a name that no folder has."""
    found = platforms().get(name)
    if found is None:
        raise Invalid(
            [Problem(field="platform", sentence=say("“%(name)s” is not a network Hawker knows.", name=name))]
        )
    return found


def find_way(platform_name: str, way_name: str) -> tuple[Platform, Way]:
    """An empty `way_name` takes the first way that does not redirect. Raises NotFound or Invalid."""
    platform = find_platform(platform_name)
    for way in platform.signs_in.ways:
        if way.name == way_name or (not way_name and not way.redirects):
            return platform, way
    raise NotFound


def _filled(way: Way, typed: Mapping[str, str]) -> dict[str, str]:
    fields = {field.name: typed.get(field.name, "").strip() or field.default for field in way.fields}
    missing = [field for field in way.fields if field.required and not fields[field.name]]
    if missing:
        raise Invalid([Problem(field=field.name, sentence=say("Fill this in.")) for field in missing])
    return fields


def _as_invalid(error: NetworkError) -> Invalid:
    field = error.field if isinstance(error, Refused) else ""
    return Invalid([Problem(field=field or "server", sentence=error.sentence)])


@transaction.atomic
def _keep(actor: Actor, platform: Platform, account: Account) -> Channel:
    now = timezone.now()
    channel, made = Channel.objects.update_or_create(
        workspace_id=actor.workspace,
        platform=platform.name,
        remote_id=account.remote_id,
        defaults={
            **_columns(platform, account),
            "state": State.connected,
            "checked_at": now,
            "refresh_lease": None,
            "signed_out_at": None,
        },
        create_defaults={**_columns(platform, account), "checked_at": now, "connected_at": now},
    )
    done = "connected" if made else "reconnected"
    note(actor, done, "channel", channel.id, handle=channel.handle, platform=platform.name)
    return channel


def _columns(platform: Platform, account: Account) -> dict[str, object]:
    """Where an owner types a name, and at open networks, it may be longer than anybody reads."""
    columns: dict[str, object] = {
        "remote_id": account.remote_id,
        "handle": account.handle[:NAME_LENGTH],
        "name": account.name[:NAME_LENGTH],
        "server": account.server,
        "site": account.site,
        "url": account.url,
        "limits": asdict(account.limits),
        "app": budgets.app_of(platform, account),
        "secrets": seal(account.secrets),
        "expires_at": account.expires_at,
    }
    return columns
