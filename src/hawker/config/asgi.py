"""The web application: static files straight from the disk, everything else through Django."""

import os
import re
from typing import cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hawker.config.settings")

import django
from asgiref.typing import ASGIApplication
from django.conf import settings
from servestatic import ServeStaticASGI

from hawker.config.bodies import Handler

# Names that carry a hash of their content (ManifestStaticFilesStorage) never change.
HASHED = re.compile(r"^.+\.[0-9a-f]{12}\..+$")

django.setup(set_prefix=False)
application = cast(
    ASGIApplication,
    ServeStaticASGI(
        Handler(),
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: bool(HASHED.match(url)),
    ),
)
