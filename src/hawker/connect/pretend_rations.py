"""How much a pretend network lets an account do, as the headers of its answers tell it.

Of its own accord it only tells; it counts once it was told how much to leave: a drill does more in a minute
than a network takes in a quarter of an hour.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from hawker.connect.pretend import Handler


@dataclass
class Ration:
    """Without `counted` there is always enough."""

    limit: int
    left: int
    resets_at: datetime
    counted: bool = True


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a network documents: so much in so long."""

    limit: int
    period: timedelta


@dataclass(frozen=True)
class Use:
    """Whose rations a call takes from, and which; nobody's where there are none."""

    owner: str = ""
    names: tuple[str, ...] = ()


class Rations:
    """`uses` reads a call, `headers` are a ration's in the network's spelling, `refuse` is its answer to one
    call too many, to which the headers are added."""

    def __init__(
        self,
        allowances: Mapping[str, Allowance],
        *,
        now: Callable[[], datetime],
        uses: Callable[[web.Request], Use],
        headers: Callable[[Ration], Mapping[str, str]],
        refuse: Callable[[], web.Response],
    ) -> None:
        self._allowances = allowances
        self._now = now
        self._uses = uses
        self._headers = headers
        self._refuse = refuse
        self._left: dict[tuple[str, str], Ration] = {}

    def leave(self, owner: str, name: str, left: int, seconds: float) -> None:
        resets_at = self._now() + timedelta(seconds=seconds)
        self._left[owner, name] = Ration(self._allowances[name].limit, left, resets_at)

    def spent(self, name: str, wait: timedelta | None = None) -> web.Response:
        """The answer to one call too many; allowed again after `wait`, else after the whole period."""
        allowance = self._allowances[name]
        return self._refused(Ration(allowance.limit, 0, self._now() + (wait or allowance.period)))

    def around(self, routes: Iterable[web.AbstractRouteDef]) -> Sequence[web.RouteDef]:
        return [
            web.RouteDef(route.method, route.path, self._rationed(route.handler), route.kwargs)
            for route in routes
            if isinstance(route, web.RouteDef)
        ]

    def _rationed(self, handler: Handler) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            use = self._uses(request)
            rations = [self._ration(use.owner, name) for name in use.names]
            if not rations:
                return await handler(request)
            if any(each.counted and each.left <= 0 for each in rations):
                return self._refused(_least(rations))
            for each in rations:
                each.left -= 1
            headers = self._headers(_least(rations))
            try:
                answer = await handler(request)
            except web.HTTPException as refusal:
                refusal.headers.update(headers)
                raise
            answer.headers.update(headers)
            return answer

        return handle

    def _ration(self, owner: str, name: str) -> Ration:
        kept = self._left.get((owner, name))
        if kept and kept.resets_at > self._now():
            return kept
        limit = self._allowances[name].limit
        return Ration(limit, limit, self._now() + self._allowances[name].period, counted=False)

    def _refused(self, ration: Ration) -> web.Response:
        answer = self._refuse()
        answer.headers.update(self._headers(ration))
        return answer


def _least(rations: Iterable[Ration]) -> Ration:
    return min(rations, key=lambda each: each.left)
