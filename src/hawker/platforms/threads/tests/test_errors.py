"""What Threads refuses, and what Hawker makes of it."""

import json

import pytest

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.meta_refusals import Unseen
from hawker.connect.values import Media
from hawker.platforms.threads.refusals import REFUSALS, of_container
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.tests.makers import draft, medium, picture


def answer(code: int, message: str = "Something.", *, subcode: int = 0, status: int = 400) -> Answer:
    error = {"code": code, "message": message, **({"error_subcode": subcode} if subcode else {})}
    return Answer(status, {}, json.dumps({"error": error}).encode())


@pytest.mark.parametrize(
    ("told", "kind", "field"),
    [
        (answer(190, "Error validating access token: it ended."), SignInAgain, ""),
        (answer(10, "Application does not have permission"), SignInAgain, ""),
        (answer(200, "(#200) Requires threads_manage_replies"), SignInAgain, ""),
        (answer(24, "The requested resource does not exist"), Unseen, ""),
        (answer(24, "The requested resource does not exist", subcode=2207006), Unseen, ""),
        (answer(24, "The requested resource does not exist", subcode=2207008), Unseen, ""),
        (answer(24, "The requested resource does not exist", subcode=4279009), Unseen, ""),
        (answer(100, "Param text must be at most 500 characters long."), Refused, "text"),
        (answer(100, "THREADS_API__LINK_LIMIT_EXCEEDED"), Refused, "text"),
        (answer(100, "Param topic_tag is wrong"), Refused, "topic"),
        (answer(100, "Param poll_attachment is wrong"), Refused, "poll"),
        (answer(100, "Param link_attachment is wrong"), Refused, "link"),
        (answer(100, "Param quote_post_id is wrong"), Refused, "quote"),
        (answer(100, "Param reply_control is wrong"), Refused, "reply_control"),
        (answer(100, "Param children is wrong"), Refused, "media"),
        (answer(100, "Param alt_text is too long"), Refused, "alt_text"),
        (answer(100, "Something else"), Refused, ""),
        (answer(9, "Limit", subcode=2207042), Later, ""),
        (answer(-1, "Spam", subcode=2207051), Refused, ""),
        (answer(2207051, "Spam"), Refused, ""),
        (answer(9004, "Not fetched", subcode=2207052), Refused, "media"),
        (answer(4279013, "Restricted"), SignInAgain, ""),
        (answer(1, "Unknown"), Later, ""),
        (answer(2, "Unknown", status=500), Later, ""),
        (answer(4, "Too many"), Later, ""),
        (answer(17, "Too many"), Later, ""),
        (answer(613, "Too many"), Later, ""),
        (answer(80002, "Too many"), Later, ""),
        (Answer(404, {}, b"<h1>404</h1>"), Later, ""),
    ],
)
def test_a_refusal_is_sorted_and_said(told: Answer, kind: type[NetworkError], field: str) -> None:
    error = REFUSALS.explain(told)
    assert isinstance(error, kind)
    assert len(str(error.sentence).split()) > 4
    assert getattr(error, "field", "") == field


@pytest.mark.parametrize("code", [1, 2])
def test_a_fault_in_the_call_that_publishes_is_looked_into(code: int) -> None:
    assert isinstance(REFUSALS.explain_irreversible(answer(code)), OutcomeUnknown)


@pytest.mark.parametrize(
    "told",
    [
        "FAILED_DOWNLOADING_VIDEO",
        "FAILED_PROCESSING_AUDIO",
        "FAILED_PROCESSING_VIDEO",
        "INVALID_ASPEC_RATIO",
        "INVALID_ASPECT_RATIO",
        "INVALID_BIT_RATE",
        "INVALID_DURATION",
        "INVALID_FRAME_RATE",
        "INVALID_AUDIO_CHANNELS",
        "INVALID_AUDIO_CHANNEL_LAYOUT",
        "SOMETHING_ELSE",
    ],
)
def test_what_is_wrong_with_a_container_is_said_at_the_media(told: str) -> None:
    error = of_container(Answer(200, {}, b"{}"), told)
    assert isinstance(error, Refused)
    assert (error.field, error.code) == ("media", told)


def test_an_unknown_trouble_is_tried_again() -> None:
    assert isinstance(of_container(Answer(200, {}, b"{}"), "UNKNOWN"), Later)


async def test_a_video_that_cannot_be_fetched_is_said_by_its_container(scene: Scene, film: Media) -> None:
    nowhere = Media(**{**vars(film), "address": lambda: f"{scene.world.site}/nothing.mp4"})
    with pytest.raises(Refused) as caught:
        await super(Scene, scene).prepare(draft("Steam", nowhere))
    assert caught.value.code == "FAILED_DOWNLOADING_VIDEO"


async def test_what_is_no_video_is_said_by_its_container(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.prepare(draft("Steam", medium(b"a bakery", "video/mp4")))
    assert (caught.value.code, caught.value.field) == ("FAILED_PROCESSING_VIDEO", "media")


async def test_what_is_wrong_with_one_of_several_is_said_too(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.prepare(draft("Steam", picture(), medium(b"a bakery", "video/mp4")))
    assert caught.value.code == "FAILED_PROCESSING_VIDEO"
    assert scene.posts == []


async def test_what_failed_is_made_anew_with_the_next_attempt(scene: Scene, film: Media) -> None:
    post, done = scene.public(draft("Steam", film)), dict[str, str]()
    await scene.prepare_into(post, done)
    for container in scene.world.containers.values():
        container.trouble = "UNKNOWN"
    await scene.prepare_into(post, done)
    await scene.send(post, done)
    assert len(scene.posts) == 1
