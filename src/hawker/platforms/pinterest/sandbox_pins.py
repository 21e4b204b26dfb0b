"""The pretend Pinterest's Pins: making, telling, listing and deleting them."""

from collections.abc import Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.pinterest.sandbox_call import (
    INVALID,
    NO_RIGHT,
    Bookmarks,
    body_of,
    caller,
    has,
    invalid,
    refusal,
    text,
)
from hawker.platforms.pinterest.sandbox_sources import Source, source_of
from hawker.platforms.pinterest.sandbox_world import Board, File, Person, Pin, World

PINS = "/v5/pins"
CREATIVES = {"image": "REGULAR", "video": "VIDEO", "multiple_images": "CAROUSEL"}
SIZES = {"150x150": 150, "400x300": 400, "600x": 600, "1200x": 1_200}


class PinRoom:
    def __init__(self, world: World, bookmarks: Bookmarks) -> None:
        self._world = world
        self._bookmarks = bookmarks

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post(PINS, self._create),
            web.get(PINS, self._list),
            web.get(f"{PINS}/{{id}}", self._one),
            web.delete(f"{PINS}/{{id}}", self._delete),
        ]

    async def _create(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "boards:read", "boards:write", "pins:read", "pins:write")
        body = await body_of(request)
        if self._world.manners.says:
            raise refusal(*self._world.manners.says)
        board = self._board(request, person, text(body, "board_id"))
        words = {
            "title": text(body, "title", 100),
            "description": text(body, "description", 800),
            "link": text(body, "link", 2_048),
            "alt_text": text(body, "alt_text", 500),
        }
        if words["link"] and not words["link"].startswith(("http://", "https://")):
            raise refusal(400, "Unable to reach the URL of the link.", INVALID)
        source = await source_of(self._world, person, body)
        pin = self._keep(person, board, words, source)
        return web.json_response(shown(self._world, pin), status=201)

    def _board(self, request: web.Request, person: Person, number: str) -> Board:
        if not (number.isascii() and number.isdecimal()):
            raise invalid(f"board_id: '{number}' does not match '^\\d+$'.")
        board = self._world.boards.get(number)
        if board is None or board.owner != person.username:
            raise refusal(404, "Board not found.")
        if board.privacy == "SECRET" and not has(self._world, request, "pins:write_secret"):
            raise refusal(403, "Not authorized to access board or Pin.")
        return board

    def _keep(self, person: Person, board: Board, words: dict[str, str], source: Source) -> Pin:
        pin = Pin(
            id=self._world.number(),
            owner=person.username,
            board=board.id,
            created_at=self._world.now(),
            kind=source.kind,
            files=source.files,
            video=source.video,
            hidden=self._world.manners.trial,
            **words,
        )
        self._world.pins[pin.id] = pin
        return pin

    async def _list(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "boards:read", "pins:read")
        mine = [shown(self._world, pin) for pin in self._world.pins_of(person)[::-1]]
        return self._bookmarks.page(request, mine)

    async def _one(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "boards:read", "pins:read")
        return web.json_response(shown(self._world, self._pin(request, person)))

    async def _delete(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "boards:read", "boards:write", "pins:read", "pins:write")
        del self._world.pins[self._pin(request, person).id]
        return web.Response(status=204)

    def _pin(self, request: web.Request, person: Person) -> Pin:
        pin = self._world.pins.get(request.match_info["id"])
        if pin is None:
            raise refusal(404, "Pin not found.")
        if pin.owner != person.username:
            raise refusal(403, "Not authorized to access board or Pin.", NO_RIGHT)
        return pin


def shown(world: World, pin: Pin) -> dict[str, Json]:
    """A Pin as the API tells of it."""
    zone = "+00:00" if world.manners.zoned else ""
    return {
        "id": pin.id,
        "created_at": pin.created_at.strftime("%Y-%m-%dT%H:%M:%S") + zone,
        "title": pin.title or None,
        "description": pin.description or None,
        "link": (pin.link or None) if world.manners.tells_links else None,
        "alt_text": pin.alt_text or None,
        "board_id": pin.board,
        "board_section_id": None,
        "board_owner": {"username": pin.owner},
        "creative_type": CREATIVES[pin.kind],
        "media": _media(world, pin),
        "dominant_color": "#6e7874",
        "parent_pin_id": None,
        "is_owner": True,
        "is_standard": True,
        "has_been_promoted": False,
        "pin_metrics": None,
    }


def _media(world: World, pin: Pin) -> dict[str, Json]:
    images = [_images(world, pin, place) for place in range(len(pin.files))]
    if pin.kind == "multiple_images":
        items: list[Json] = [{"item_type": "image", "images": each} for each in images]
        return {"media_type": pin.kind, "items": items}
    told: dict[str, Json] = {"media_type": pin.kind, "images": images[0] if images else {}}
    if pin.kind == "video":
        times: dict[str, Json] = {"duration": None, "width": None, "height": None, "video_url": None}
        return {**told, **times, "cover_image_url": f"{world.site}/media/{pin.id}/0"}
    return told


def _images(world: World, pin: Pin, place: int) -> dict[str, Json]:
    url = f"{world.site}/media/{pin.id}/{place}"
    return {name: _size(pin.files[place], width, url) for name, width in SIZES.items()}


def _size(file: File, width: int, url: str) -> dict[str, Json]:
    height = round(width * file.height / file.width) if file.width else width
    return {"width": width, "height": height, "url": url}
