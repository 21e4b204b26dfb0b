"""What the doctor says of the place for pictures and of the mail server."""

import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from hawker.config import doctor
from hawker.core.publishing import ledger
from tests.mailbox import point_at, post_office
from tests.storage import away, place


def about(thing: str, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    """Its line about a thing and the line that follows."""
    doctor.main(words)
    lines = [*capsys.readouterr().out.splitlines(), ""]
    at = next(number for number, line in enumerate(lines) if f"{thing}: " in line)
    return lines[at], lines[at + 1]


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    return about("Pictures", capsys)


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
    # A part that was imported earlier is found without its whole.
    for module in ("boto3", "boto3.exceptions"):
        monkeypatch.setitem(sys.modules, module, None)
    place(settings, {"BACKEND": "hawker.config.objects.ObjectStorage", "OPTIONS": {"bucket_name": "tea"}})
    found, mend = said(capsys)
    assert (found.startswith("mend  Pictures: "), "boto3" in found) == (True, True)
    assert "install hawker[s3]" in mend


@pytest.mark.django_db
def test_without_a_mail_server_it_says_where_mails_go(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = doctor.CONSOLE
    assert about("Mail", capsys)[0].startswith("ok    Mail: printed on the console")


@pytest.mark.django_db
def test_a_mail_server_that_is_away_is_to_be_mended(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    point_at(settings, 9)
    found, mend = about("Mail", capsys)
    assert found.startswith("mend  Mail: 127.0.0.1:9: ")
    assert "HAWKER_SMTP_" in mend


@pytest.mark.django_db
def test_a_test_letter_is_handed_to_the_mail_server(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with post_office(settings) as mailbox:
        found, _ = about("Test letter", capsys, "--mail", "alice@example.com")
        assert found == "ok    Test letter: handed over for alice@example.com"
        assert [mail["To"] for mail in mailbox.mails] == ["alice@example.com"]


@pytest.mark.django_db
def test_a_test_letter_that_is_refused_is_to_be_mended(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with post_office(settings) as mailbox:
        mailbox.turns_away = "550 No such person"
        found, mend = about("Test letter", capsys, "--mail", "nobody@example.com")
    assert ("No such person" in found, "the address" in mend) == (True, True)


@pytest.mark.django_db
def test_workers_are_told_with_their_last_sign_of_life(capsys: pytest.CaptureFixture[str]) -> None:
    ledger.beat("here:1", timezone.now())
    ledger.beat("there:2", timezone.now() - timedelta(seconds=90))
    doctor.main()
    assert re.search(
        r"ok    Workers: here:1 \d s ago, there:2 9\d s ago; posts overdue: 0", capsys.readouterr().out
    )
