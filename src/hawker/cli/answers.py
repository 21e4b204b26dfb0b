"""What the server answers, read into values for people's eyes. Tolerant: an answer may say more or less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True, kw_only=True)
class Budget:
    title: str
    left: str
    limit: str
    resets: str


@dataclass(frozen=True, kw_only=True)
class Channel:
    id: str
    platform: str
    handle: str
    name: str
    state: str
    budgets: tuple[Budget, ...]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    id: str
    platform: str
    handle: str
    part: str
    state: str
    due: str
    url: str
    error: str


@dataclass(frozen=True, kw_only=True)
class Post:
    id: str
    state: str
    at: str
    text: str
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, kw_only=True)
class Medium:
    id: str
    name: str
    type: str
    width: str
    height: str
    seconds: str


@dataclass(frozen=True, kw_only=True)
class Queue:
    channel: str
    platform: str
    handle: str
    slots: str
    free: str


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    id: str
    state: str
    rule: str
    next: str
    text: str
    trouble: str


@dataclass(frozen=True, kw_only=True)
class Pause:
    id: str
    channel: str
    handle: str
    since: str
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Release:
    at: str
    platform: str
    handle: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    id: str
    at: str
    headline: str
    advice: str
    stands: bool


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    label: str
    secret: bool
    required: bool


@dataclass(frozen=True, kw_only=True)
class Way:
    name: str
    redirects: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True, kw_only=True)
class Platform:
    """`app`: whether the keys of an app are stored, where the network wants one."""

    name: str
    title: str
    ways: tuple[Way, ...]
    kinds: tuple[str, ...]
    app: bool | None
    version: str


@dataclass(frozen=True, kw_only=True)
class OwnApp:
    platform: str
    stored: bool
    fields: tuple[Field, ...]
    steps: tuple[str, ...]
    scopes: tuple[str, ...]
    console: str
    redirect: str
    webhook: str
    verify_token: str
    version: str
    sunset: str


def channel(given: Json) -> Channel:
    return Channel(
        id=text(given, "id"),
        platform=text(given, "platform"),
        handle=text(given, "handle"),
        name=text(given, "name"),
        state=text(given, "state"),
        budgets=tuple(_budget(each) for each in rows(given, "budgets")),
    )


def _budget(given: Json) -> Budget:
    return Budget(
        title=text(given, "title"),
        left=_number(given, "left"),
        limit=_number(given, "limit"),
        resets=_time(text(given, "resets_at")),
    )


def post(given: Json) -> Post:
    return Post(
        id=text(given, "id"),
        state=text(given, "state"),
        at=_time(text(given, "at")),
        text=text(given, "text"),
        deliveries=tuple(_delivery(each) for each in rows(given, "deliveries")),
    )


def medium(given: Json) -> Medium:
    seconds = _part(given, "seconds")
    return Medium(
        id=text(given, "id"),
        name=text(given, "name"),
        type=text(given, "content_type"),
        width=_number(given, "width"),
        height=_number(given, "height"),
        seconds=f"{seconds:.1f}" if isinstance(seconds, int | float) and seconds else "",
    )


def queue(given: Json) -> Queue:
    slots = (f"{text(each, 'weekday')}@{text(each, 'time')}" for each in rows(given, "slots"))
    return Queue(
        channel=text(given, "channel"),
        platform=text(given, "platform"),
        handle=text(given, "handle"),
        slots=" ".join(slots),
        free=next((_time(each) for each in rows(given, "free") if isinstance(each, str)), ""),
    )


def recurrence(given: Json) -> Recurrence:
    days = [each for each in rows(given, "weekdays") if isinstance(each, str)]
    day = [str(_part(given, "day"))] if text(given, "kind") == "monthly" else []
    return Recurrence(
        id=text(given, "id"),
        state=text(given, "state"),
        rule=" ".join([text(given, "kind"), *days, *day, text(given, "time")]),
        next=when(given, "next"),
        text=text(given, "text"),
        trouble=text(given, "trouble"),
    )


def when(given: Json, name: str) -> str:
    """An instant, in the time zone of this terminal."""
    return _time(text(given, name))


def pause(given: Json) -> Pause:
    return Pause(
        id=text(given, "id"),
        channel=text(given, "channel"),
        handle=text(given, "handle"),
        since=_time(text(given, "since")),
        by=text(given, "by"),
        reason=text(given, "reason"),
    )


def release(given: Json) -> Release:
    return Release(
        at=_time(text(given, "at")),
        platform=text(given, "platform"),
        handle=text(given, "handle"),
        text=text(given, "text"),
    )


def notice(given: Json) -> Notice:
    return Notice(
        id=text(given, "id"),
        at=_time(text(given, "made_at")),
        headline=text(given, "headline"),
        advice=text(given, "advice"),
        stands=_part(given, "stands") is True,
    )


def platform(given: Json) -> Platform:
    app = _part(given, "app")
    return Platform(
        name=text(given, "name"),
        title=text(given, "title"),
        ways=tuple(_way(each) for each in rows(given, "ways")),
        kinds=_texts(given, "kinds"),
        app=None if app is None else _part(app, "stored") is True,
        version=text(app, "version"),
    )


def own_app(given: Json) -> OwnApp:
    return OwnApp(
        platform=text(given, "platform"),
        stored=_part(given, "stored") is True,
        fields=tuple(_field(each) for each in rows(given, "fields")),
        steps=_texts(given, "steps"),
        scopes=tuple(text(each, "name") for each in rows(given, "scopes")),
        console=text(given, "console"),
        redirect=text(given, "redirect"),
        webhook=text(given, "webhook"),
        verify_token=text(given, "verify_token"),
        version=text(given, "version"),
        sunset=text(given, "sunset"),
    )


def refusal(given: Json) -> str:
    """The sentences of a refusal, one a line; empty where it is none of Hawker's. Where a choice is asked
    for, the accounts with their ids."""
    error = _part(given, "error")
    problems = [_problem(each) for each in rows(error, "problems")]
    accounts = [_choice(each) for each in rows(error, "accounts")]
    return "\n".join([*(problems or [text(error, "sentence")]), *accounts]).strip()


def number(given: Json, name: str) -> str:
    return _number(given, name)


def is_true(given: Json, name: str) -> bool:
    return _part(given, name) is True


def text(given: Json, name: str) -> str:
    value = _part(given, name)
    return value if isinstance(value, str) else ""


def rows(given: Json, name: str) -> Sequence[Json]:
    value = _part(given, name)
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _number(given: Json, name: str) -> str:
    value = _part(given, name)
    return str(value) if isinstance(value, int) else ""


def _part(given: Json, name: str) -> Json:
    return given.get(name) if isinstance(given, Mapping) else None


def _texts(given: Json, name: str) -> tuple[str, ...]:
    return tuple(each for each in rows(given, name) if isinstance(each, str))


def _choice(given: Json) -> str:
    mark = "*" if _part(given, "connected") is True else "-"
    return f"{mark} --account {text(given, 'id')}  {text(given, 'name')}  {text(given, 'handle')}"


def _problem(given: Json) -> str:
    where = " ".join(each for each in (text(given, "field"), text(given, "channel")) if each)
    return f"{where}: {text(given, 'sentence')}" if where else text(given, "sentence")


def _delivery(given: Json) -> Delivery:
    return Delivery(
        id=text(given, "id"),
        platform=text(given, "platform"),
        handle=text(given, "handle"),
        part=_which(_part(given, "part")),
        state="on hold" if _part(given, "on_hold") is True else text(given, "state"),
        due=_time(text(given, "due_at")),
        url=text(given, "url"),
        error=text(_part(given, "error"), "sentence"),
    )


def _which(number: Json) -> str:
    """The parts of a post: 0 itself, 1 its first comment, 2 … those of its thread."""
    named = {0: "post", 1: "comment"}
    return named.get(number, str(number)) if isinstance(number, int) else ""


def _way(given: Json) -> Way:
    return Way(
        name=text(given, "name"),
        redirects=_part(given, "redirects") is True,
        fields=tuple(_field(each) for each in rows(given, "fields")),
    )


def _field(given: Json) -> Field:
    return Field(
        name=text(given, "name"),
        label=text(given, "label"),
        secret=text(given, "kind") == "password",
        required=_part(given, "required") is not False,
    )


def _time(instant: str) -> str:
    """In the time zone of this terminal."""
    try:
        return f"{datetime.fromisoformat(instant).astimezone():%Y-%m-%d %H:%M %z}"
    except ValueError:
        return instant
