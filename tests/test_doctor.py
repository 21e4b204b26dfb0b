"""What the doctor says of the place for pictures."""

import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from hawker.config import doctor
from hawker.core.publishing import ledger
from tests.storage import away, place


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Its line about pictures and the line that follows."""
    doctor.main()
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if "Pictures: " in line)
    return lines[at], lines[at + 1]


@pytest.mark.django_db
def test_a_place_that_can_be_used_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys)[0] == "ok    Pictures: can be stored"


@pytest.mark.django_db
def test_a_place_that_cannot_be_used_is_to_be_mended(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away(settings, tmp_path)
    found, mend = said(capsys)
    assert found.startswith("mend  Pictures: ")
    assert "the media folder" in mend


@pytest.mark.django_db
def test_an_object_store_without_its_library_is_to_be_mended(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "hawker.config.objects", raising=False)
    monkeypatch.setitem(sys.modules, "boto3", None)
    place(settings, {"BACKEND": "hawker.config.objects.ObjectStorage", "OPTIONS": {"bucket_name": "tea"}})
    found, mend = said(capsys)
    assert (found.startswith("mend  Pictures: "), "boto3" in found) == (True, True)
    assert "install hawker[s3]" in mend


@pytest.mark.django_db
def test_workers_are_told_with_their_last_sign_of_life(capsys: pytest.CaptureFixture[str]) -> None:
    ledger.beat("here:1", timezone.now())
    ledger.beat("there:2", timezone.now() - timedelta(seconds=90))
    doctor.main()
    assert re.search(
        r"ok    Workers: here:1 \d s ago, there:2 9\d s ago; posts overdue: 0", capsys.readouterr().out
    )
