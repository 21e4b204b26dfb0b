"""What the pretend LINE shows beside messages: the account, its quota, friends, audiences and tokens."""

from collections.abc import Mapping

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_oauth import read_form
from hawker.platforms.line.sandbox_call import Call, Refusal
from hawker.platforms.line.sandbox_world import Shop, World, fresh_token

# 30 days, and the 15 minutes of a stateless token.
SHORT_LIVED, STATELESS = 2_592_000, 900


class Desk:
    def __init__(self, world: World) -> None:
        self._world = world

    async def info(self, call: Call) -> Json:
        premium: dict[str, Json] = {"premiumId": call.shop.premium_id} if call.shop.premium_id else {}
        return {
            "userId": call.shop.id,
            "basicId": call.shop.basic_id,
            **premium,
            "displayName": call.shop.name,
            "chatMode": "bot",
            "markAsReadMode": "auto",
        }

    async def quota(self, call: Call) -> Json:
        if self._world.manners.unlimited:
            return {"type": "none"}
        return {"type": "limited", "value": call.shop.quota}

    async def consumption(self, call: Call) -> Json:
        return {"totalUsage": call.shop.used}

    async def followers(self, call: Call) -> Json:
        if not call.query.get("date", "").isdecimal():
            raise Refusal(400, "The value for the 'date' parameter is invalid")
        status = self._world.manners.insight
        if status == "forbidden":
            raise Refusal(403, "This LINE Official Account has no permission to use this API.")
        friends = call.shop.friends
        told: dict[str, Json] = {"followers": friends, "targetedReaches": friends * 9 // 10, "blocks": 0}
        return {"status": status, **(told if status == "ready" else {})}

    async def group(self, call: Call) -> Json:
        number = call.parts["group"]
        group = call.shop.groups.get(int(number)) if number.isdecimal() else None
        if group is None:
            raise Refusal(400, "AUDIENCE_GROUP_NOT_FOUND")
        told: Json = {
            "audienceGroupId": group.id,
            "type": "UPLOAD",
            "description": "Regulars",
            "status": group.status,
            "audienceCount": group.count,
            "created": int(self._world.now().timestamp()),
            "isIfaAudience": False,
            "permission": "READ_WRITE",
            "createRoute": "OA_MANAGER",
        }
        return {"audienceGroup": told, "jobs": []}


class TokenDesk:
    """Answers in OAuth's own shape."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def issue(self, request: web.Request) -> web.Response:
        return await self._give(request, {"expires_in": SHORT_LIVED})

    async def issue_stateless(self, request: web.Request) -> web.Response:
        return await self._give(request, {"expires_in": STATELESS})

    async def verify(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        shop = self._world.by_token(form.get("access_token", ""))
        if shop is None:
            return _refused("invalid_request", "access token expired")
        told = {"client_id": shop.channel, "expires_in": SHORT_LIVED, "scope": "P CM"}
        return web.json_response(told)

    async def revoke(self, request: web.Request) -> web.Response:
        token = (await read_form(request)).get("access_token", "")
        shop = self._world.by_token(token)
        if shop:
            shop.fresh.discard(token)
        return web.json_response({})

    async def _give(self, request: web.Request, told: Mapping[str, int]) -> web.Response:
        form = await read_form(request)
        if form.get("grant_type") != "client_credentials":
            return _refused("unsupported_grant_type", "grant_type is not supported")
        shop = self._shop(form)
        if shop is None:
            return _refused("invalid_client", "invalid client credentials")
        return web.json_response({"access_token": fresh_token(shop), "token_type": "Bearer", **told})

    def _shop(self, form: Mapping[str, str]) -> Shop | None:
        return self._world.by_channel(form.get("client_id", ""), form.get("client_secret", ""))


def _refused(error: str, description: str) -> web.Response:
    return web.json_response({"error": error, "error_description": description}, status=400)
