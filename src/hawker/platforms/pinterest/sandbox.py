"""The pretend Pinterest: sign-in, boards, Pins and videos, refusing what Pinterest refuses."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.connect.pretend_oauth import Grant
from hawker.connect.pretend_rations import Allowance, Ration, Rations, Use
from hawker.platforms.pinterest.sandbox_boards import BoardRoom
from hawker.platforms.pinterest.sandbox_call import Bookmarks, too_many
from hawker.platforms.pinterest.sandbox_media import MediaRoom
from hawker.platforms.pinterest.sandbox_oauth import Door
from hawker.platforms.pinterest.sandbox_pages import Pages
from hawker.platforms.pinterest.sandbox_pins import PINS, PinRoom
from hawker.platforms.pinterest.sandbox_world import CLIENT, SCOPES, Pin, World

APP, DAY = "app", timedelta(days=1)


class Sandbox:
    def __init__(self, address: str) -> None:
        self.world = World(address)
        self.rations = Rations(
            {"calls": Allowance(limit=1_000, period=DAY)},
            now=self.world.now,
            uses=_use,
            headers=self._headers,
            refuse=too_many,
        )

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        bookmarks = Bookmarks(self.world)
        rooms = (
            Door(self.world),
            BoardRoom(self.world, bookmarks),
            PinRoom(self.world, bookmarks),
            MediaRoom(self.world, bookmarks),
            Pages(self.world),
        )
        return self.rations.around(route for room in rooms for route in room.routes())

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        grant = Grant(handle=self.world.person(handle).username, client_id=CLIENT, scopes=SCOPES)
        return "token", {"token": str(self.world.keys.give(grant)["refresh_token"])}

    def app(self) -> Mapping[str, str]:
        places = {"server": self.world.address, "site": self.world.site}
        return {**self.world.apps[CLIENT].memory(), **places}

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path.endswith(PINS)

    def limited(self, request: web.Request) -> web.Response:
        return too_many()

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        """All accounts of the app share it."""
        self.rations.leave(APP, budget, left, seconds)

    def revoke(self, handle: str) -> None:
        self.world.keys.revoke(self.world.person(handle).username)

    def published(self, handle: str) -> tuple[Seen, ...]:
        pins = self.world.pins_of(self.world.person(handle))
        return tuple(Seen(remote_id=pin.id, text=pin.description, alts=_alts(pin)) for pin in pins)

    def _headers(self, ration: Ration) -> Mapping[str, str]:
        """With Standard access they tell of a second, with Trial access of a day."""
        if not (self.world.manners.trial or ration.counted):
            limits = '100, 100;w=1;name="safety_net_app_id_user_id"'
            return {"X-RateLimit-Limit": limits, "X-RateLimit-Remaining": "99", "X-RateLimit-Reset": "1"}
        seconds = max(round((ration.resets_at - self.world.now()).total_seconds()), 0)
        return {
            "X-RateLimit-Limit": f'{ration.limit}, {ration.limit};w=86400;name="trial_app_id"',
            "X-RateLimit-Remaining": str(max(ration.left, 0)),
            "X-RateLimit-Reset": str(seconds),
        }


def _alts(pin: Pin) -> tuple[str, ...]:
    return (pin.alt_text, *("" for _ in pin.files[1:]))


def _use(request: web.Request) -> Use:
    """Pages and the store are not the API."""
    return Use(APP, ("calls",)) if "/v5/" in request.path and "/oauth/" not in request.path else Use()
