"""Files over HTTP, whole or a range of them (RFC 9110, section 14), a piece at a time."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from hawker.core.media import files

PIECE = 4 * 2**20
_ASKED = re.compile(r"bytes=(?!-$)(\d{0,18})-(\d{0,18})")


class Span(NamedTuple):
    start: int
    length: int


def answer(request: HttpRequest, path: str, size: int, content_type: str) -> HttpResponseBase:
    """What is asked of a stored file. Raises NotFound where it is lost, Unavailable where the storage is
    away."""
    asked = request.headers.get("Range", "")
    part = _span(asked, size)
    if part is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = _pieces(path, part, content_type)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(part.length)
    if _ASKED.fullmatch(asked):
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part.start}-{part.start + part.length - 1}/{size}"
    return response


def _span(asked: str, size: int) -> Span | None:
    """None where there is nothing in the range. What is not understood asks for all of it."""
    found = _ASKED.fullmatch(asked)
    if found is None:
        return Span(0, size)
    if not found[1]:
        length = min(int(found[2]), size)
        return Span(size - length, length) if length else None
    start, end = int(found[1]), min(int(found[2] or size), size - 1)
    return Span(start, end - start + 1) if start <= end else None


def _pieces(path: str, part: Span, content_type: str) -> HttpResponseBase:
    """The first piece is read at once: what goes wrong with it can still be said."""
    first = files.part(path, part.start, min(part.length, PIECE))
    if len(first) >= part.length:
        return HttpResponse(first, content_type=content_type)
    return StreamingHttpResponse(_following(path, part, first), content_type=content_type)


async def _following(path: str, part: Span, first: bytes) -> AsyncIterator[bytes]:
    yield first
    for start in range(len(first), part.length, PIECE):
        length = min(PIECE, part.length - start)
        yield await asyncio.to_thread(files.part, path, part.start + start, length)
