"""Taking pictures and videos in, and asking what becomes of them."""

from pathlib import Path

import pytest
from pytest_django import Settings

from hawker.api.schemas.writing import Words, writing_of
from hawker.api.tests.program import Program, picture
from hawker.core.channels.models import Channel
from hawker.core.media import rules
from hawker.core.media.models import MediaFile
from hawker.core.posts import queries
from hawker.core.posts.models import Post
from hawker.core.posts.values import Writing
from tests.cast import Somebody
from tests.storage import away
from tests.videos import video

BLANK = Writing(text="", language="en")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_taken_in(program: Program, kind: str) -> None:
    answer = program.upload("茶.picture", picture(kind))
    assert answer.status == 201
    row = MediaFile.objects.get()
    assert answer.body == {
        "id": str(row.id),
        "name": "茶.picture",
        "content_type": f"image/{kind.lower()}",
        "size": row.size,
        "width": 640,
        "height": 480,
        "seconds": 0.0,
    }


@pytest.mark.parametrize("data", [b"no picture", b"", picture()[:200]])
def test_what_is_no_picture_is_refused(program: Program, data: bytes) -> None:
    answer = program.upload("tea.jpg", data)
    assert (answer.status, answer.code) == (422, "invalid")
    assert not MediaFile.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_the_limit(program: Program) -> None:
    answer = program.upload("tea.jpg", bytes(rules.FILE_BYTES + 1))
    assert (answer.status, answer.fields) == (422, ["media"])
    assert "32 MB" in answer.sentence


def test_a_picture_that_cannot_be_stored_is_refused_and_nothing_is_kept(
    program: Program, settings: Settings, tmp_path: Path
) -> None:
    away(settings, tmp_path)
    answer = program.upload("tea.jpg", picture())
    assert (answer.status, answer.code) == (503, "unavailable")
    assert "nothing was changed" in answer.sentence
    assert not MediaFile.objects.exists()


def test_a_form_without_a_file_is_refused(program: Program) -> None:
    answer = program.post("/media", {})
    assert (answer.status, answer.fields) == (422, ["file"])


def test_a_video_is_taken_in_with_its_length(program: Program) -> None:
    answer = program.upload("茶.mp4", video())
    assert answer.status == 201
    told = {name: answer.body[name] for name in ("content_type", "width", "height")}
    assert told == {"content_type": "video/mp4", "width": 320, "height": 568}
    assert 1.9 < answer.body["seconds"] < 2.2


def test_a_check_tells_what_will_be_changed_and_what_cannot_be(
    program: Program, alice: Somebody, shop: list[Channel]
) -> None:
    media = program.upload("茶.webp", picture("WEBP")).body["id"]
    wish = {"text": "x" * 9000, "channels": [str(each.id) for each in shop], "media": [media]}
    answer = program.post("/posts/check", wish)
    assert answer.status == 200
    reviews = queries.reviews(alice.actor, writing_of(Words.model_validate(wish), BLANK))
    assert [each["channel"] for each in answer.body["changes"]] == [
        str(each.channel.id) for each in reviews if each.changes
    ]
    assert "Its format becomes JPEG." in {
        line for each in answer.body["changes"] for line in each["sentences"]
    }
    assert {each["media"] for each in answer.body["changes"]} == {media}
    assert "text" in {each["field"] for each in answer.body["problems"]}
    assert not Post.objects.exists()
