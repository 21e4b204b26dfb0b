"""Writes the folder of a network that is still to be filled in: `python tools/new_platform.py NAME`.

The files come from `new_platform/` beside this one; docs/adding-a-platform.md tells how to go on.
"""

import argparse
import keyword
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "new_platform"
PLATFORMS = Path(__file__).parent.parent / "src/hawker/platforms"
NAME = re.compile(r"[a-z][a-z0-9_]{0,19}")


class BadName(ValueError):
    """The name cannot be a platform's; the message says why."""


def checked(name: str, platforms: Path) -> str:
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise BadName(f"“{name}” cannot be a folder: take a-z first, then a-z, 0-9 or _, at most 20 in all.")
    if (platforms / name).exists():
        raise BadName(f"{name} is there already: {platforms / name}")
    return name


def write(name: str, platforms: Path) -> Path:
    """Writes the whole folder. Raises BadName and writes nothing where the name does not do."""
    folder = platforms / checked(name, platforms)
    today = datetime.now(UTC).date().isoformat()
    words = {"name": name, "title": name.replace("_", " ").title(), "today": today}
    for template in sorted(TEMPLATES.rglob("*.txt")):
        target = folder / _place(template, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(template.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
    return folder


def _place(template: Path, name: str) -> Path:
    """Where a template belongs in the folder: a part called `name` takes the network's, `.txt` goes."""
    parts = template.relative_to(TEMPLATES).with_suffix("").parts
    return Path(*(name if part == "name" else part for part in parts))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="the folder's name, used in addresses and on the command line")
    name = parser.parse_args().name
    try:
        folder = write(name, PLATFORMS)
    except BadName as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"Wrote {folder}\nSee docs/adding-a-platform.md\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
