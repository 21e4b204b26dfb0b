"""Looking for a post whose answer was lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import CannotLook, Refused
from hawker.connect.values import Draft
from hawker.platforms.google_business import publish
from hawker.platforms.google_business.tests.scene import EVENT, OFFER, Business, picture, update


@pytest.mark.parametrize("options", [{}, EVENT, OFFER, {"button": "call"}])
async def test_what_google_took_is_found(scene: Business, options: dict[str, str]) -> None:
    since, post = datetime.now(UTC), update(**options)
    await scene.lose(post)
    found = await scene.find(post, since)
    assert found is not None
    assert found.remote_id == scene.posts[0].name


@pytest.mark.parametrize(
    "other",
    [
        update("Fresh tea at seven."),
        update(**OFFER),
        update(**{**EVENT, "title": "Cake tasting"}),
        update(**{**EVENT, "end": "2030-12-06 18:30"}),
        update(**{**EVENT, "end": "2030-12-05 19:00"}),
        update(**EVENT, button="call"),
    ],
    ids=["words", "kind", "title", "day", "time", "button"],
)
async def test_a_post_that_differs_is_not_adopted(scene: Business, other: Draft) -> None:
    since, wanted = datetime.now(UTC), update(**EVENT)
    await scene.post(other)
    assert await scene.find(wanted, since) is None


async def test_another_coupon_is_another_offer(scene: Business) -> None:
    since = datetime.now(UTC)
    await scene.post(update(**OFFER))
    assert await scene.find(update(**{**OFFER, "coupon": "HALF"}), since) is None


async def test_the_same_words_with_a_picture_are_another_post(scene: Business) -> None:
    since, wanted = datetime.now(UTC), update("Fresh tea at six.", picture())
    await scene.post(update())
    assert await scene.find(wanted, since) is None
    await scene.lose(wanted)
    assert await scene.find(wanted, since) is not None


async def test_a_time_that_google_adds_to_whole_days_does_no_harm(scene: Business) -> None:
    since, post = datetime.now(UTC), update(**OFFER)
    await scene.lose(post)
    event = scene.posts[0].said["event"]
    assert isinstance(event, dict)
    assert isinstance(event["schedule"], dict)
    event["schedule"]["startTime"] = {}
    assert await scene.find(post, since) is not None


async def test_the_first_of_two_that_are_alike_is_taken_unless_it_is_known(scene: Business) -> None:
    since, post = datetime.now(UTC), update()
    twin = await scene.post(update())
    await scene.lose(post)
    found = await scene.find(post, since, known=[twin.remote_id])
    assert found is not None
    assert found.remote_id == scene.posts[1].name


@pytest.mark.parametrize("ahead", [timedelta(minutes=-10), timedelta(0), timedelta(minutes=10)])
async def test_googles_clock_counts(scene: Business, ahead: timedelta) -> None:
    scene.world.door.manners = replace(scene.world.door.manners, ahead=ahead)
    since, post = datetime.now(UTC), update()
    await scene.lose(post)
    assert await scene.find(post, since) is not None
    scene.posts[0].created_at -= timedelta(minutes=1)
    assert await scene.find(post, since) is None


async def test_a_rejected_post_is_told(scene: Business) -> None:
    since, post = datetime.now(UTC), update("Call 02-2345-6789 for tea.")
    await scene.lose(post)
    with pytest.raises(Refused, match="rejected it"):
        await scene.find(post, since)


async def test_all_pages_are_read(scene: Business, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "PAGE", 2)
    since, post = datetime.now(UTC), update()
    await scene.lose(post)
    for number in range(4):
        await scene.post(update(f"Tea {number}"))
    found = await scene.find(post, since)
    assert found is not None
    assert found.remote_id == scene.posts[0].name


async def test_too_many_posts_to_read_are_the_owners_to_look_through(
    scene: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "PAGE", 1)
    monkeypatch.setattr(publish, "PAGES", 2)
    since, post = datetime.now(UTC), update()
    for number in range(3):
        await scene.post(update(f"Tea {number}"))
    with pytest.raises(CannotLook, match="too many posts"):
        await scene.find(post, since)


async def test_a_look_asks_hawker_for_no_address_of_a_picture(scene: Business) -> None:
    """Where no network reaches Hawker any more, what went out before can still be found."""
    since, medium = datetime.now(UTC), picture()
    post = update("Fresh tea at six.", medium)
    await scene.lose(post)
    unreachable = replace(post, media=(replace(medium, address=_unreachable),))
    assert await scene.find(unreachable, since) is not None


def _unreachable() -> str:
    raise AssertionError("asked for an address")
