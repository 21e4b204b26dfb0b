"""Where calls to the pretend Graph API come in: version, token, proof and limits are checked, batches taken
apart."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.meta import proof
from hawker.connect.pretend import Handler
from hawker.connect.pretend_graph import Call, File, Key, Route, no_token, refusal

VERSION, END = r"/{version:v\d+\.\d+}", "{end:/?}"
BATCH = 50


@dataclass(kw_only=True)
class Ration:
    left: int
    resets_at: datetime


@dataclass(frozen=True, kw_only=True)
class Excess:
    """What is answered where a limit is used up; `kind` is the business use case in the header."""

    kind: str
    code: int
    message: str


APP_EXCESS = Excess(kind="", code=4, message="(#4) Application request limit reached")


class Rations:
    """Percentages of the limits of apps and of accounts, by their ids; they count once they were set."""

    def __init__(self, now: Callable[[], datetime], excess: Excess) -> None:
        self._now = now
        self._left: dict[str, Ration] = {}
        self.excess = excess

    def leave(self, holder: str, left: int, seconds: float) -> None:
        self._left[holder] = Ration(left=left, resets_at=self._now() + timedelta(seconds=seconds))

    def spend(self, key: Key) -> None:
        """Raises the network's refusal where a limit is used up."""
        for holder, excess in ((key.app_id, APP_EXCESS), (key.who, self.excess)):
            ration = self._of(holder)
            if ration and ration.left <= 0:
                raise refusal(excess.code, excess.message, transient=True)
            if ration:
                ration.left -= 1

    def headers(self, key: Key) -> dict[str, str]:
        account = {**self._use(key.who), "type": self.excess.kind}
        ration = self._of(key.who)
        wait = (ration.resets_at - self._now()).total_seconds() if ration and ration.left <= 0 else 0
        account["estimated_time_to_regain_access"] = round(wait / 60 + 0.49)
        return {
            "X-App-Usage": json.dumps(self._use(key.app_id)),
            "X-Business-Use-Case-Usage": json.dumps({key.who: [account]}),
        }

    def limited(self, who: str) -> web.Response:
        """One call too many of an account, soon allowed again."""
        error = refusal(self.excess.code, self.excess.message, transient=True)
        use = {"type": self.excess.kind, "call_count": 100, "total_cputime": 20, "total_time": 20}
        told = json.dumps({who: [{**use, "estimated_time_to_regain_access": 1}]})
        headers = {"X-Business-Use-Case-Usage": told}
        return web.Response(
            text=error.text, status=error.status, content_type="application/json", headers=headers
        )

    def _of(self, holder: str) -> Ration | None:
        ration = self._left.get(holder)
        return ration if ration and ration.resets_at > self._now() else None

    def _use(self, holder: str) -> dict[str, Json]:
        ration = self._of(holder)
        used = 100 - ration.left if ration else 1
        return {"call_count": used, "total_cputime": min(used, 20), "total_time": min(used, 25)}


