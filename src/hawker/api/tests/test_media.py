"""Taking pictures in."""

from pathlib import Path

import pytest
from pytest_django import Settings

from hawker.api.tests.program import Program, picture
from hawker.core.media import rules
from hawker.core.media.models import MediaFile
from tests.storage import away


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
