"""Publishing: every kind of post, its picture, its review, and what Google refuses."""

from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from hawker.connect.errors import KeyExpired, Later, NetworkError, OutcomeUnknown, Refused
from hawker.connect.values import Media
from hawker.platforms.google_business.tests.scene import (
    EVENT,
    OFFER,
    OWNER,
    Business,
    picture,
    shown,
    update,
)
from hawker.sandbox.faults import Fault, Kind
from tests.conformance.elsewhere import closed_port


async def test_an_update_goes_out_with_its_words(scene: Business) -> None:
    published = await scene.post(update())
    [post] = scene.posts
    assert post.said == {"languageCode": "en", "summary": "Fresh tea at six.", "topicType": "STANDARD"}
    assert published.remote_id == f"{scene.shop.remote_id}/localPosts/{post.id}"
    assert f"lpsid={post.id}" in published.url


async def test_a_button_leads_somewhere(scene: Business) -> None:
    await scene.post(update(button="order", link="https://tea.example/order"))
    assert scene.posts[0].said["callToAction"] == {"actionType": "ORDER", "url": "https://tea.example/order"}


async def test_the_button_that_calls_needs_no_link(scene: Business) -> None:
    await scene.post(update(button="call"))
    assert scene.posts[0].said["callToAction"] == {"actionType": "CALL"}


async def test_an_event_has_a_title_and_its_times(scene: Business) -> None:
    await scene.post(update(**EVENT))
    assert scene.posts[0].said["topicType"] == "EVENT"
    assert scene.posts[0].said["event"] == {
        "title": "Tea tasting",
        "schedule": {
            "startDate": {"year": 2030, "month": 12, "day": 1},
            "startTime": {"hours": 9, "minutes": 0},
            "endDate": {"year": 2030, "month": 12, "day": 5},
            "endTime": {"hours": 18, "minutes": 30},
        },
    }


async def test_an_offer_has_its_coupon_and_no_button(scene: Business) -> None:
    await scene.post(update(**OFFER))
    said = scene.posts[0].said
    assert said["topicType"] == "OFFER"
    assert said["offer"] == {
        "couponCode": "BOGO",
        "redeemOnlineUrl": "https://tea.example/redeem",
        "termsConditions": "Until Friday",
    }
    assert "callToAction" not in said
    assert said["event"] == {
        "title": "Two for one",
        "schedule": {
            "startDate": {"year": 2030, "month": 12, "day": 1},
            "endDate": {"year": 2030, "month": 12, "day": 5},
        },
    }


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
async def test_google_fetches_the_picture(scene: Business, kind: str) -> None:
    medium = picture(kind)
    await scene.post(update("Fresh tea at six.", medium))
    [kept] = scene.posts[0].pictures
    assert kept.content == medium.read()
    assert kept.content_type == medium.content_type


async def test_a_picture_that_cannot_be_fetched_is_told(scene: Business) -> None:
    hidden = replace(picture(), address=closed_port)
    await refused(scene, "could not fetch the picture", "media", hidden)


async def test_what_is_no_picture_is_told(scene: Business) -> None:
    await refused(scene, "could not fetch the picture", "media", shown(b"no picture" * 2000))


@pytest.mark.parametrize("content", ["few bytes", "few pixels", "many bytes", "gif"])
async def test_a_picture_that_google_does_not_take_is_told(scene: Business, content: str) -> None:
    medium = {
        "few bytes": lambda: picture(size=(40, 30)),
        "few pixels": lambda: picture("PNG", size=(2000, 200)),
        "many bytes": lambda: picture("PNG", size=(2400, 1800)),
        "gif": lambda: picture("GIF"),
    }[content]()
    await refused(scene, "Google takes pictures of 10 kilobytes", "media", medium)


async def refused(scene: Business, said: str, field: str, *media: Media, **options: str) -> None:
    with pytest.raises(Refused, match=said) as caught:
        await scene.send(replace(update(**options), media=media))
    assert caught.value.field == field
    assert scene.posts == []


async def test_a_video_is_told_in_googles_words(scene: Business) -> None:
    """No draft of Hawker's has one: Google itself is asked."""
    said = {
        "topicType": "STANDARD",
        "media": [{"mediaFormat": "VIDEO", "sourceUrl": "https://tea.example/v"}],
    }
    status, body = await raw(scene, said)
    assert status == 400
    assert "Video uploaded from post is not currently supported" in body


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Topic type is required for post creation."),
        ({"topicType": "PRODUCT"}, "Invalid value at 'local_post.topic_type'"),
        ({"topicType": "ALERT"}, "Alert type is not supported."),
        ({"topicType": "STANDARD", "foo": 1}, "Unknown name \\\"foo\\\" at 'local_post': Cannot find field."),
        ({"topicType": "EVENT"}, "Event is required"),
        ({"topicType": "EVENT", "event": {"title": ""}}, "Event title is required"),
        ({"topicType": "EVENT", "event": {"title": "Tea"}}, "start date is missing"),
        ({"topicType": "STANDARD", "callToAction": {"actionType": "SING"}}, "call_to_action.action_type"),
        ({"topicType": "STANDARD", "callToAction": {"actionType": "BOOK"}}, "A valid url is required"),
        ({"topicType": "STANDARD", "offer": {"couponCode": "X"}}, "Offer can only be set"),
    ],
)
async def test_the_pretend_network_refuses_as_google_does(
    scene: Business, said: dict[str, object], told: str
) -> None:
    status, body = await raw(scene, said)
    assert (status, told in body) == (400, True), body


