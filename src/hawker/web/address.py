"""The address at which others reach this Hawker: for links that people send on or find in a mail."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest, path: str) -> str:
    return published(request.build_absolute_uri(path))


def published(url: str) -> str:
    """The same page at the public address, where one is set: the `Host` of a request is not to be trusted
    in what is sent to others."""
    return f"{settings.PUBLIC_URL}{urlsplit(url).path}" if settings.PUBLIC_URL else url
