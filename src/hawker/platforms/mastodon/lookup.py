"""Looking through an account's own posts for one whose answer was lost. Never sends anything."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlsplit

from hawker.connect.errors import CannotLook, Later, Refused
from hawker.connect.http import Answer
from hawker.connect.text import say
from hawker.connect.values import Draft
from hawker.platforms.mastodon.entity import entities, entity
from hawker.platforms.mastodon.instance import ask_instance
from hawker.platforms.mastodon.status import Status, read_status
from hawker.platforms.mastodon.text import essence, plain
from hawker.platforms.mastodon.wire import Server

PAGES = 10
PAGE = 40
# Mastodon's page unless asked for more; a server that repeats itself with fewer posts has no more.
SHORT_PAGE = 20
# A Date header is cut to the second, and so is the time of a post at snac2.
TOLERANCE = timedelta(seconds=2)
# How far the clock of a server may be off that sends no Date header, as snac2 does not.
UNKNOWN_CLOCK = timedelta(minutes=2)
NEXT = re.compile(r'<([^>]*)>\s*;\s*rel="?next"?')


@dataclass(frozen=True, kw_only=True)
class Sought:
    """The marks by which a draft is known again. `uploads`: ids of its pictures at the server.
    `known`: ids of posts that are other drafts'."""

    text: str
    warning: str
    pictures: int
    reply_to: str
    uploads: frozenset[str]
    hidden: bool
    known: Collection[str]

    def proves(self, status: Status) -> bool:
        """An upload can belong to one post only."""
        return not self.uploads.isdisjoint(status.attachments)

    def frames(self, status: Status) -> bool:
        return (
            essence(status.warning) == self.warning
            and len(status.attachments) == self.pictures
            and status.reply_to == self.reply_to
        )

    def reads(self, status: Status) -> bool:
        """Below a warning Mastodon fills an empty text with a symbol of its own (PostStatusService)."""
        filled = not self.text and bool(self.warning)
        return filled or self.text in {essence(plain(status.content)), essence(status.text)}


@dataclass(frozen=True, kw_only=True)
class Window:
    """`start`: when the lost call was made, by the server's clock; `floor`: the earliest that can mean."""

    start: datetime
    floor: datetime


def sought(draft: Draft, done: Mapping[str, str], known: Collection[str] = ()) -> Sought:
    return Sought(
        text=essence(draft.text),
        warning=essence(draft.options.get("content_warning", "")),
        pictures=len(draft.media),
        reply_to=draft.reply_to.remote_id if draft.reply_to else "",
        uploads=frozenset(done[picture.id] for picture in draft.media if picture.id in done),
        hidden=draft.options.get("visibility") in {"private", "direct"},
        known=known,
    )


async def look(server: Server, account_id: str, wanted: Sought, since: datetime) -> Status | None:
    """Raises CannotLook where the server does not show enough to be certain."""
    window, listed = await _recent(server, account_id, since)
    recent = [status for status in listed if status.id not in wanted.known]
    framed = [status for status in recent if wanted.frames(status)]
    matches = (
        [status for status in recent if wanted.proves(status)]
        or [status for status in framed if wanted.reads(status)]
        or [status for status in framed if await _source(server, status) == wanted.text]
    )
    if matches:
        return _best(matches, window.start)
    if wanted.hidden and not (await ask_instance(server)).proper:
        # snac2 2.75 leaves such posts out of an account's list; Mastodon shows them to their author.
        raise CannotLook(
            say(
                "%(host)s does not list posts that are not public. Look there whether this one is out.",
                host=server.host,
            )
        )
    return None


def window_of(since: datetime, answer: Answer) -> Window:
    try:
        there = parsedate_to_datetime(answer.headers.get("Date", "")).astimezone(UTC)
    except ValueError:
        return Window(start=since, floor=since - UNKNOWN_CLOCK)
    ahead = there - datetime.now(UTC)
    start = since if abs(ahead) <= TOLERANCE else since + ahead
    return Window(start=start, floor=min(start, since) - TOLERANCE)


async def _recent(server: Server, account_id: str, since: datetime) -> tuple[Window, list[Status]]:
    """Every post of the account since then. Raises CannotLook where the list does not reach back so far."""
    found: dict[str, Status] = {}
    params = {"limit": str(PAGE), "exclude_reblogs": "true"}
    window = None
    for _ in range(PAGES):
        answer = await server.call("GET", f"/api/v1/accounts/{account_id}/statuses", params=params)
        window = window or window_of(since, answer)
        page = _statuses(server, answer)
        fresh = {status.id: status for status in page if status.id not in found}
        found |= fresh
        ends = not fresh and len(page) < SHORT_PAGE
        if ends or (fresh and page[-1].created_at < window.floor):
            return window, [status for status in found.values() if status.created_at >= window.floor]
        if not fresh:
            break
        params |= _next(answer, page[-1])
    raise CannotLook(
        say(
            "%(host)s does not list enough of the account's posts. Look there whether this one is out.",
            host=server.host,
        )
    )


def _statuses(server: Server, answer: Answer) -> list[Status]:
    if not isinstance(answer.json(), list):
        raise Later(
            say("%(host)s did not list the account's posts. Hawker asks again soon.", host=server.host)
        )
    return [status for each in entities(answer.json()) if (status := read_status(each))]


def _next(answer: Answer, last: Status) -> dict[str, str]:
    """What the Link header asks for. snac2 sends none: then what is older than the last post."""
    link = NEXT.search(answer.headers.get("Link", ""))
    return dict(parse_qsl(urlsplit(link[1]).query)) if link else {"max_id": last.id}


async def _source(server: Server, status: Status) -> str | None:
    """What the author typed, where HTML does not show it, as with the Markdown of some lookalikes."""
    try:
        answer = await server.call("GET", f"/api/v1/statuses/{status.id}/source")
    except Refused:
        return None
    said = entity(answer.json())
    return essence(said.text("text")) if said else None


def _best(matches: Sequence[Status], start: datetime) -> Status:
    """Of posts that read alike, listed newest first, the first since the call, else the last one before."""
    opening = start.replace(microsecond=start.microsecond // 1000 * 1000)  # Mastodon tells milliseconds
    since = [status for status in matches if status.created_at >= opening]
    if since:
        return min(reversed(since), key=lambda status: status.created_at)
    return max(matches, key=lambda status: status.created_at)
