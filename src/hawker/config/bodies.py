"""The bodies of requests: on the disk beside the data as soon as they are large, and never without an end."""

import tempfile
from collections.abc import Awaitable, Callable, Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.http import HttpResponseBase

from hawker.core.media.rules import VIDEO_BYTES

# A file, and what its form has beside it.
BODY_BYTES = VIDEO_BYTES + 2**20
Receive = Callable[[], Awaitable[Mapping[str, Any]]]


class Handler(ASGIHandler):
    """Django's own keeps bodies of any size, and where this machine has its temporary files: often that is
    the memory."""

    async def read_body(self, receive: Receive) -> IO[bytes]:
        """What is too large is heard to its end, or no browser would read the answer, and not kept:
        `too_large.Limit` says so then."""
        body = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - Django closes it
            max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE, dir=str(settings.FILE_UPLOAD_TEMP_DIR)
        )
        more, heard = True, 0
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                body.close()
                raise RequestAborted
            piece, more = message.get("body", b""), message.get("more_body", False)
            heard += len(piece)
            if heard <= BODY_BYTES:
                body.write(piece)
            else:
                _empty(body)
        body.seek(0)
        return body

    def create_request(
        self, scope: Mapping[str, Any], body_file: IO[bytes]
    ) -> tuple[ASGIRequest, None] | tuple[None, HttpResponseBase]:
        """Django would read a body that does not tell its length into the memory, however long it is."""
        told = any(name == b"content-length" for name, _ in scope["headers"])
        if not told and body_file.seek(0, 2) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            _empty(body_file)
        body_file.seek(0)
        return super().create_request(scope, body_file)


def _empty(body: IO[bytes]) -> None:
    body.seek(0)
    body.truncate()
