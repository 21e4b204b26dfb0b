"""Pictures and videos come in one by one, and are shown to their own business only."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from hawker.core.media import actions, rules
from hawker.core.media.models import MediaFile
from hawker.core.people.rules import Role
from hawker.web.posts.tests.reading import text_of
from tests.cast import Somebody, colleague, visitor
from tests.pictures import jpeg
from tests.storage import away
from tests.videos import video


def file(name: str = "tea.jpg", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or jpeg(), content_type="image/jpeg")


def test_several_pictures_at_once_become_tiles(alice: Somebody) -> None:
    answer = visitor(alice).post("/media/", {"files": [file("one.jpg"), file("two.jpg")]})
    kept = MediaFile.objects.order_by("added_at")
    assert [row.name for row in kept] == ["one.jpg", "two.jpg"]
    page = answer.content.decode()
    assert [f'value="{row.id}"' in page for row in kept] == [True, True]
    assert answer["HX-Trigger-After-Settle"] == '{"pictures": {}}'


def test_a_text_file_that_is_called_jpg_is_turned_away_and_the_others_are_kept(alice: Somebody) -> None:
    sent = {"files": [file("menu.jpg", b"Bao 40, soup 60"), file("tea.jpg")]}
    page = visitor(alice).post("/media/", sent).content.decode()
    assert "menu.jpg" in page
    assert "This is not a picture." in page
    assert [row.name for row in MediaFile.objects.all()] == ["tea.jpg"]


def test_a_file_that_is_too_large_is_turned_away(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "FILE_BYTES", 2**20)
    page = visitor(alice).post("/media/", {"files": [file("wall.jpg", b"\xff" * (2**20 + 1))]})
    assert "This file is too large: 1 MB at most." in page.content.decode()
    assert not MediaFile.objects.exists()


def test_a_bomb_of_pixels_is_turned_away_before_it_is_opened(
    alice: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "PIXELS", 1_000_000)
    page = visitor(alice).post("/media/", {"files": [file("bomb.jpg", jpeg(2000, 1000))]})
    assert "too many pixels: 1 million at most" in page.content.decode()


def test_a_picture_that_cannot_be_stored_is_turned_away(
    alice: Somebody, settings: Settings, tmp_path: Path
) -> None:
    away(settings, tmp_path)
    page = visitor(alice).post("/media/", {"files": [file("tea.jpg")]}).content.decode()
    assert "tea.jpg" in page
    assert "The picture could not be stored just now, and nothing was changed." in page
    assert not MediaFile.objects.exists()


def test_a_picture_that_cannot_be_read_now_is_not_called_lost(alice: Somebody) -> None:
    row = actions.add(alice.actor, "tea.jpg", jpeg())
    MediaFile.objects.filter(id=row.id).update(file=str(Path(row.file).parent))
    answer = visitor(alice).get(f"/media/{row.id}/file")
    assert answer.status_code == 503
    assert "cannot be read just now" in answer.content.decode()


def test_no_file_at_all_is_said(alice: Somebody) -> None:
    answer = visitor(alice).post("/media/")
    assert answer.status_code == 422
    assert "Choose a picture or a video first." in answer.content.decode()


def test_who_does_not_write_adds_no_pictures(alice: Somebody) -> None:
    answer = visitor(colleague(alice, "Anna", Role.analyst)).post("/media/", {"files": [file()]})
    assert answer.status_code == 403
    assert not MediaFile.objects.exists()


def test_a_picture_is_shown_in_its_business_with_private_headers(alice: Somebody, bob: Somebody) -> None:
    row = actions.add(alice.actor, "tea.jpg", jpeg())
    full = visitor(bob).get(f"/media/{row.id}/file")
    assert full["Content-Type"] == "image/jpeg"
    assert full["Cache-Control"].startswith("private")
    assert full["X-Content-Type-Options"] == "nosniff"
    assert visitor(bob).get(f"/media/{row.id}/small")["Content-Type"] == "image/webp"


def test_a_stranger_finds_no_picture(alice: Somebody, charlie: Somebody) -> None:
    row = actions.add(alice.actor, "tea.jpg", jpeg())
    for address in (f"/media/{row.id}/file", f"/media/{row.id}/small"):
        assert visitor(charlie).get(address).status_code == 404


def test_a_picture_whose_file_is_lost_is_not_found(alice: Somebody) -> None:
    row = actions.add(alice.actor, "tea.jpg", jpeg())
    MediaFile.objects.filter(id=row.id).update(file="lost.jpeg")
    assert visitor(alice).get(f"/media/{row.id}/file").status_code == 404


def test_a_video_becomes_a_tile_with_its_length(alice: Somebody) -> None:
    sent = SimpleUploadedFile("tea.mp4", video(), content_type="video/mp4")
    page = visitor(alice).post("/media/", {"files": [sent]}).content.decode()
    row = MediaFile.objects.get()
    assert (row.content_type, row.is_video) == ("video/mp4", True)
    assert f'src="/media/{row.id}/small"' in page
    assert "Video 0:02" in text_of(page)
    assert "Leave this video out" in page


def test_a_video_is_watched_from_any_place_by_its_own_business_only(
    alice: Somebody, bob: Somebody, charlie: Somebody
) -> None:
    row = actions.add_file(alice.actor, "tea.mp4", SimpleUploadedFile("tea.mp4", video()))
    part = visitor(bob).get(f"/media/{row.id}/file", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content, part["Content-Type"]) == (206, b"ftyp", "video/mp4")
    assert part["Content-Range"] == f"bytes 4-7/{row.size}"
    assert visitor(charlie).get(f"/media/{row.id}/file", headers={"Range": "bytes=4-7"}).status_code == 404


def test_a_broken_video_is_turned_away(alice: Somebody) -> None:
    sent = SimpleUploadedFile("tea.mp4", video()[:2000], content_type="video/mp4")
    page = visitor(alice).post("/media/", {"files": [sent]}).content.decode()
    assert "This video is damaged or not whole." in page
    assert not MediaFile.objects.exists()
