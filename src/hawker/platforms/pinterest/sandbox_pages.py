"""The pages at which a visitor sees the boards and Pins of a pretend account."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlsplit

from aiohttp import web

from hawker.connect.pretend_pages import Look, Shown, Visits, article, heading, linked, picture, video
from hawker.platforms.pinterest.sandbox_world import Board, Person, Pin, World

LOOK = Look(
    "body{background:#fff;color:#111}a{color:#111}header{text-align:center}"
    ".boards{display:grid;grid-template-columns:1fr 1fr;gap:8px;padding:0 16px 16px;margin:0;list-style:none}"
    ".boards a{display:block;padding:16px;border-radius:16px;background:#f1f1f1;font-weight:600}"
    "article{border:1px solid #e9e9e9;border-radius:24px;margin:0 16px 16px}h2{font-size:20px}"
    ".row{display:flex;gap:4px;overflow-x:auto}.row>*{flex:0 0 88%}.row>:only-child{flex-basis:100%}"
    ".visit{display:inline-block;padding:8px 16px;border-radius:24px;background:#e60023;color:#fff}"
)
GONE = "We couldn't find that page"
CREATOR_ONLY = "Pins of an app with Trial access are shown to nobody but their creator."


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world
        self._visits = Visits()

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/www/pin/{id}/", self._one),
            web.get("/www/media/{id}/{place}", self._file),
            web.get("/www/{username}/", self._profile),
            web.get("/www/{username}/{slug}/", self._board),
        ]

    async def _profile(self, request: web.Request) -> web.Response:
        person = self._person(request)
        boards = "".join(self._tile(board) for board in self._boards(person))
        shown = self._articles(self._world.pins_of(person)[::-1])
        top = heading(person.username, f"@{person.username}")
        return LOOK.page(person.username, f'{top}<ul class="boards">{boards}</ul>{shown}')

    async def _board(self, request: web.Request) -> web.Response:
        for board in self._boards(self._person(request)):
            if board.slug == request.match_info["slug"]:
                shown = self._articles(self._world.pins_on(board))
                return LOOK.page(board.name, heading(board.name, board.owner) + shown)
        raise LOOK.missing(GONE)

    async def _one(self, request: web.Request) -> web.Response:
        pin = self._world.pins.get(request.match_info["id"])
        if pin is None or not self._is_open(pin):
            raise LOOK.missing(GONE if pin is None else CREATOR_ONLY)
        self._visits.count(pin.id)
        return LOOK.page(pin.title or "Pin", self._article(pin))

    async def _file(self, request: web.Request) -> web.Response:
        """`video` is the film; numbers are the pictures, or the cover."""
        place = request.match_info["place"]
        pin = self._world.pins.get(request.match_info["id"])
        if pin and place == "video" and pin.video:
            return web.Response(body=pin.video, content_type="video/mp4")
        if pin is None or not place.isdecimal() or int(place) >= len(pin.files):
            raise web.HTTPNotFound
        file = pin.files[int(place)]
        return web.Response(body=file.content, content_type=file.content_type)

    def _person(self, request: web.Request) -> Person:
        person = self._world.people.get(request.match_info["username"])
        if person is None:
            raise LOOK.missing(GONE)
        return person

    def _boards(self, person: Person) -> list[Board]:
        """Secret ones nobody sees; protected ones are found by their address alone."""
        return [board for board in self._world.boards_of(person) if board.privacy != "SECRET"]

    def _is_open(self, pin: Pin) -> bool:
        return not pin.hidden and self._world.boards[pin.board].privacy != "SECRET"

    def _tile(self, board: Board) -> str:
        count = sum(not pin.hidden for pin in self._world.pins_on(board))
        address = escape(self._address(board))
        return f'<li><a href="{address}">{escape(board.name)}<br><small>{count} Pins</small></a></li>'

    def _address(self, board: Board) -> str:
        return f"{self._world.site}/{board.owner}/{quote(board.slug)}/"

    def _articles(self, pins: Sequence[Pin]) -> str:
        seen = [pin for pin in pins if self._is_open(pin)]
        hidden = f"<p>{CREATOR_ONLY}</p>" if len(seen) < len(pins) else ""
        return "".join(self._article(pin) for pin in seen) + hidden or "<p>No Pins yet.</p>"

    def _article(self, pin: Pin) -> str:
        board = self._world.boards[pin.board]
        title = f"<h2>{escape(pin.title)}</h2>" if pin.title else ""
        return article(
            Shown(
                name=pin.owner,
                handle="",
                profile=f"{self._world.site}/{pin.owner}/",
                page=f"{self._world.site}/pin/{pin.id}/",
                at=pin.created_at,
                text=linked(pin.description),
                above=f'<div class="row">{self._media(pin)}</div>{title}',
                below=_visit(pin),
                labels=(board.name,),
                figures=self._visits.figures(pin.id),
            )
        )

    def _media(self, pin: Pin) -> str:
        """The one alternative text stands with the first picture."""
        source = f"{self._world.site}/media/{pin.id}"
        if pin.kind == "video":
            return video(f"{source}/video")
        alts = (pin.alt_text, *("" for _ in pin.files[1:]))
        return "".join(picture(f"{source}/{place}", alt) for place, alt in enumerate(alts))


def _visit(pin: Pin) -> str:
    if not pin.link:
        return ""
    host = urlsplit(pin.link).hostname or pin.link
    return f'<p><a class="visit" href="{escape(pin.link)}">Visit {escape(host)}</a></p>'
