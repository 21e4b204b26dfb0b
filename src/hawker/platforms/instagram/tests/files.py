"""Pictures and videos for the tests of this folder, at an address from which a network can fetch them."""

import socket
import subprocess
import tempfile
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

import imageio_ffmpeg
from aiohttp import web
from PIL import Image

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.values import Media


def pixels(kind: str = "JPEG", size: tuple[int, int] = (80, 80)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "#8a3324").save(file, kind)
    return file.getvalue()


@cache
def film(seconds: int = 4) -> bytes:
    """A small MP4, its index first."""
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    source = ["-f", "lavfi", "-i", f"testsrc=duration={seconds}:size=90x160:rate=24"]
    coded = ["-pix_fmt", "yuv420p", "-c:v", "libx264", "-movflags", "+faststart"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        subprocess.run([ffmpeg, "-v", "error", *source, *coded, path], check=True)
        return path.read_bytes()


@dataclass
class Shelf:
    """`fetched`: the names of what was asked for; `closed`: nobody outside can reach this Hawker."""

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    closed: bool = False

    def medium(self, content: bytes, content_type: str, *, alt: str = "", seconds: float = 0) -> Media:
        name = str(uuid.uuid4())
        self.files[name] = content
        return Media(
            id=name,
            content_type=content_type,
            size=len(content),
            width=80,
            height=80,
            alt=alt,
            seconds=seconds,
            read=lambda: content,
            address=lambda: self._address(name),
        )

    def picture(self, alt: str = "Steam over bao") -> Media:
        return self.medium(pixels(), "image/jpeg", alt=alt)

    def video(self, seconds: int = 4) -> Media:
        return self.medium(film(seconds), "video/mp4", seconds=seconds)

    def _address(self, name: str) -> str:
        if self.closed:
            raise Refused(say("Hawker has no public address."), field="media")
        return f"{self.address}/{name}"

    async def give(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.fetched.append(name)
        if name not in self.files:
            raise web.HTTPNotFound
        return web.Response(body=self.files[name])


@asynccontextmanager
async def shelved() -> AsyncIterator[Shelf]:
    listening = socket.create_server(("127.0.0.1", 0))
    shelf = Shelf(f"http://127.0.0.1:{listening.getsockname()[1]}")
    app = web.Application()
    app.router.add_get("/{name}", shelf.give)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield shelf
    finally:
        await runner.cleanup()
