"""One HTTP client for all networks: time limits, no private addresses, one log line a call, errors sorted."""

import asyncio
import copy
import ipaddress
import json
import logging
import socket
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from types import TracebackType
from typing import Any, Self, TypedDict
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.sessions import Sessions, is_once
from hawker.connect.sockets import MESSAGE_BYTES, Socket
from hawker.connect.text import say

log = logging.getLogger("hawker.http")

CONNECT_SECONDS = 10
ANSWER_SECONDS = 30
# A whole call, its upload included; an answer that drips without end is no answer.
CALL_SECONDS = 300
GOODBYE_SECONDS = 2
LONGEST_WAIT = 10**8
ANSWER_BYTES = 16 * 2**20
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    def json(self) -> Json:
        """The body as JSON; None where it is none."""
        try:
            parsed: Json = json.loads(self.body)
        except ValueError:
            return None
        return parsed

    def get(self, name: str) -> str:
        """A text field of a JSON object; empty where there is none."""
        parsed = self.json()
        value = parsed.get(name) if isinstance(parsed, dict) else None
        return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class Heard:
    """A call, and the answer to it. `beside`: what its caller knew that the answer cannot be read without."""

    method: str
    path: str
    answer: Answer
    beside: Mapping[str, int] = field(default_factory=dict)


Explain = Callable[[Answer], NetworkError | None]


class Body(TypedDict, total=False):
    """One of the two."""

    json: object
    data: aiohttp.FormData


class Sent(Body, total=False):
    """What a network's own calls hand on to `Http.request` as it came."""

    irreversible: bool
    explain: Explain


Listener = Callable[[Heard], None]


class PrivateAddress(OSError):
    """A server that a user named lives on an address of this house."""


