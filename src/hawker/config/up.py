"""`hawker up`: all of Hawker in one process: pages, API, worker; with --demo the pretend networks too.

`hawker web`: the same without a worker, which `hawker worker` runs.
"""

import argparse
import asyncio
import os
import socket
import sys
from collections.abc import Sequence

from hawker.config.start import fail, prepare


def main(arguments: Sequence[str] | None = None, *, program: str = "up") -> int:
    options = _options(arguments, program)
    os.environ["HOST"] = options.host
    if options.demo:
        os.environ.setdefault("HAWKER_ALLOW_PRIVATE_HOSTS", "1")
    try:
        listening = socket.create_server((options.host, options.port), backlog=256)
    except OSError as error:
        return fail(
            f"Port {options.port} cannot be used: {os.strerror(error.errno or 0)}. Set PORT to another one."
        )
    trouble = prepare()
    if trouble:
        return fail(trouble)
    from hawker.config import serving  # noqa: PLC0415 - models need the settings made above

    asyncio.run(serving.serve(listening, with_demo=options.demo, with_worker=program == "up"))
    return 0


def _options(arguments: Sequence[str] | None, program: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"hawker {program}", description="Start Hawker.")
    parser.set_defaults(demo=False)
    if program == "up":
        parser.add_argument("--demo", action="store_true", help="a small shop to try everything with")
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
