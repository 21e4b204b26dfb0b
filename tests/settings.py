"""The settings of tests: a fresh data folder for each run, and nothing slow that no test is about."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="hawker-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["HAWKER_DATA"] = _home
os.environ["HAWKER_ALLOW_PRIVATE_HOSTS"] = "1"
os.environ["HAWKER_ANSWER_SECONDS"] = "5"
os.environ["HAWKER_HOSTS"] = "*"

from hawker.config.settings import *  # noqa: E402, F403
from hawker.config.settings import STORAGES, TEMPLATES  # noqa: E402

# The herald's preview lies here (tests/herald).
TEMPLATES[0]["DIRS"] = [os.path.dirname(__file__), *TEMPLATES[0]["DIRS"]]  # type: ignore[misc] # noqa: PTH120

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The shared one of PostgreSQL is tried with processes of their own (tests/cluster).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
