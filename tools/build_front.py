"""Puts the front-end libraries from npm where the pages find them, then collects all static files.

Run with the project's Python from the repository's root; does nothing while everything is up to date.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
MODULES = ROOT / "node_modules"
OWN = SOURCE / "hawker/web/static"
VENDOR = OWN / "vendor"
COLLECTED = SOURCE / "hawker/static_root"
SETTINGS = "hawker.config.settings"
ICONS = ROOT / "tools/icons.txt"
LIBRARIES = {
    "tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.js": "htmx.org/dist/htmx.min.js",
}
_SOURCE_MAP = re.compile(r"\s*/[/*][#@]\s*sourceMappingURL=[^\n]*\n?")
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def digest(files: Iterator[Path], root: Path = ROOT) -> str:
    sums = hashlib.sha256()
    for file in sorted(files):
        sums.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return sums.hexdigest()


def install() -> None:
    """`npm ci`, where what is installed is not what the lock says."""
    stamp, lock = MODULES / ".hawker", ROOT / "package-lock.json"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("Hawker's pages need Node's npm once, to fetch their libraries. Install Node 20 or later.")
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=True)
    shutil.copyfile(lock, stamp)


def sprite(names: list[str]) -> str:
    """The chosen icons as symbols of one drawing; a page shows one with `<use href="…icons.svg#name">`."""
    symbols = []
    for name in names:
        drawing = _DRAWING.search((MODULES / f"@tabler/icons/icons/outline/{name}.svg").read_text())
        if drawing is None:
            sys.exit(f"{name} is no drawing that the sprite can take.")
        inner = re.sub(r"\s*\n\s*", "", drawing[1])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def styles() -> list[Path]:
    """Hawker's own look in one file, so that a phone fetches one."""
    return [OWN / "tokens.css", OWN / "layout.css", *sorted((OWN / "components").glob("*.css"))]


def build() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in LIBRARIES.items():
        # The maps are not shipped, and Django's manifest refuses a reference that leads nowhere.
        (VENDOR / name).write_text(_SOURCE_MAP.sub("\n", (MODULES / source).read_text()))
    (VENDOR / "hawker.css").write_text("".join(file.read_text() for file in styles()))
    (VENDOR / "icons.svg").write_text(sprite(ICONS.read_text().split()))


def collect() -> None:
    asked = [sys.executable, "-m", "django", "collectstatic", "--clear", "--no-input", "--verbosity", "0"]
    with TemporaryDirectory() as unused:
        named = {"PYTHONPATH": str(SOURCE), "HAWKER_DATA": unused, "DJANGO_SETTINGS_MODULE": SETTINGS}
        subprocess.run(asked, check=True, env={**os.environ, **named})


def inputs() -> Iterator[Path]:
    yield from (ROOT / "package-lock.json", ROOT / "requirements.lock", ICONS, Path(__file__))
    yield from (file for file in SOURCE.rglob("static/**/*") if file.is_file() and VENDOR not in file.parents)


def main() -> None:
    stamp, wanted = COLLECTED / ".built", digest(inputs())
    if stamp.exists() and stamp.read_text() == wanted and (VENDOR / "icons.svg").exists():
        return
    install()
    build()
    collect()
    stamp.write_text(wanted)


if __name__ == "__main__":
    main()
