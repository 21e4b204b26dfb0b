"""What is sent to Hawker lies on the disk, and has an end."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.exceptions import RequestAborted
from pytest_django import Settings

from hawker.api.tests.program import Program, key_of
from hawker.config import bodies, too_large
from hawker.config.bodies import Handler, Receive
from tests.cast import Somebody, visitor

PIECE = bytes(2**20)


def sends(*pieces: bytes, breaks: bool = False) -> Receive:
    """A browser that sends these, one after the other."""
    left = list(pieces)

    async def receive() -> Mapping[str, object]:
        if not left and breaks:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": left.pop(0), "more_body": breaks or bool(left)}

    return receive


async def test_a_large_body_leaves_the_memory_for_the_disk_beside_the_data(
    settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    with await Handler().read_body(sends(*[PIECE] * 6)) as body:
        assert body._rolled  # type: ignore[attr-defined]
        assert body.seek(0, 2) == 6 * 2**20


async def test_a_body_without_an_end_is_heard_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_BYTES", 3 * 2**20)
    with await Handler().read_body(sends(*[PIECE] * 5)) as body:
        assert body.read() == b""


async def test_a_browser_that_goes_away_is_not_answered() -> None:
    with pytest.raises(RequestAborted):
        await Handler().read_body(sends(PIECE, breaks=True))


@pytest.mark.parametrize(("headers", "kept"), [([], 0), ([(b"content-length", b"3145728")], 3 * 2**20)])
async def test_a_large_body_that_does_not_tell_its_length_is_not_read(
    headers: list[tuple[bytes, bytes]], kept: int
) -> None:
    handler = Handler()
    scope = {"type": "http", "method": "POST", "path": "/media/", "headers": headers}
    with await handler.read_body(sends(*[PIECE] * 3)) as body:
        request, _ = handler.create_request(scope, body)
        assert request
        assert len(request.read()) == kept


def test_who_sends_too_much_reads_a_sentence(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(too_large, "BODY_BYTES", 10)
    answer = visitor(alice).post("/posts/new", {"text": "a long one, too long"})
    assert answer.status_code == 413
    assert "This is too large to be uploaded at once: 1024 MB at most." in answer.content.decode()
    assert "<html" not in visitor(alice).post("/media/", {}, headers={"HX-Request": "true"}).content.decode()


def test_a_program_that_sends_too_much_is_told_in_its_own_shape(
    alice: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(too_large, "BODY_BYTES", 10)
    answer = Program(key_of(alice)).upload("tea.mp4", b"a long one")
    assert (answer.status, answer.code, answer.fields) == (422, "invalid", ["media"])
    assert "1024 MB at most" in answer.sentence
