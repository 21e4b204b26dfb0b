"""Lists ask the database as often for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hawker.api.tests.program import Program, picture
from hawker.core.channels.models import Channel


def count(program: Program, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert program.get(path).status == 200
    return len(caught)


@pytest.fixture
def settled(program: Program) -> Program:
    """Its key has just been used, so that no further use is written down."""
    program.get("/me")
    return program


def test_a_list_of_posts_takes_few_queries(settled: Program, commentable: list[Channel]) -> None:
    wish = {
        "text": "tea",
        "channels": [str(each.id) for each in commentable],
        "media": [settled.upload("tea.jpg", picture()).body["id"]],
        "first_comment": "cake",
        "at": "2030-01-01T09:00",
    }
    settled.post("/posts", wish)
    one = count(settled, "/posts")
    for _ in range(2):
        settled.post("/posts", wish)
    assert count(settled, "/posts") == one <= 8


def test_a_pause_takes_few_queries(settled: Program, shop: list[Channel]) -> None:
    pause = settled.post("/pauses").body["id"]
    for number in (1, 2):
        for _ in range(number):
            settled.post("/posts", {"text": "tea", "channels": [str(each.id) for each in shop]})
        assert count(settled, f"/pauses/{pause}") <= 8
    assert len(settled.get(f"/pauses/{pause}").body["releases"]) == 3 * len(shop)


def test_a_list_of_channels_takes_few_queries(settled: Program, shop: list[Channel]) -> None:
    Channel.objects.exclude(id=shop[0].id).update(state="removed")
    one = count(settled, "/channels")
    Channel.objects.update(state="connected")
    assert len(settled.get("/channels").body["channels"]) == len(shop) > 1
    assert count(settled, "/channels") == one <= 8
