"""The pretend Account Management and Business Information APIs: who has which places."""

from collections.abc import Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.google_business.sandbox_desk import Desk, page
from hawker.platforms.google_business.sandbox_errors import invalid, missing
from hawker.platforms.google_business.sandbox_world import Group, Place, World

ACCOUNTS, PLACES = "My Business Account Management API", "My Business Business Information API"
# What a mask may name (discovery of Business Information v1, revision 20261026).
_NAMES = (
    "name languageCode storeCode title phoneNumbers categories storefrontAddress websiteUri regularHours "
    "specialHours serviceArea labels adWordsLocationExtensions latlng openInfo metadata profile "
    "relationshipData moreHours serviceItems"
)
MASKS = frozenset(_NAMES.split())


class PlaceRoom:
    def __init__(self, world: World, desk: Desk) -> None:
        self._world = world
        self._desk = desk

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/v1/accounts", self._accounts),
            web.get("/v1/accounts/{account}", self._account),
            web.get("/v1/accounts/{account}/locations", self._locations),
            web.get("/v1/locations/{location}", self._location),
        ]

    async def _accounts(self, request: web.Request) -> web.Response:
        groups = list(self._desk.groups(request, ACCOUNTS).values())
        kind = request.query.get("filter", "").removeprefix("type=")
        some, following = page(
            request, [each for each in groups if kind in {"", each.type}], usual=20, most=20
        )
        return web.json_response({"accounts": [_account(each) for each in some], **following})

    async def _account(self, request: web.Request) -> web.Response:
        group = self._desk.groups(request, ACCOUNTS).get(request.match_info["account"])
        if group is None:
            raise missing()
        return web.json_response(_account(group))

    async def _locations(self, request: web.Request) -> web.Response:
        groups, wanted = self._desk.groups(request, PLACES), request.match_info["account"]
        mask = _mask(request)
        if wanted != "-" and wanted not in groups:
            raise missing()
        found = {
            place.id: place
            for group in groups.values()
            for place in group.places.values()
            if wanted in {"-", group.id}
        }
        some, following = page(
            request, sorted(found.values(), key=lambda each: each.title), usual=10, most=100
        )
        shown = [self._shown(each, mask) for each in some]
        listed: dict[str, Json] = {"locations": [*shown]} if shown else {}
        return web.json_response({**listed, **following, "totalSize": len(found)})

    async def _location(self, request: web.Request) -> web.Response:
        groups, mask = self._desk.groups(request, PLACES), _mask(request)
        wanted = request.match_info["location"]
        place = next((group.places[wanted] for group in groups.values() if wanted in group.places), None)
        if place is None:
            raise missing()
        return web.json_response(self._shown(place, mask))

    def _shown(self, place: Place, mask: frozenset[str]) -> dict[str, Json]:
        whole: dict[str, Json] = {
            "name": f"locations/{place.id}",
            "languageCode": "en",
            "storeCode": place.code,
            "title": place.title,
            "storefrontAddress": {
                "regionCode": "TW",
                "postalCode": "103",
                "locality": "Taipei",
                "addressLines": ["1 Dihua Street"],
            },
            "metadata": {
                "placeId": f"ChIJ{place.id}",
                "mapsUri": f"{self._world.site}/maps?cid={place.id}",
                **({"canOperateLocalPost": True, "hasVoiceOfMerchant": True} if place.verified else {}),
            },
        }
        return {name: value for name, value in whole.items() if name in mask and value}


def _mask(request: web.Request) -> frozenset[str]:
    names = frozenset(name.strip() for name in request.query.get("readMask", "").split(",") if name.strip())
    if not names or not {name.partition(".")[0] for name in names} <= MASKS:
        raise invalid()
    return frozenset(name.partition(".")[0] for name in names)


def _account(group: Group) -> dict[str, Json]:
    return {
        "name": f"accounts/{group.id}",
        "accountName": group.name,
        "type": group.type,
        "role": "PRIMARY_OWNER",
        "verificationState": "UNVERIFIED",
        "vettedState": "NOT_VETTED",
        "permissionLevel": "OWNER_LEVEL",
    }
