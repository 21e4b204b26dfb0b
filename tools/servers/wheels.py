"""Parts that come as Python wheels: a virtual environment each, so that none of it meets Hawker's own."""

import sys
from pathlib import Path

from tools.servers.cache import PINS, Missing, run


def fill_from(lock: str, place: Path) -> None:
    """uv is the faster one; pip also knows indexes that only pip is configured for."""
    run([sys.executable, "-m", "venv", "--without-pip", place], "Making a virtual environment", at=place)
    python = place / "bin" / "python"
    pinned: list[str | Path] = ["--quiet", "--require-hashes", "-r", PINS / lock]
    try:
        run([sys.executable, "-m", "uv", "pip", "install", "--python", python, *pinned], "uv", at=place)
    except Missing:
        run(
            [sys.executable, "-m", "pip", "--python", python, "install", *pinned],
            f"Installing {lock}",
            at=place,
        )
