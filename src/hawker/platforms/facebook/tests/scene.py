"""A page signed in at the pretend Facebook, and what it does there."""

import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import imageio_ffmpeg

from hawker.connect.http import Http
from hawker.connect.values import Account, Media
from hawker.platforms.facebook.sandbox import Sandbox
from hawker.platforms.facebook.sandbox_world import World
from hawker.platforms.facebook.sign_in import Reach
from hawker.sandbox.app import Network
from hawker.sandbox.tests import scene


class Scene(scene.Scene):
    @property
    def pretend(self) -> Sandbox:
        return pretend_of(self.network)

    @property
    def world(self) -> World:
        return self.pretend.world

    def behave(self, **changes: object) -> None:
        self.world.manners = replace(self.world.manners, **changes)  # type: ignore[arg-type]


def pretend_of(network: Network) -> Sandbox:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend


async def reached(http: Http, person: Account) -> list[Account]:
    return list(await Reach().reached(http, person))


@cache
def moving(seconds: int) -> bytes:
    """A small upright video with sound."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "film.mp4"
        source = ("-f", "lavfi", "-i", f"testsrc=duration={seconds}:size=540x960:rate=24")
        sound = ("-f", "lavfi", "-i", f"sine=duration={seconds}")
        how = (
            "-shortest",
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "libx264",
            "-c:a",
            "aac",
            "-movflags",
            "+faststart",
        )
        run((*source, *sound, *how, str(file)))
        return file.read_bytes()


def run(arguments: tuple[str, ...]) -> None:
    subprocess.run(
        (imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", *arguments), check=True, timeout=60
    )


def film(seconds: int = 4, content: bytes | None = None) -> Media:
    shown = moving(seconds) if content is None else content
    return Media(
        id=str(uuid4()),
        content_type="video/mp4",
        size=len(shown),
        width=540,
        height=960,
        alt="",
        read=lambda: shown,
        seconds=seconds,
    )