class Http:
    """An open client; use as `async with Http(...) as http`. It keeps no cookies and follows no redirects."""

    def __init__(self, *, allow_private: bool, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._allow_private = allow_private
        self._answer_seconds = answer_seconds
        self._limit = aiohttp.ClientTimeout(
            total=CALL_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=answer_seconds
        )
        self._sessions = Sessions(self._session, partial(_connector, self._socket))
        self._listener: Listener | None = None

    def heard_by(self, listener: Listener) -> Self:
        """This open client, all of whose answers, also those of 400 and above, `listener` is told."""
        heard = copy.copy(self)
        heard._listener = listener
        return heard

    async def __aenter__(self) -> Self:
        await self._sessions.__aenter__()
        return self

    def _session(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "Hawker (+self-hosted)"},
            timeout=self._limit,
        )

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._sessions.__aexit__(kind, error, trace)

    async def request(
        self,
        method: str,
        url: str,
        *,
        token: str = "",
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        json: object = None,
        data: bytes | aiohttp.FormData | AsyncIterable[bytes] | None = None,
        irreversible: bool = False,
        explain: Explain | None = None,
        hidden: str = "",
        beside: Mapping[str, int] | None = None,
        encoded: bool = False,
    ) -> Answer:
        """One call. Gives the answer where its status is below 400, else raises a NetworkError.

        `explain` may turn an answer of 400 and above into the network's own error; where it gives None, and
        for everything below HTTP, the rules of `failure` and `broken` hold. With `irreversible` an answer
        that was lost raises OutcomeUnknown and never Later; and the call leaves once: any other GET, PUT or
        DELETE is repeated by aiohttp itself where its connection breaks. `hidden` is a secret within `url`:
        it then stands in no log line, no sentence and no trace. `beside` goes to the listener. With `encoded`
        the address goes out sign by sign as it is, for networks to which “%3A” is not the same as “:”;
        `params` are then part of it.
        """
        sent = {**(headers or {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        body = data if form is None else aiohttp.FormData(dict(form))
        started, shown = time.monotonic(), url.replace(hidden, "***") if hidden else url
        try:
            goal = URL(url, encoded=True) if encoded else url
            answer = await self._send(
                method, goal, headers=sent, params=params, json=json, data=body, irreversible=irreversible
            )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            _note(method, shown, type(error).__name__, started)
            if _broke_off(error):
                self._sessions.broke(urlsplit(url).netloc, once=is_once(method, irreversible=irreversible))
            # aiohttp's own errors name the whole address.
            raise broken(error, shown, irreversible=irreversible) from (None if hidden else error)
        _note(method, shown, str(answer.status), started)
        self._tell(method, shown, answer, beside or {})
        if answer.status < 400:
            return answer
        raise (explain and explain(answer)) or failure(answer, shown, irreversible=irreversible)

    @asynccontextmanager
    async def talk(self, url: str, *, explain: Explain | None = None) -> AsyncIterator[Socket]:
        """An open WebSocket at a web address. Raises as a call that may be repeated; `explain` is asked where
        the server opens none, of any status. Its end is one log line. Where aiohttp follows a redirect, the
        guard against private addresses holds there too."""
        started = time.monotonic()
        try:
            wire = await self._shake_hands(url)
        except aiohttp.WSServerHandshakeError as error:
            _note("SOCKET", url, str(error.status), started)
            answer = Answer(error.status, error.headers or {}, b"")
            self._tell("SOCKET", url, answer, {})
            raise (explain and explain(answer)) or failure(answer, url, irreversible=False) from error
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            _note("SOCKET", url, type(error).__name__, started)
            raise broken(error, url, irreversible=False) from error
        self._tell("SOCKET", url, Answer(101, {}, b""), {})
        try:
            yield Socket(wire, partial(broken, url=url), seconds=self._answer_seconds, most=ANSWER_BYTES)
        finally:
            # To one who does not listen nobody can say goodbye either: aiohttp then breaks off.
            with suppress(TimeoutError):
                await asyncio.wait_for(wire.close(), GOODBYE_SECONDS)
            _note("SOCKET", url, str(wire.close_code), started)

    async def _shake_hands(self, url: str) -> aiohttp.ClientWebSocketResponse:
        """Nothing is said yet: it goes over a kept connection, and is repeated where that is dead."""
        session = await self._sessions.pick(urlsplit(url).netloc, once=False)
        limit = aiohttp.ClientWSTimeout(ws_close=1)
        async with asyncio.timeout(self._answer_seconds):
            return await session.ws_connect(url, timeout=limit, max_msg_size=MESSAGE_BYTES)

    def _tell(self, method: str, url: str, answer: Answer, beside: Mapping[str, int]) -> None:
        if self._listener:
            self._listener(Heard(method, urlsplit(url).path, answer, beside))

    async def _send(
        self,
        method: str,
        url: str | URL,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None,
        json: object,
        data: bytes | aiohttp.FormData | AsyncIterable[bytes] | None,
        irreversible: bool,
    ) -> Answer:
        once = is_once(method, irreversible=irreversible)
        session = await self._sessions.pick(urlsplit(str(url)).netloc, once=once)
        async with session.request(
            method, url, headers=headers, params=params, json=json, data=data, allow_redirects=False
        ) as response:
            body = await response.content.read(ANSWER_BYTES)
            while not response.content.at_eof() and len(body) < ANSWER_BYTES:
                body += await response.content.read(ANSWER_BYTES - len(body))
            return Answer(response.status, response.headers, body)

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """Stands between name look-up and connection, so that no name and no redirect leads inside."""
        family, kind, protocol, _, address = info
        if not self._allow_private and not ipaddress.ip_address(str(address[0]).split("%")[0]).is_global:
            raise PrivateAddress(f"{address[0]} is a private address")
        return socket.socket(family, kind, protocol)


def _connector(make_socket: aiohttp.connector.SocketFactoryType, **how: Any) -> aiohttp.TCPConnector:
    return aiohttp.TCPConnector(limit=200, limit_per_host=100, socket_factory=make_socket, **how)


def _broke_off(error: Exception) -> bool:
    """A connection that was there broke; to a server that was not reached there was none."""
    reached = not isinstance(error, aiohttp.ClientConnectorError)
    return reached and isinstance(error, aiohttp.ClientOSError | aiohttp.ServerDisconnectedError)


def broken(error: Exception, url: str, *, irreversible: bool) -> NetworkError:
    """A call that ended without an answer."""
    host = urlsplit(url).hostname or url
    if isinstance(error, aiohttp.InvalidURL | ValueError):
        return Refused(say("“%(host)s” is not an address.", host=host), field="server")
    if _private(error):
        return Refused(
            say("%(host)s is an address inside this network. Name a server on the internet.", host=host),
            field="server",
        )
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return _unreached(error, host)
    if irreversible:
        return OutcomeUnknown(say("%(host)s did not say whether it took the post.", host=host))
    if isinstance(error, TimeoutError):
        return Later(say("%(host)s took too long to answer.", host=host))
    return Later(say("%(host)s broke off before it answered.", host=host))


def _unreached(error: Exception, host: str) -> Later:
    """The request never left: no connection was made."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Later(say("No server is known by the name %(host)s. Check the spelling.", host=host))
    if isinstance(error, aiohttp.ClientSSLError):
        return Later(say("%(host)s does not offer a safe connection that can be trusted.", host=host))
    return Later(say("%(host)s cannot be reached just now.", host=host))


def failure(answer: Answer, url: str, *, irreversible: bool) -> NetworkError:
    """What an answer of 400 and above means where a network has no rule of its own for it."""
    host, code = urlsplit(url).hostname or url, str(answer.status)
    if answer.status == 429:
        return Later(
            say("%(host)s asks to wait: too many calls in a short time.", host=host),
            code=code,
            at=retry_after(answer.headers),
        )
    if answer.status >= 500 and irreversible:
        return OutcomeUnknown(
            say("%(host)s had a fault and did not say whether it took the post.", host=host), code=code
        )
    if answer.status >= 500:
        return Later(
            say("%(host)s has a fault just now.", host=host), code=code, at=retry_after(answer.headers)
        )
    if answer.status == 401:
        return SignInAgain(
            say("%(host)s no longer accepts Hawker's key to this account.", host=host), code=code
        )
    return Refused(say("%(host)s refused: %(reason)s", host=host, reason=_reason(answer)), code=code)


def retry_after(headers: Mapping[str, str]) -> datetime | None:
    """RFC 9110, section 10.2.3: seconds, or an HTTP date."""
    value = headers.get("Retry-After", "")
    if value.isdecimal():
        return datetime.now(UTC) + timedelta(seconds=min(int(value), LONGEST_WAIT))
    try:
        return parsedate_to_datetime(value).astimezone(UTC)
    except ValueError:
        return None


def _reason(answer: Answer) -> str:
    said = answer.get("error_description") or answer.get("message") or answer.get("error")
    return said[:300] or f"HTTP {answer.status}"


def _private(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, PrivateAddress):
            return True
        nested = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
        if any(_private(each) for each in nested):
            return True
        error = getattr(error, "os_error", None) or error.__cause__ or error.__context__
    return False


def _note(method: str, url: str, result: str, started: float) -> None:
    parts = urlsplit(url)
    took = (time.monotonic() - started) * 1000
    log.info("call %s %s%s result=%s ms=%.0f", method, parts.netloc, parts.path, result, took)
