"""Queries and CPU time of every page of the demo, as its owner sees it, in process, after a warm-up."""

import json
import os
import statistics
import time

import django

ROUNDS = 15


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hawker.config.settings")
    django.setup()
    from django.test import Client

    from hawker.core.people.models import User
    from hawker.core.posts.models import Post

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(email="demo@hawker.example"))
    posts = [str(post) for post in Post.objects.values_list("id", flat=True)]
    drafts = Post.objects.filter(deliveries=None).values_list("id", flat=True)
    edits = [f"/posts/{draft}/edit" for draft in drafts]
    for path in [*PAGES, *(f"/posts/{post}" for post in posts[:2]), *edits]:
        print(json.dumps(_page(client, path)), flush=True)


def _page(client: "object", path: str) -> dict[str, object]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get = client.get  # type: ignore[attr-defined]
    status = get(path).status_code
    with CaptureQueriesContext(connection) as queries:
        get(path)
    asked = len(queries)
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        get(path)
        spent.append(time.process_time() - began)
    milliseconds = round(statistics.median(spent) * 1000, 1)
    return {"page": path, "status": status, "queries": asked, "cpu_ms": milliseconds}


PAGES = (
    "/posts/",
    "/posts/new",
    "/channels/",
    "/channels/add",
    "/settings/business",
    "/settings/people",
    "/settings/keys",
    "/settings/log",
    "/accounts/2fa/",
)
