"""A server that hangs up after each answer without saying so, as snac2 does."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

STATUS = b'{"id": "1", "url": "https://shop.example/1"}'


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    size = re.search(rb"(?i)content-length: (\d+)", head)
    await reader.readexactly(int(size[1]) if size else 0)
    body = STATUS if head.startswith(b"POST") else b"[]"
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    writer.write(body)
    await writer.drain()
    writer.close()


@asynccontextmanager
async def hangs_up() -> AsyncIterator[str]:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
