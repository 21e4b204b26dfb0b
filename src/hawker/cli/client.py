"""Calls of the REST API, by the standard library alone."""

import http.client
import json
import secrets
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPMethod, HTTPStatus
from itertools import chain
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode

from hawker import __version__
from hawker.cli.answers import Json, refusal
from hawker.cli.failure import Failed
from hawker.cli.place import Place, is_here
from hawker.cli.speech import language, speak

# Connecting a channel asks its network several times, and each may take half a minute.
ANSWER_SECONDS = 180
PIECE = 2**20


def path(*parts: str, **query: str) -> str:
    """A path of the API; what a person typed in stays one part of it."""
    address = "".join(f"/{quote(part, safe='')}" for part in parts)
    return f"{address}?{urlencode(query)}" if query else address


class Lost(Failed):
    """No answer came; what was asked for may be done all the same."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nobody: urllib would take the key along to any other server."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


class Client:
    """Talks to one Hawker. Every call raises Failed with a sentence."""

    def __init__(self, place: Place) -> None:
        self._place = place
        handlers: list[urllib.request.BaseHandler] = [_Stay()]
        if is_here(place.url):
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    @property
    def url(self) -> str:
        return self._place.url

    def get(self, path: str) -> Json:
        return self._call(HTTPMethod.GET, path)

    def post(self, path: str, body: Json = None) -> Json:
        return self._call(HTTPMethod.POST, path, json.dumps(body).encode() if body is not None else None)

    def put(self, path: str, body: Json) -> Json:
        return self._call(HTTPMethod.PUT, path, json.dumps(body).encode())

    def delete(self, path: str) -> Json:
        return self._call(HTTPMethod.DELETE, path)

    def make(self, path: str, body: Json) -> Json:
        """A POST that is repeated once where its answer was lost; its key lets nothing happen twice."""
        sent, once = json.dumps(body).encode(), {"Idempotency-Key": secrets.token_hex(16)}
        try:
            return self._call(HTTPMethod.POST, path, sent, once)
        except Lost:
            return self._call(HTTPMethod.POST, path, sent, once)

    def upload(self, path: str, file: Path) -> Json:
        """Sends a file as the field `file` of a form (RFC 7578), a piece at a time."""
        boundary, size = secrets.token_hex(16), _size(file)
        name = file.name.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        before, after = head.encode(errors="replace"), f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        length = str(len(before) + size + len(after))
        pieces = chain((before,), _pieces(file), (after,))
        return self._call(HTTPMethod.POST, path, pieces, {"Content-Type": kind, "Content-Length": length})

    def _call(
        self,
        method: HTTPMethod,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Json:
        request = urllib.request.Request(  # noqa: S310 - place.find lets http and https through alone
            f"{self.url}/api/v1{path}",
            data=body,
            method=method,
            headers={**self._headers(), **(headers or {})},
        )
        try:
            status, headers_in, answer = self._exchange(request)
        except (OSError, http.client.HTTPException) as error:
            raise self._lost(error) from error
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            raise self._refused(status, headers_in.get("Location", ""), _json(answer))
        return _json(answer)

    def _exchange(self, request: urllib.request.Request) -> tuple[int, Mapping[str, str], bytes]:
        try:
            response = self._opener.open(request, timeout=ANSWER_SECONDS)
        except HTTPError as error:
            response = error
        with response:
            return response.status, response.headers, response.read()

    def _headers(self) -> dict[str, str]:
        headers = {
            "Authorization": f"Bearer {self._place.key}",
            "Accept-Language": language(),
            "Content-Type": "application/json",
            "User-Agent": f"hawker/{__version__}",
        }
        return headers | ({"Hawker-Workspace": self._place.workspace} if self._place.workspace else {})

    def _refused(self, status: int, location: str, said: Json) -> Failed:
        sentences = refusal(said)
        if sentences:
            return Failed(sentences)
        if status < HTTPStatus.BAD_REQUEST:
            return Failed(
                speak("%(url)s sends on to %(where)s. Give that address.", url=self.url, where=location)
            )
        return Failed(speak("%(url)s answered with an error (HTTP %(code)s).", url=self.url, code=status))

    def _lost(self, error: Exception) -> Failed:
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, ConnectionRefusedError):
            return Failed(speak("Nothing answers at %(url)s. Is Hawker running there?", url=self.url))
        return Lost(speak("No answer came from %(url)s: %(reason)s", url=self.url, reason=str(reason)))


def _size(file: Path) -> int:
    try:
        with file.open("rb"):
            return file.stat().st_size
    except OSError as error:
        raise Failed(speak("%(file)s cannot be read.", file=str(file))) from error


def _pieces(file: Path) -> Iterator[bytes]:
    """A video is not read into the memory."""
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def _json(body: bytes) -> Json:
    try:
        said: Json = json.loads(body)
    except ValueError:
        return None
    return said
