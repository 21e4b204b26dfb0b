"""A pretend Xiaohongshu: a page that plays the app, in which the owner posts what she has copied, and pages
for visitors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import escape

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.connect.pretend_pages import Look, Shown, article, heading, linked, picture, video
from hawker.platforms.xiaohongshu.note import LIMITS, TITLE_LENGTH

LOOK = Look(
    "body{background:#f5f5f5;color:#333}header,article,form{background:#fff;border-radius:12px}"
    "a{color:#13386c}form{padding:12px 16px}input,textarea{display:block;width:100%;box-sizing:border-box;"
    "margin:4px 0 12px;font:inherit}button{background:#ff2442;color:#fff;border:0;border-radius:20px}"
)


@dataclass(frozen=True, kw_only=True)
class File:
    content_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Note:
    id: str
    owner: str
    title: str
    text: str
    files: tuple[File, ...]
    at: datetime
    comments: tuple[str, ...]


class PretendXiaohongshu:
    def __init__(self, address: str) -> None:
        self._address = address
        self._owners: dict[str, str] = {}
        self._notes: dict[str, Note] = {}

    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/user/profile/{owner}", self._profile),
            web.get("/explore/{note}", self._page),
            web.get("/file/{note}/{place:\\d+}", self._file),
            web.get("/publish/{owner}", self._form),
            web.post("/publish/{owner}", self._publish),
        ]

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        owner = sha256(handle.encode()).hexdigest()[:24]
        self._owners[owner] = handle
        return "profile", {"name": handle, "profile": f"{self._address}/user/profile/{owner}"}

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST"

    def limited(self, request: web.Request) -> web.Response:
        page = LOOK.page("Too often", heading("Too often", "Try again later."))
        page.set_status(429)
        return page

    def revoke(self, handle: str) -> None:
        """There is no key to kill."""

    def published(self, handle: str) -> tuple[Seen, ...]:
        seen = []
        for note in self._notes.values():
            if self._owners[note.owner] == handle:
                seen.append(Seen(remote_id=note.id, text=note.text, alts=("",) * len(note.files)))
                seen += [
                    Seen(remote_id=f"{note.id}.{place}", text=comment, reply_to=note.id)
                    for place, comment in enumerate(note.comments)
                ]
        return tuple(seen)

    async def _profile(self, request: web.Request) -> web.Response:
        owner = self._owner(request)
        name = self._owners[owner]
        notes = [each for each in reversed(self._notes.values()) if each.owner == owner]
        write = f'<p><a href="{self._address}/publish/{owner}">Post a note as {escape(name)}</a></p>'
        return LOOK.page(name, heading(name) + write + "".join(map(self._article, notes)))

    async def _page(self, request: web.Request) -> web.Response:
        note = self._note(request)
        return LOOK.page(note.title or self._owners[note.owner], self._article(note))

    async def _file(self, request: web.Request) -> web.Response:
        note, place = self._note(request), int(request.match_info["place"])
        if place >= len(note.files):
            raise LOOK.missing("This file is not here.")
        file = note.files[place]
        return web.Response(body=file.data, content_type=file.content_type)

    async def _form(self, request: web.Request) -> web.Response:
        name = self._owners[self._owner(request)]
        return LOOK.page(
            f"Post as {name}", heading(f"Post as {name}", "What the app does on a phone.") + FORM
        )

    async def _publish(self, request: web.Request) -> web.Response:
        owner, typed = self._owner(request), await request.post()
        title, text, comment = (str(typed.get(name, "")).strip() for name in ("title", "text", "comment"))
        files = [
            File(content_type=each.content_type, data=each.file.read())
            for each in typed.getall("files", [])
            if isinstance(each, web.FileField) and each.filename
        ]
        reason = _refusal(title, text, files)
        if reason:
            raise LOOK.turn_away("Not posted", reason)
        note = Note(
            id=f"{len(self._notes) + 1:024x}",
            owner=owner,
            title=title,
            text=text.replace("\r\n", "\n"),
            files=tuple(files),
            at=datetime.now(UTC),
            comments=(comment,) if comment else (),
        )
        self._notes[note.id] = note
        raise web.HTTPSeeOther(f"{self._address}/explore/{note.id}")

    def _owner(self, request: web.Request) -> str:
        owner = request.match_info["owner"]
        if owner not in self._owners:
            raise LOOK.missing("This account is not here.")
        return owner

    def _note(self, request: web.Request) -> Note:
        note = self._notes.get(request.match_info["note"])
        if note is None:
            raise LOOK.missing("This note is not here.")
        return note

    def _article(self, note: Note) -> str:
        comments = "".join(
            f'<div class="text"><small>Comment</small> {linked(each)}</div>' for each in note.comments
        )
        return article(
            Shown(
                name=self._owners[note.owner],
                handle="",
                profile=f"{self._address}/user/profile/{note.owner}",
                page=f"{self._address}/explore/{note.id}",
                at=note.at,
                above=f"<h2>{escape(note.title)}</h2>" if note.title else "",
                text=linked(note.text),
                media="".join(self._shown(note, place) for place in range(len(note.files))),
                below=comments,
            )
        )

    def _shown(self, note: Note, place: int) -> str:
        source = f"{self._address}/file/{note.id}/{place}"
        return video(source) if note.files[place].content_type.startswith("video/") else picture(source, "")


def _refusal(title: str, text: str, files: Sequence[File]) -> str:
    """Empty where the app takes it."""
    videos = sum(file.content_type.startswith("video/") for file in files)
    if not files or len(files) > LIMITS.media or (videos and len(files) > 1):
        return f"A note holds up to {LIMITS.media} pictures, or one video."
    if any(not file.content_type.startswith(("image/", "video/")) for file in files):
        return "Only pictures and videos can be posted."
    if len(title) > TITLE_LENGTH or len(text) > LIMITS.text:
        return f"At most {TITLE_LENGTH} characters of a title, and {LIMITS.text} of a text."
    return ""


FORM = """<form method="post" enctype="multipart/form-data">
<label>Pictures, or one video
<input type="file" name="files" multiple accept="image/*,video/*" required></label>
<label>Title <input name="title"></label>
<label>Text <textarea name="text" rows="8"></textarea></label>
<label>First comment <textarea name="comment" rows="2"></textarea></label>
<button>Post</button></form>"""
