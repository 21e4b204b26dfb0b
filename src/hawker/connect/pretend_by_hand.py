"""A pretend network that lets no program post: a page on which an owner posts what she has copied, as the app
does it on her phone, and pages for visitors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from typing import ClassVar

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.connect.pretend_pages import Look, Shown, article, heading, linked, picture, video
from hawker.connect.values import Limits

# The page on which she posts lies below the address of her account.
PUBLISH = "/publish"


@dataclass(frozen=True, kw_only=True)
class File:
    content_type: str
    data: bytes

    @property
    def is_video(self) -> bool:
        return self.content_type.startswith("video/")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What she posted."""

    id: str
    owner: str
    title: str
    text: str
    comment: str
    files: tuple[File, ...]
    at: datetime


class PretendByHand:
    """Extended by what is played so. `title`: the most characters of a title; 0 where posts have none."""

    look: ClassVar[Look]
    limits: ClassVar[Limits]
    title: ClassVar[int] = 0

    def __init__(self, address: str) -> None:
        self._address = address
        self._owners: dict[str, str] = {}
        self._entries: dict[str, Entry] = {}

    def refusal(self, entry: Entry) -> str:
        """Why the network does not take it; empty where it does."""
        if len(entry.files) > self.limits.media:
            return f"At most {self.limits.media} pictures or videos."
        if any(not file.content_type.startswith(("image/", "video/")) for file in entry.files):
            return "Only pictures and videos can be posted."
        if len(entry.text) > self.limits.text or len(entry.title) > self.title:
            return f"At most {self.limits.text} characters of a text, and {self.title} of a title."
        return "" if entry.text or entry.files else "There is nothing to post."

    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/user/{owner}", self._profile),
            web.get("/user/{owner}" + PUBLISH, self._form),
            web.post("/user/{owner}" + PUBLISH, self._publish),
            web.get("/post/{entry}", self._page),
            web.get("/file/{entry}/{place:\\d+}", self._file),
        ]

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        owner = sha256(handle.encode()).hexdigest()[:24]
        self._owners[owner] = handle
        return "profile", {"name": handle, "profile": f"{self._address}/user/{owner}"}

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST"

    def limited(self, request: web.Request) -> web.Response:  # noqa: ARG002
        page = self.look.page("Too often", heading("Too often", "Try again later."))
        page.set_status(429)
        return page

    def revoke(self, handle: str) -> None:
        """There is no key to kill."""

    def published(self, handle: str) -> tuple[Seen, ...]:
        mine = [each for each in self._entries.values() if self._owners[each.owner] == handle]
        return tuple(seen for entry in mine for seen in _seen(entry))

    async def _profile(self, request: web.Request) -> web.Response:
        owner = self._owner(request)
        name = self._owners[owner]
        entries = [each for each in reversed(self._entries.values()) if each.owner == owner]
        write = f'<p><a href="{self._home(owner)}{PUBLISH}">Post as {escape(name)}</a></p>'
        return self.look.page(name, heading(name) + write + "".join(map(self._article, entries)))

    async def _form(self, request: web.Request) -> web.Response:
        title = f"Post as {self._owners[self._owner(request)]}"
        head = heading(title, "What the app does on a phone.")
        return self.look.page(title, head + _FORM.format(title=_TITLE if self.title else ""))

    async def _publish(self, request: web.Request) -> web.Response:
        owner, typed = self._owner(request), await request.post()
        title, text, comment = (_typed(typed.get(name, "")) for name in ("title", "text", "comment"))
        entry = Entry(
            id=f"{len(self._entries) + 1:024x}",
            owner=owner,
            title=title,
            text=text,
            comment=comment,
            files=tuple(_files(typed.getall("files", []))),
            at=datetime.now(UTC),
        )
        reason = self.refusal(entry)
        if reason:
            raise self.look.turn_away("Not posted", reason)
        self._entries[entry.id] = entry
        raise web.HTTPSeeOther(self._link(entry))

    async def _page(self, request: web.Request) -> web.Response:
        entry = self._entry(request)
        return self.look.page(entry.title or self._owners[entry.owner], self._article(entry))

    async def _file(self, request: web.Request) -> web.Response:
        entry, place = self._entry(request), int(request.match_info["place"])
        if place >= len(entry.files):
            raise self.look.missing("This file is not here.")
        file = entry.files[place]
        return web.Response(body=file.data, content_type=file.content_type)

    def _owner(self, request: web.Request) -> str:
        owner = request.match_info["owner"]
        if owner not in self._owners:
            raise self.look.missing("This account is not here.")
        return owner

    def _entry(self, request: web.Request) -> Entry:
        entry = self._entries.get(request.match_info["entry"])
        if entry is None:
            raise self.look.missing("This post is not here.")
        return entry

    def _home(self, owner: str) -> str:
        return f"{self._address}/user/{owner}"

    def _link(self, entry: Entry) -> str:
        return f"{self._address}/post/{entry.id}"

    def _article(self, entry: Entry) -> str:
        comment = f'<div class="text"><small>Comment</small> {linked(entry.comment)}</div>'
        return article(
            Shown(
                name=self._owners[entry.owner],
                handle="",
                profile=self._home(entry.owner),
                page=self._link(entry),
                at=entry.at,
                above=f"<h2>{escape(entry.title)}</h2>" if entry.title else "",
                text=linked(entry.text),
                media="".join(self._shown(entry, place) for place in range(len(entry.files))),
                below=comment if entry.comment else "",
            )
        )

    def _shown(self, entry: Entry, place: int) -> str:
        source = f"{self._address}/file/{entry.id}/{place}"
        return video(source) if entry.files[place].is_video else picture(source, "")


def _typed(value: object) -> str:
    return str(value).strip().replace("\r\n", "\n")


def _files(given: Iterable[object]) -> list[File]:
    return [
        File(content_type=each.content_type, data=each.file.read())
        for each in given
        if isinstance(each, web.FileField) and each.filename
    ]


def _seen(entry: Entry) -> list[Seen]:
    seen = [Seen(remote_id=entry.id, text=entry.text, alts=("",) * len(entry.files))]
    if entry.comment:
        seen.append(Seen(remote_id=f"{entry.id}.0", text=entry.comment, reply_to=entry.id))
    return seen


_TITLE = "<label>Title <input name='title'></label>"
_FORM = """<form method="post" enctype="multipart/form-data">
<label>Pictures or videos <input type="file" name="files" multiple accept="image/*,video/*"></label>
{title}
<label>Text <textarea name="text" rows="8"></textarea></label>
<label>First comment <textarea name="comment" rows="2"></textarea></label>
<button>Post</button></form>"""
