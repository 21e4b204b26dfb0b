"""Where real servers are kept once they are installed: outside the tree, one folder for each set of pins."""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PINS = Path(__file__).parent


class Missing(Exception):
    """Something that this machine lacks; the sentence says what, and how to get it."""


@dataclass(frozen=True)
class Part:
    """`pins` are files beside this one that say what to install: another pin, another folder. `fill` installs
    into an empty folder, or raises Missing."""

    name: str
    pins: tuple[str, ...]
    fill: Callable[[Path], None]

    @property
    def place(self) -> Path:
        kind = f"{platform.machine()} {platform.libc_ver()} {sys.version_info[:2]}"
        digest = hashlib.sha256(kind.encode())
        for pin in self.pins:
            digest.update((PINS / pin).read_bytes())
        return _folder() / f"{self.name}-{digest.hexdigest()[:12]}"

    @property
    def is_there(self) -> bool:
        return (self.place / ".complete").exists()

    def install(self) -> Path:
        """Its folder; filled first where it is not yet. Raises Missing."""
        with _alone(self.place.with_suffix(".lock")):
            if not self.is_there:
                shutil.rmtree(self.place, ignore_errors=True)
                self.place.mkdir(parents=True)
                self.fill(self.place)
                (self.place / ".complete").touch()
        return self.place


def run(command: Sequence[str | Path], what: str, *, at: Path, env: Mapping[str, str] | None = None) -> str:
    """What the command printed. Raises Missing with its last lines where it fails."""
    result = subprocess.run(
        command,
        cwd=at,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode:
        last = "\n".join(result.stdout.strip().splitlines()[-15:])
        raise Missing(f"{what} failed with code {result.returncode}:\n{last}")
    return result.stdout


def need(program: str, install: str) -> str:
    """The path of a program. Raises Missing."""
    found = shutil.which(program)
    if found is None:
        raise Missing(f"{program} is not on this machine. Install it with:  {install}")
    return found


def _folder() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "hawker-tests"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Two runs at once install a thing once."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
