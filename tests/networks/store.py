"""An object store that speaks S3, as a server: rclone over a folder, in which a bucket is a folder again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.networks.place import Ground
from tools.process import Process, free_port
from tools.servers.rclone import RCLONE, command

BUCKET = "tea-pictures"
KEY, SECRET = "alice", "correct-horse-42"


@dataclass
class Store:
    folder: Path
    log: Path
    port: int

    @property
    def settings(self) -> Mapping[str, str]:
        """What an owner sets so that Hawker keeps its pictures here."""
        return {
            "HAWKER_S3_BUCKET": BUCKET,
            "HAWKER_S3_ENDPOINT": f"http://127.0.0.1:{self.port}",
            "HAWKER_S3_KEY": KEY,
            "HAWKER_S3_SECRET": SECRET,
        }

    def objects(self) -> dict[str, bytes]:
        """What lies in the bucket, read from the folder and not through the server."""
        bucket = self.folder / BUCKET
        files = (path for path in sorted(bucket.rglob("*")) if path.is_file())
        return {str(path.relative_to(bucket)): path.read_bytes() for path in files}

    def start(self) -> None:
        given = ["--auth-key", f"{KEY},{SECRET}", "--addr", f"127.0.0.1:{self.port}", "--config", "/dev/null"]
        serve = [*command(RCLONE.place), "serve", "s3", *given, str(self.folder)]
        self._server = Process("rclone", serve, log=self.log, at=self.folder)
        self._server.until(self._listens)

    def stop(self) -> None:
        self._server.stop()

    def _listens(self) -> bool:
        """Whoever does not sign is refused; that is an answer too."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}").is_client_error
        except httpx.TransportError:
            return False


@contextmanager
def store(ground: Ground) -> Iterator[Store]:
    room = ground.room("store")
    (room / BUCKET).mkdir()
    store = Store(room, ground.log("rclone"), free_port())
    store.start()
    try:
        yield store
    finally:
        store.stop()
