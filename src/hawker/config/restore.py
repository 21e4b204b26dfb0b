"""`hawker restore FILE`: an installation as it was when the backup was made."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hawker.config.start import fail, make_tables


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    trouble = make_tables()
    if trouble:
        return fail(trouble)
    from hawker.config.backups import archive, restoring  # noqa: PLC0415 - models need the settings made above

    try:
        with archive.opened(options.file) as reader:
            restoring.check(reader, replace=options.replace)
            kept = restoring.keep_what_is_here()
            doubtful = restoring.restore(reader)
    except archive.Unfit as unfit:
        return fail(str(unfit))
    except OSError as error:
        return fail(f"The backup could not be restored: {error}.")
    if kept:
        print(f"What was here before is in {kept}")
    print(f"Restored: {reader.manifest.rows['posts.Post']} posts, as of {reader.manifest.made_at:%F %R} UTC.")
    print(f"Deliveries that may have gone out since, and will be looked for before any is sent: {doubtful}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hawker restore", description="Bring a backup back.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true", help="also where there is a business already")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
