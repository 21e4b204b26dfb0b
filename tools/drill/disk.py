"""The folder of Hawker's data, which the drill can make full."""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import psutil

SIZE_MB = 256
A_BLOCK = 2**20


class Disk(Protocol):
    """`means` says how it is made full."""

    means: str

    def fill(self) -> None: ...

    def free(self) -> None: ...


class Mounted:
    """A small file system in memory, filled to the last byte: what is written there fails with ENOSPC."""

    means = f"tmpfs of {SIZE_MB} MB, filled"

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        block = b"\0" * A_BLOCK
        with self._ballast.open("wb", buffering=0) as file, suppress(OSError):
            while block:
                written = file.write(block)
                block = block if written == len(block) else block[: len(block) // 2]

    def free(self) -> None:
        self._ballast.unlink(missing_ok=True)


class Limited:
    """A limit of nothing to the size of files that the processes write (RLIMIT_FSIZE): EFBIG for ENOSPC."""

    means = "RLIMIT_FSIZE of the running processes"

    def __init__(self, running: Callable[[], Sequence[int]]) -> None:
        self._running = running

    def fill(self) -> None:
        self._limit(0)

    def free(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        for pid in self._running():
            with suppress(psutil.NoSuchProcess):
                process = psutil.Process(pid)
                _, hard = process.rlimit(psutil.RLIMIT_FSIZE)
                process.rlimit(psutil.RLIMIT_FSIZE, (size, hard))


@contextmanager
def small(folder: Path, running: Callable[[], Sequence[int]]) -> Iterator[Disk]:
    """The best means to be had: to mount something takes root."""
    folder.mkdir()
    if not _mount(folder):
        yield Limited(running)
        return
    try:
        yield Mounted(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mount(folder: Path) -> bool:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    asked = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=700", "tmpfs", str(folder)]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0
