"""`hawker worker`: publishes and looks after everything that nobody waits for; serves no pages."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from hawker.config.start import fail, prepare


def main(arguments: Sequence[str] | None = None) -> int:
    argparse.ArgumentParser(prog="hawker worker", description="Start a worker.").parse_args(arguments)
    trouble = prepare()
    if trouble:
        return fail(trouble)
    from hawker.config import serving  # noqa: PLC0415 - models need the settings made above

    asyncio.run(serving.work())
    return 0


if __name__ == "__main__":
    sys.exit(main())
