"""Every call at the pretend X, from whatever program, held against X's OpenAPI document."""

from collections.abc import Callable, Sequence

from aiohttp import web

from hawker.connect.pretend import Handler
from hawker.platforms.x.sandbox import Sandbox
from hawker.platforms.x.tests.official import JSON, faults_of_answer, faults_of_request
from hawker.platforms.x.tests.requests_of_x import FILE

Routes = Callable[[Sandbox], Sequence[web.AbstractRouteDef]]


class Watch:
    """`faults`: of what passed by. `calls`: what was called at all. What X refuses may be asked wrongly."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.calls: set[str] = set()

    def around(self, routes: Routes) -> Routes:
        return lambda sandbox: [self._route(route) for route in routes(sandbox)]

    def _route(self, route: web.AbstractRouteDef) -> web.AbstractRouteDef:
        if not isinstance(route, web.RouteDef) or not route.path.startswith("/2/"):
            return route
        seen = self._seen(f"{route.method} {route.path}", route.handler)
        return web.RouteDef(route.method, route.path, seen, route.kwargs)

    def _seen(self, call: str, handler: Handler) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.calls.add(call)
            try:
                answer = await handler(request)
            except web.HTTPException as refusal:
                self._note(call, refusal)
                raise
            assert isinstance(answer, web.Response)
            if answer.status < 400:
                sent = await _body(request)
                self.faults += faults_of_request(call, request.query, request.content_type, sent)
            self._note(call, answer)
            return answer

        return handle

    def _note(self, call: str, answer: web.Response) -> None:
        body = answer.body if isinstance(answer.body, bytes) else b""
        self.faults += faults_of_answer(call, answer.status, answer.content_type, body)


async def _body(request: web.Request) -> object:
    if request.content_type == JSON:
        return await request.json()
    form = await request.post()
    return {name: part if isinstance(part, str) else FILE for name, part in form.items()}
