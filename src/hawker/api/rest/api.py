"""The REST API: its routes put together, its keys, its one shape of refusals. Mounted at /api/v1/."""

from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI
from ninja.operation import Operation

from hawker.api.rest import (
    apps,
    channels,
    contacts,
    deliveries,
    media,
    messages,
    notices,
    pauses,
    people,
    planning,
    platforms,
    posts,
    refusals,
)
from hawker.api.rest.keys import Keys

ABOUT = """Everything that Hawker's pages do with channels and posts, for programs.

Times are ISO 8601 in UTC; a time sent without an offset is wall-clock time in the business's zone.
Sentences come in the language of `Accept-Language`: English, or Traditional Chinese (`zh-Hant`).
"""


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Its routes, and one for all that is none."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = refusals.shaped(pattern.callback)
        return [*patterns[:-1], re_path("", refusals.elsewhere), patterns[-1]], app, namespace


api = Api(title="Hawker", version="1", description=ABOUT, docs_url=None, auth=Keys(), urls_namespace="api")
for room in (
    people,
    platforms,
    apps,
    channels,
    media,
    posts,
    contacts,
    messages,
    deliveries,
    pauses,
    notices,
    planning,
):
    api.add_router("", room.router)
for kind in refusals.KINDS:
    api.add_exception_handler(kind, refusals.answer)
