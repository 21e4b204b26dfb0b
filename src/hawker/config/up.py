"""`hawker up`: all of Hawker in one process: pages, API, worker; with --demo the pretend networks too."""

import argparse
import asyncio
import os
import socket
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hawker.config.settings")
    os.environ["HOST"] = options.host
    if options.demo:
        os.environ.setdefault("HAWKER_ALLOW_PRIVATE_HOSTS", "1")
    try:
        listening = socket.create_server((options.host, options.port), backlog=256)
    except OSError as error:
        return _fail(
            f"Port {options.port} cannot be used: {os.strerror(error.errno or 0)}. Set PORT to another one."
        )
    django.setup()
    from hawker.config import migrations, serving  # noqa: PLC0415 - models need the settings made above

    trouble = migrations.bring_up_to_date() or _storage()
    if trouble:
        return _fail(trouble)
    asyncio.run(serving.serve(listening, with_demo=options.demo))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hawker up", description="Start Hawker.")
    parser.add_argument("--demo", action="store_true", help="a small shop to try everything with")
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    return parser.parse_args(arguments)


def _storage() -> str:
    """A sentence where the place for pictures lacks a part, else nothing."""
    try:
        storages["default"]
    except ImproperlyConfigured:
        return "HAWKER_S3_BUCKET needs one part more: install hawker[s3], then start Hawker again."
    return ""


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