async def raw(scene: Business, said: object) -> tuple[int, str]:
    address = f"{scene.network.address}/v4/{scene.shop.remote_id}/localPosts"
    headers = {"Authorization": f"Bearer {scene.shop.secrets['access_token']}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(address, json=said) as answer,
    ):
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({**EVENT, "title": ""}, "title"),
        ({**EVENT, "title": "T" * 59}, "title"),
        ({**EVENT, "end": "2030-11-01 09:00"}, "end"),
        ({"button": "book"}, "link"),
        ({"button": "sing", "link": "https://tea.example"}, ""),
    ],
)
async def test_what_google_names_is_the_field_to_mend(
    scene: Business, options: dict[str, str], field: str
) -> None:
    """Where Hawker's own checks were passed by, as when Google changes its rules."""
    await refused(scene, "refused this and said", field, **options)


async def test_times_that_cannot_be_read_send_nothing(scene: Business) -> None:
    await refused(scene, "Write the day as 2026-12-01", "start", **{**EVENT, "start": "soon"})


async def test_a_text_too_long_is_told_even_where_google_only_says_invalid(scene: Business) -> None:
    for bare in (False, True):
        scene.behave(bare=bare)
        with pytest.raises(Refused, match="1500 letters") as caught:
            await scene.send(update("a" * 1501))
        assert caught.value.field == "text"


async def test_what_google_only_calls_invalid_is_passed_on(scene: Business) -> None:
    scene.behave(bare=True)
    with pytest.raises(Refused, match="Request contains an invalid argument"):
        await scene.send(update(button="book"))


async def test_a_post_under_review_counts_as_published(scene: Business) -> None:
    scene.behave(review=timedelta(hours=1))
    published = await scene.post(update())
    assert scene.posts[0].state(scene.world.now()) == "PROCESSING"
    assert published.remote_id == scene.posts[0].name


async def test_a_post_that_google_rejects_is_refused(scene: Business) -> None:
    scene.behave(rejects=True)
    with pytest.raises(Refused, match="took this post and then rejected it") as caught:
        await scene.post(update())
    assert (caught.value.code, caught.value.field) == ("REJECTED", "text")
    assert scene.pretend.published(OWNER) == ()


async def test_a_telephone_number_is_rejected_after_it_was_taken(scene: Business) -> None:
    with pytest.raises(Refused, match="telephone numbers"):
        await scene.post(update("Call 02-2345-6789 for tea."))


async def test_the_end_of_the_review_may_stay_unknown(scene: Business) -> None:
    scene.network.faults.add(Fault(kind=Kind.error_before, call="localPosts/", status=503))
    published = await scene.post(update())
    assert [post.name for post in scene.posts] == [published.remote_id]


async def test_an_answer_that_is_none_leaves_the_outcome_open(scene: Business) -> None:
    scene.network.faults.add(Fault(kind=Kind.error_after, status=200))
    with pytest.raises(OutcomeUnknown):
        await scene.post(update())
    assert len(scene.posts) == 1


async def test_a_place_that_is_not_verified_takes_no_posts(scene: Business) -> None:
    scene.world.own_place(OWNER).verified = False
    with pytest.raises(Refused, match="see that the place is verified"):
        await scene.post(update())


async def test_a_place_of_another_account_is_out_of_reach(scene: Business) -> None:
    north = scene.world.add_group(OWNER, "North")
    _, _, place = scene.shop.remote_id.partition("/locations/")
    elsewhere = replace(scene.shop, remote_id=f"accounts/{north.id}/locations/{place}")
    with pytest.raises(Refused, match="no longer knows this place"):
        await scene.at(elsewhere).post(update())


@pytest.mark.parametrize(
    ("manners", "error", "said"),
    [
        ({"approved": False}, Refused, "has not let your project in"),
        ({"off": frozenset(["Google My Business API"])}, Refused, "not switched on"),
    ],
)
async def test_a_project_that_may_not_call_is_told(
    scene: Business, manners: dict[str, object], error: type[NetworkError], said: str
) -> None:
    scene.behave(**manners)
    with pytest.raises(error, match=said):
        await scene.post(update())


async def test_ten_changes_a_minute_are_enough(scene: Business) -> None:
    scene.pretend.leave(OWNER, "changes", 1, seconds=60)
    await scene.post(update())
    with pytest.raises(Later, match="ten changes of one place") as caught:
        await scene.post(update())
    assert len(scene.posts) == 1
    assert caught.value.at is not None
    assert timedelta(seconds=50) < caught.value.at - scene.world.now() <= timedelta(minutes=1)


async def test_an_old_key_wants_a_fresh_one(scene: Business) -> None:
    scene.world.door.manners = replace(scene.world.door.manners, ahead=timedelta(hours=2))
    with pytest.raises(KeyExpired):
        await scene.post(update())


async def test_a_post_is_deleted_once_and_twice_does_no_harm(scene: Business) -> None:
    published = await scene.post(update())
    await scene.delete(published)
    assert scene.posts == []
    await scene.delete(published)


async def test_deleting_where_the_place_is_gone_is_told(scene: Business) -> None:
    published = await scene.post(update())
    for group in scene.world.groups_of(OWNER).values():
        group.places.clear()
    with pytest.raises(Refused, match="no longer knows this place"):
        await scene.delete(published)


async def test_a_visitor_reads_an_offer_with_all_that_belongs_to_it(scene: Business) -> None:
    published = await scene.post(update("Tea < coffee", picture(), **OFFER))
    async with aiohttp.ClientSession() as session:
        for address in (published.url, scene.shop.url):
            async with session.get(address) as answer:
                page = await answer.text()
            for shown in ("Tea &lt; coffee", "Two for one", "2030-12-01", "BOGO", "Until Friday", "<img"):
                assert shown in page
        source = page.partition('<img src="')[2].partition('"')[0]
        async with session.get(source) as answer:
            assert answer.content_type == "image/jpeg"
