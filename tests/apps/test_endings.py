"""Editions of networks' APIs that are switched off: from when on that is said, and to whom."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from hawker.config import doctor
from hawker.connect.apps import Version
from hawker.core.channels import actions, queries
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import ending, told_ending
from hawker.core.notices import queries as notices
from hawker.core.notices import telling
from hawker.core.notices.models import Letter
from hawker.core.notices.rules import Kind
from hawker.core.people.rules import Role
from hawker.sandbox.app import Sandbox
from tests.apps.scene import NAME, end, fields, network
from tests.cast import Somebody, colleague, visitor

DAY = date(2027, 6, 1)
VERSIONS = (Version(name="v1", sunset=DAY), Version(name="v2"))


@pytest.mark.parametrize(
    ("in_use", "today", "ends"),
    [
        ("v1", DAY - timedelta(days=181), False),
        ("v1", DAY - timedelta(days=180), True),
        ("v1", DAY + timedelta(days=1000), True),
        ("v2", DAY, False),
        ("v3", DAY, False),
    ],
)
def test_an_edition_ends_from_half_a_year_before(in_use: str, today: date, *, ends: bool) -> None:
    assert (ending(VERSIONS, in_use, today) is not None) == ends


def test_it_is_said_in_the_right_tense() -> None:
    found = ending(VERSIONS, "v1", DAY)
    assert found is not None
    assert "switches off version v1" in str(told_ending("Net", found, DAY - timedelta(days=1)))
    assert "has switched off version v1" in str(told_ending("Net", found, DAY))


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> date:
    day = timezone.now().date() + timedelta(days=90)
    end(monkeypatch, day)
    return day


@pytest.fixture
def channel(alice: Somebody, sandbox: Sandbox) -> Channel:
    return actions.connect(alice.actor, NAME, *fields(sandbox))


def test_who_manages_channels_is_told_once(
    alice: Somebody, bob: Somebody, channel: Channel, soon: date
) -> None:
    manager = colleague(alice, "Dora", Role.manager)
    now = timezone.now()
    assert [telling.tell_of_endings(now), telling.tell_of_endings(now)] == [1, 0]
    for somebody in (alice, manager):
        (item,) = notices.notices(somebody.actor)
        assert (item.kind, item.stands, item.unread) == (Kind.sunset, True, True)
        assert str(soon) in str(item.headline)
        assert network().title in str(item.headline)
    assert notices.notices(bob.actor) == []
    assert Letter.objects.count() == 2


def test_a_channel_that_comes_later_is_not_told_again(
    alice: Somebody, sandbox: Sandbox, channel: Channel, soon: date
) -> None:
    telling.tell_of_endings(timezone.now())
    actions.connect(alice.actor, NAME, *fields(sandbox, "second"))
    telling.tidy(timezone.now() + timedelta(days=91))
    assert telling.tell_of_endings(timezone.now()) == 0


def test_another_day_is_told_again(channel: Channel, soon: date, monkeypatch: pytest.MonkeyPatch) -> None:
    telling.tell_of_endings(timezone.now())
    end(monkeypatch, soon + timedelta(days=30))
    assert telling.tell_of_endings(timezone.now()) == 1


def test_each_business_is_told_of_its_own(
    alice: Somebody, charlie: Somebody, sandbox: Sandbox, channel: Channel, soon: date
) -> None:
    actions.connect(charlie.actor, NAME, *fields(sandbox, "bikes"))
    actions.connect(charlie.actor, NAME, *fields(sandbox, "trikes"))
    assert telling.tell_of_endings(timezone.now()) == 2
    assert len(notices.notices(charlie.actor)) == 1


def test_a_later_version_settles_it(
    alice: Somebody, channel: Channel, soon: date, settings: Settings
) -> None:
    telling.tell_of_endings(timezone.now())
    settings.API_VERSIONS = {NAME: "v2"}
    assert queries.endings(timezone.now().date()) == {}
    (item,) = notices.notices(alice.actor)
    assert not item.stands
    (membership,) = notices.memberships(alice.user)
    assert membership.unread == 0  # type: ignore[attr-defined]


def test_the_pages_and_the_doctor_say_it(alice: Somebody, channel: Channel, soon: date) -> None:
    telling.tell_of_endings(timezone.now())
    said = f"switches off version v1 of its API on {soon}"
    client = visitor(alice)
    way = network().signs_in.ways[0].name
    for page in ("/channels/", f"/channels/add/{NAME}/{way}", f"/channels/apps/{NAME}", "/notices/"):
        assert said in client.get(page).content.decode(), page
    found = doctor.editions()
    assert said in found.found
    assert "HAWKER_API_VERSIONS" in found.mend


def test_the_doctor_minds_a_version_of_what_has_none(settings: Settings) -> None:
    settings.API_VERSIONS = {"nowhere": "v1"}
    assert "nowhere" in doctor.editions().found
    assert doctor.editions().mend
