"""Notices over the API: what a program reads of them, and marks as read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.api.tests.program import Program, key_of
from hawker.core.channels.actions import mark_signed_out
from hawker.core.channels.models import Channel
from hawker.core.notices import queries, telling
from hawker.core.notices.rules import Kind
from hawker.core.people.rules import Role
from tests.cast import Somebody
from tests.notices.scene import stand, write


@pytest.fixture
def lost(shop: list[Channel]) -> Channel:
    mark_signed_out(shop[0].id)
    telling.tell(timezone.now())
    return shop[0]


def test_a_notice_says_what_happened_and_what_to_do(program: Program, lost: Channel) -> None:
    (notice,) = program.get("/notices").body["notices"]
    assert (notice["kind"], notice["channel"], notice["post"]) == ("signed_out", str(lost.id), None)
    assert "no longer accepts the sign-in" in notice["headline"]
    assert notice["advice"].startswith("Sign in to the channel again.")
    assert (notice["unread"], notice["stands"]) == (True, True)


def test_a_program_marks_a_notice_as_read_for_everybody(
    program: Program, alice: Somebody, lost: Channel
) -> None:
    (notice,) = program.get("/notices?unread=true").body["notices"]
    assert program.post(f"/notices/{notice['id']}/read").status == 204
    assert program.get("/notices?unread=true").body == {"notices": [], "next": None}
    assert [item.unread for item in queries.notices(alice.actor)] == [False]


def test_a_key_is_told_what_its_role_can_act_on(alice: Somebody, lost: Channel) -> None:
    editor = Program(key_of(alice, Role.editor))
    assert editor.get("/notices").body["notices"] == []


def test_a_list_of_notices_goes_on_and_takes_few_queries(
    program: Program, alice: Somebody, shop: list[Channel]
) -> None:
    def tell(text: str) -> None:
        stand(write(alice, shop[:1], text), Kind.late)
        telling.tell(timezone.now())

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert program.get("/notices").status == 200
        return len(caught)

    tell("one")
    program.get("/me")
    one = count()
    tell("two")
    tell("three")
    assert count() == one <= 8
    first = program.get("/notices?limit=2").body
    rest = program.get(f"/notices?limit=2&before={first['next']}").body
    assert [len(first["notices"]), len(rest["notices"]), rest["next"]] == [2, 1, None]
