"""`hawker backup [FILE]`: everything that this installation owns in one file, also while it runs."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from hawker.config.start import fail, set_up


def main(arguments: Sequence[str] | None = None) -> int:
    file = _file(arguments)
    trouble = set_up()
    if trouble:
        return fail(trouble)
    from hawker.config import migrations  # noqa: PLC0415 - models need the settings made above
    from hawker.config.backups import saving  # noqa: PLC0415 - the same

    trouble = migrations.trouble() or (
        f"{file} is there already: name another file." if file.exists() else ""
    )
    if trouble:
        return fail(trouble)
    try:
        manifest = saving.save(file)
    except OSError as error:
        return fail(f"The backup could not be made: {error}. Make room, or name another file.")
    print(
        f"Backed up to {file}: {manifest.rows['posts.Post']} posts, {len(manifest.pictures)} picture files."
    )
    for name in manifest.missing:
        print(f"Lost before this backup was made: {name}")
    print("The file holds the keys to your channels. Keep it where nobody else can read it.")
    return 0


def _file(arguments: Sequence[str] | None) -> Path:
    parser = argparse.ArgumentParser(prog="hawker backup", description="Put everything into one file.")
    now = datetime.now(UTC)
    parser.add_argument("file", nargs="?", type=Path, default=Path(f"hawker-{now:%Y%m%d-%H%M%S}.zip"))
    file: Path = parser.parse_args(arguments).file
    return file


if __name__ == "__main__":
    sys.exit(main())