class Desk:
    """Turns `Route`s into routes of the sandbox: with and without version, with everything checked first.

    `keys` finds a token; `secret` an app's, for the proof; with `wants_proof` a call without one is refused.
    """

    def __init__(
        self,
        address: str,
        *,
        now: Callable[[], datetime],
        keys: Callable[[str], Key | None],
        secret: Callable[[str], str],
        rations: Rations,
        versions: Sequence[str],
    ) -> None:
        self.address = address
        self.rations = rations
        self.versions = versions
        self.wants_proof = False
        self._now = now
        self._keys = keys
        self._secret = secret

    def routes(self, routes: Sequence[Route]) -> Iterator[web.AbstractRouteDef]:
        batch = Route(method="POST", path="", answers=self._batch)
        for route in (*routes, batch):
            for prefix in (VERSION, ""):
                path = f"{prefix}{route.path}{END}" if prefix or route.path else "/"
                yield web.RouteDef(route.method, path, self._handler(route), {})

    def _handler(self, route: Route) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            call = await self._call(request, route)
            headers = self.rations.headers(call.key) if call.key else {}
            try:
                if call.key:
                    self.rations.spend(call.key)
                    headers = self.rations.headers(call.key)
                body = await route.answers(call)
            except web.HTTPException as error:
                error.headers.update(headers)
                raise
            answer = body if isinstance(body, web.StreamResponse) else web.json_response(body)
            answer.headers.update(headers)
            return answer

        return handle

    async def _call(self, request: web.Request, route: Route) -> Call:
        params, files = await _read(request)
        version = request.match_info.get("version", self.versions[0])
        if _number(version) > _number(self.versions[0]):
            raise refusal(2500, f"Unknown path components: {request.path}")
        token = params.pop("access_token", "") or request.headers.get("Authorization", "").partition(" ")[2]
        key = None if route.open else self._key(token, params)
        return Call(request=request, version=version, params=params, files=files, key=key)

    def _key(self, token: str, params: Mapping[str, str]) -> Key:
        """Raises what the network says to dead keys, and to proofs that do not fit."""
        if not token:
            raise no_token()
        key = self._keys(token)
        if key is None:
            raise refusal(190, "Invalid OAuth access token - Cannot parse access token")
        if key.dead:
            raise refusal(
                190, "Error validating access token: The session has been invalidated.", subcode=key.dead
            )
        if key.expires_at and key.expires_at <= self._now():
            message = f"Error validating access token: Session has expired on {key.expires_at:%A, %d-%b-%y}."
            raise refusal(190, message, subcode=463)
        self._check_proof(key, params.get("appsecret_proof", ""))
        return key

    def _check_proof(self, key: Key, given: str) -> None:
        if not given and self.wants_proof:
            raise refusal(
                100,
                "API calls from the server require an appsecret_proof argument",
                kind="GraphMethodException",
            )
        if given and not secrets.compare_digest(given, proof(self._secret(key.app_id), key.token)):
            raise refusal(
                100, "Invalid appsecret_proof provided in the API argument", kind="GraphMethodException"
            )

    async def _batch(self, call: Call) -> Json:
        """Each piece is a call of its own over the wire."""
        pieces = call.parsed("batch")
        if not isinstance(pieces, list) or not 0 < len(pieces) <= BATCH:
            raise refusal(100, f"(#100) Too many requests in batch message. Maximum batch size is {BATCH}")
        async with aiohttp.ClientSession() as session:
            wishes = [piece for piece in pieces if isinstance(piece, dict)]
            return [await self._piece(session, call, piece) for piece in wishes]

    async def _piece(self, session: aiohttp.ClientSession, call: Call, piece: Mapping[str, Json]) -> Json:
        url = f"{self.address}/{call.version}/{str(piece.get('relative_url', '')).lstrip('/')}"
        headers = {"Authorization": f"Bearer {call.holder.token}"}
        form = dict(parse_qsl(str(piece.get("body", ""))))
        method = str(piece.get("method", "GET"))
        async with session.request(method, url, headers=headers, data=form or None) as answer:
            told: list[Json] = [{"name": name, "value": value} for name, value in answer.headers.items()]
            return {"code": answer.status, "headers": told, "body": await answer.text()}


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.lstrip("v").split("."))


async def _read(request: web.Request) -> tuple[dict[str, str], dict[str, File]]:
    """A call may come as query, form, form with files, or JSON."""
    params, files = dict(request.query), dict[str, File]()
    if request.content_type == "application/json" and request.can_read_body:
        body = json.loads(await request.text() or "{}")
        params |= {name: each if isinstance(each, str) else json.dumps(each) for name, each in body.items()}
        return params, files
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            content = part.file.read()
            files[name] = File(name=part.filename, content_type=part.content_type, content=content)
        elif isinstance(part, str):
            params[name] = part
        else:
            files[name] = File(name=name, content_type="", content=bytes(part))
    return params, files
