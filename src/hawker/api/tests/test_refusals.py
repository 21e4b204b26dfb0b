"""One shape for every refusal, in the reader's language."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from pytest_django import Settings

from hawker.api.tests.program import Program


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"channels": ["tea"]}, "channels.0.id", "id"),
        ({"channels": [7]}, "channels.0.id", "id"),
        ({"channels": "tea"}, "channels", "cannot be read"),
        ({"media": [{"alt": "a cup"}]}, "media.0.id", "missing"),
        ({"txet": "tea"}, "txet", "spelling"),
        ({"text": None}, "text", "cannot be read"),
        ({"text": "t\0ea"}, "text", "cannot be read"),
        ({"text": "\ud800"}, "text", "cannot be read"),
        ({"text": "t" * 100_001}, "text", "at most 100000"),
        ({"media": [{"id": "7", "alt": ""}] * 101}, "media", "at most 100"),
        ({"language": "not a language"}, "language", "cannot be read"),
        ({"draft": "perhaps"}, "draft", "cannot be read"),
        ([], "body", "cannot be read"),
        (None, "body", "missing"),
    ],
)
def test_a_slip_in_the_form_is_named(program: Program, body: object, field: str, said: str) -> None:
    answer = program.post("/posts", body)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid", [field])
    assert said in answer.sentence


def test_a_body_that_is_no_json_is_refused(program: Program) -> None:
    answer = program.post("/posts", b"{tea")
    assert (answer.status, answer.code) == (422, "invalid")
    assert "JSON" in answer.sentence


def test_a_body_that_is_too_large_is_refused(program: Program) -> None:
    answer = program.post("/posts", b"[" + b" " * 2**21 + b"]")
    assert (answer.status, answer.code) == (422, "invalid")
    assert "large" in answer.sentence


@pytest.mark.parametrize("path", ["/", "/nowhere", "/posts/7/nowhere"])
def test_an_address_that_is_none_is_not_found(program: Program, path: str) -> None:
    answer = program.get(path)
    assert (answer.status, answer.code) == (404, "not_found")


def test_a_method_that_is_none_is_refused(program: Program) -> None:
    answer = program.call("PUT", "/posts")
    assert (answer.status, answer.code) == (405, "wrong_method")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_the_document_names_every_refusal(db: None) -> None:
    document = Program().get("/openapi.json").body
    for methods in document["paths"].values():
        for operation in methods.values():
            assert {"401", "403", "404", "409", "422", "429"} <= set(operation["responses"])
            assert operation["security"]
            assert operation["operationId"]


def test_sentences_come_in_the_readers_language(db: None, settings: Settings, tmp_path: Path) -> None:
    english = Program().get("/me").sentence
    catalogue = Catalog(locale="zh_Hant")
    catalogue.add(english, "請附上 API 金鑰。")
    folder = tmp_path / "zh_Hant" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [tmp_path]
    assert Program(language="zh-TW,zh;q=0.9").get("/me").sentence == "請附上 API 金鑰。"
    assert Program(language="fr").get("/me").sentence == english
