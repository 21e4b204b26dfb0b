"""`make test-networks`: installs real servers, of open networks and of objects, and tests Hawker with them.

What cannot run here is said at the end, by name; with CI=true that is a failure.
"""

import os
import signal
import sys
import time

import pytest

from tools.servers.cache import Missing, Part
from tools.servers.mastodon_mock import MASTODON_MOCK
from tools.servers.nostr_relay import NOSTR_RELAY
from tools.servers.pds import PDS
from tools.servers.rclone import RCLONE
from tools.servers.snac import SNAC

PARTS = {
    "Bluesky's reference server (PDS)": PDS,
    "mastodon-mock": MASTODON_MOCK,
    "nostr-relay": NOSTR_RELAY,
    "rclone, which serves S3": RCLONE,
    "snac2": SNAC,
}


def main() -> int:
    # Asked to end, it ends as with Ctrl-C: the tests stop the servers that they have started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    left_out = [missing for name, part in PARTS.items() if (missing := _install(name, part))]
    failed = pytest.main(["-m", "networks", "tests/networks", *sys.argv[1:]])
    for each in left_out:
        print(f"Not run: {each}")
    return 1 if failed or (left_out and os.environ.get("CI") == "true") else 0


def _install(name: str, part: Part) -> str:
    """Empty where it is there now, else what is missing."""
    started = time.monotonic()
    there = part.is_there
    try:
        part.install()
    except Missing as missing:
        return f"{name}: {missing}"
    took = "installed before" if there else f"installed in {time.monotonic() - started:.0f} s"
    print(f"{name}: {took}", flush=True)
    return ""


if __name__ == "__main__":
    sys.exit(main())
