"""The pretend Pinterest's account and boards."""

from collections.abc import Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.pinterest.sandbox_call import Bookmarks, body_of, caller, has, invalid, refusal, text
from hawker.platforms.pinterest.sandbox_pins import shown
from hawker.platforms.pinterest.sandbox_world import Board, Person, World

PRIVACIES = {"PUBLIC", "PROTECTED", "SECRET"}


class BoardRoom:
    def __init__(self, world: World, bookmarks: Bookmarks) -> None:
        self._world = world
        self._bookmarks = bookmarks

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/v5/user_account", self._account),
            web.get("/v5/boards", self._list),
            web.post("/v5/boards", self._create),
            web.get("/v5/boards/{id}", self._one),
            web.delete("/v5/boards/{id}", self._delete),
            web.get("/v5/boards/{id}/pins", self._pins),
        ]

    async def _account(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "user_accounts:read")
        told: dict[str, Json] = {
            "account_type": "BUSINESS",
            "id": person.id,
            "username": person.username,
            "business_name": person.username,
            "profile_image": f"{self._world.site}/avatar.png",
            "website_url": "",
            "about": "",
            "board_count": len(self._seen(request, person)),
            "pin_count": len(self._world.pins_of(person)),
            "follower_count": 0,
            "following_count": 0,
            "monthly_views": 0,
        }
        return web.json_response(told)

    async def _list(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "boards:read")
        asked = request.query.get("privacy", "")
        if asked and asked not in {*PRIVACIES, "ALL", "PUBLIC_AND_SECRET"}:
            raise invalid(f"privacy: {asked}.")
        boards = [board for board in self._seen(request, person) if asked in {"", "ALL", board.privacy}]
        return self._bookmarks.page(request, [self._told(board) for board in boards])

    async def _create(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "boards:read", "boards:write")
        body = await body_of(request)
        name, privacy = text(body, "name"), text(body, "privacy") or "PUBLIC"
        if not name or privacy not in PRIVACIES:
            raise invalid("name or privacy.")
        board = Board(
            id=self._world.number(),
            name=name,
            owner=person.username,
            created_at=self._world.now(),
            privacy=privacy,
            description=text(body, "description"),
            is_ads_only=body.get("is_ads_only") is True,
        )
        self._world.boards[board.id] = board
        return web.json_response(self._told(board), status=201)

    async def _one(self, request: web.Request) -> web.Response:
        return web.json_response(self._told(self._asked(request, "boards:read")))

    async def _delete(self, request: web.Request) -> web.Response:
        """Its Pins go with it."""
        board = self._asked(request, "boards:read", "boards:write")
        for pin in self._world.pins_on(board):
            del self._world.pins[pin.id]
        del self._world.boards[board.id]
        return web.Response(status=204)

    async def _pins(self, request: web.Request) -> web.Response:
        board = self._asked(request, "boards:read", "pins:read")
        pins = [shown(self._world, pin) for pin in self._world.pins_on(board)]
        return self._bookmarks.page(request, pins)

    def _seen(self, request: web.Request, person: Person) -> list[Board]:
        secret = has(self._world, request, "boards:read_secret")
        boards = self._world.boards_of(person)
        return [board for board in boards if board.privacy != "SECRET" or secret]

    def _asked(self, request: web.Request, *scopes: str) -> Board:
        person = caller(self._world, request, *scopes)
        for board in self._seen(request, person):
            if board.id == request.match_info["id"]:
                return board
        raise refusal(404, "Board not found.")

    def _told(self, board: Board) -> dict[str, Json]:
        return {
            "id": board.id,
            "name": board.name,
            "description": board.description,
            "privacy": board.privacy,
            "owner": {"username": board.owner},
            "pin_count": len(self._world.pins_on(board)),
            "follower_count": 0,
            "collaborator_count": 0,
            "is_ads_only": board.is_ads_only,
            "created_at": board.created_at.strftime("%Y-%m-%dT%H:%M:%S"),
            "media": {"image_cover_url": None, "pin_thumbnail_urls": []},
        }
