"""Networks fetch a medium by an address that nobody else can guess, for a day."""

import json
import time
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from asgiref.sync import sync_to_async
from django.core.files import File
from django.db import connections
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import AsyncClient, Client
from pytest_django import Settings

from hawker.connect.errors import Later, Refused
from hawker.connect.registry import platforms
from hawker.core.media import actions, addresses, files, queries, renditions
from hawker.core.media.models import MediaFile
from hawker.web.channels import signing_in
from hawker.web.media import ranges
from tests.cast import Somebody, visitor
from tests.media.test_renditions import NEVER, PORTRAIT, noise
from tests.pictures import jpeg
from tests.test_doctor import about
from tests.videos import video

SITE = "https://social.teashop.example"


@pytest.fixture(autouse=True)
def _public(settings: Settings) -> None:
    settings.PUBLIC_URL, settings.ALLOW_PRIVATE_HOSTS = SITE, False


def add(somebody: Somebody, data: bytes) -> MediaFile:
    return actions.add_file(somebody.actor, "tea", File(BytesIO(data)))


def path_of(row: MediaFile) -> str:
    return urlsplit(queries.value(row, "").address()).path


def get(path: str, **headers: str) -> HttpResponseBase:
    return Client().get(path, headers=headers)


def test_a_stranger_with_the_address_gets_the_file_and_nothing_else(alice: Somebody) -> None:
    row = add(alice, jpeg())
    address = queries.value(row, "").address()
    assert address.startswith(f"{SITE}/m/")
    assert address.endswith("/file.jpeg")
    answer = Client().get(urlsplit(address).path)
    assert answer.content == files.content(row.file)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Content-Length"] == str(row.size)
    assert not answer.cookies


def test_what_was_made_of_a_medium_has_an_address_of_its_own(alice: Somebody) -> None:
    medium = queries.value(add(alice, noise()), "")
    made = renditions.fitted(medium, PORTRAIT, NEVER)
    answer = Client().get(urlsplit(made.address()).path)
    assert (answer["Content-Type"], answer.content) == ("image/jpeg", made.read())


def test_a_forged_or_strange_address_leads_nowhere(alice: Somebody) -> None:
    path = path_of(add(alice, jpeg()))
    token = path.split("/")[2]
    forged = f"m{'0' * 32}{token[33:]}"
    for wrong in (forged, token[:-1], "r" + token[1:], "x", token.replace(".", ":")):
        assert get(f"/m/{wrong}/file.jpeg").status_code == 404
    assert get("/m/").status_code == 404


def test_an_address_dies_after_a_day(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    path, begun = path_of(add(alice, jpeg())), time.time()
    assert get(path).status_code == 200
    monkeypatch.setattr(time, "time", lambda: begun + addresses.LASTS_SECONDS + 2)
    assert get(path).status_code == 404


def test_an_address_of_what_is_gone_leads_nowhere(alice: Somebody) -> None:
    row = add(alice, jpeg())
    path = path_of(row)
    files.drop(row.file)
    assert get(path).status_code == 404
    row.delete()
    assert get(path).status_code == 404


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=10-", 10, None),
        ("bytes=-20", -20, None),
        ("bytes=5-999999999", 5, None),
    ],
)
def test_a_range_is_served(alice: Somebody, asked: str, start: int, end: int | None) -> None:
    row = add(alice, jpeg())
    answer, data = Client().get(path_of(row), headers={"Range": asked}), files.content(row.file)
    assert (answer.status_code, answer.content) == (206, data[start:end])
    first = start % len(data)
    assert answer["Content-Range"] == f"bytes {first}-{first + len(answer.content) - 1}/{len(data)}"


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0", "bytes=9-3"])
def test_an_empty_range_is_refused(alice: Somebody, asked: str) -> None:
    answer = get(path_of(add(alice, jpeg())), Range=asked)
    assert answer.status_code == 416


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=-", "bytes=0-1,5-6"])
def test_a_range_that_is_not_understood_gives_all(alice: Somebody, asked: str) -> None:
    row = add(alice, jpeg())
    answer = Client().get(path_of(row), headers={"Range": asked})
    assert (answer.status_code, len(answer.content)) == (200, row.size)


@pytest.fixture
async def other_thread(transactional_db: None) -> AsyncIterator[None]:
    """What is synchronous in an asynchronous test works in a thread with a connection of its own."""
    yield
    await sync_to_async(connections.close_all)()


async def test_a_large_file_comes_in_pieces(
    other_thread: None, alice: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "PIECE", 1000)
    row = await sync_to_async(add)(alice, video())
    answer: object = await AsyncClient().get(path_of(row), headers={"Range": "bytes=500-4999"})
    assert isinstance(answer, StreamingHttpResponse)
    pieces = answer.streaming_content
    assert isinstance(pieces, AsyncIterable)
    got = [piece async for piece in pieces]
    assert [len(piece) for piece in got] == [1000, 1000, 1000, 1000, 500]
    assert b"".join(got) == (await sync_to_async(files.content)(row.file))[500:5000]


def test_members_get_ranges_too(alice: Somebody) -> None:
    row = add(alice, jpeg())
    answer = visitor(alice).get(f"/media/{row.id}/file", headers={"Range": "bytes=0-9"})
    assert (answer.status_code, len(answer.content)) == (206, 10)
    assert answer["Cache-Control"].startswith("private")


@pytest.mark.parametrize(
    ("url", "public"),
    [
        (SITE, True),
        ("http://93.184.215.14", True),
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("https://10.1.2.3", False),
        ("https://[::1]", False),
        ("https://hawker", False),
        ("https://hawker.local", False),
        ("ftp://shop.example", False),
        ("", False),
    ],
)
def test_what_counts_as_an_address_on_the_internet(url: str, public: bool) -> None:
    assert addresses.is_public(url) is public


def test_a_lost_file_has_no_address(alice: Somebody) -> None:
    row = add(alice, jpeg())
    files.drop(row.file)
    with pytest.raises(Refused, match="has lost the file"):
        queries.value(row, "").address()


def test_a_hawker_that_no_network_reaches_says_what_to_set(alice: Somebody, settings: Settings) -> None:
    settings.PUBLIC_URL = "http://localhost:8000"
    medium = queries.value(add(alice, jpeg()), "")
    with pytest.raises(Refused, match="HAWKER_PUBLIC_URL") as refused:
        medium.address()
    assert refused.value.field == "media"
    assert not queries.is_reachable()


def test_networks_of_this_house_fetch_from_where_hawker_runs(
    alice: Somebody, settings: Settings, tmp_path: Path
) -> None:
    settings.PUBLIC_URL, settings.ALLOW_PRIVATE_HOSTS, settings.LOCAL_URL = "", True, ""
    medium = queries.value(add(alice, jpeg()), "")
    settings.DATA = tmp_path
    with pytest.raises(Later, match="pages do not run"):
        medium.address()
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "up.json").write_text(json.dumps({"url": "http://127.0.0.1:8123"}))
    assert medium.address().startswith("http://127.0.0.1:8123/m/")
    settings.LOCAL_URL = "http://hawker:8000"
    assert medium.address().startswith("http://hawker:8000/m/")
    assert queries.is_reachable()


class Store:
    """An object store that signs addresses."""

    def __init__(self, host: str) -> None:
        self._host = host

    def presigned(self, name: str, seconds: int) -> str:
        return f"{self._host}/{name}?expires={seconds}"


@pytest.mark.parametrize(
    ("host", "public"), [("https://s3.example.com", True), ("http://10.0.0.2:9000", False)]
)
def test_a_store_on_the_internet_stands_in(
    alice: Somebody, settings: Settings, monkeypatch: pytest.MonkeyPatch, host: str, public: bool
) -> None:
    medium = queries.value(add(alice, jpeg()), "")
    settings.PUBLIC_URL = ""
    monkeypatch.setattr(addresses, "default_storage", Store(host))
    assert queries.is_reachable() is public
    if public:
        assert medium.address().startswith(f"{host}/{alice.actor.workspace}/")
        assert medium.address().endswith("?expires=86400")


@pytest.fixture
def fetching(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a network that fetches media itself."""
    name, network = next(iter(platforms().items()))
    everything = {**platforms(), name: replace(network, fetches=True)}
    monkeypatch.setattr(signing_in, "platforms", lambda: everything)
    monkeypatch.setattr("hawker.config.doctor.platforms", lambda: everything)
    return name


def test_who_connects_such_a_network_is_told_before_the_first_post(
    alice: Somebody, settings: Settings, fetching: str
) -> None:
    way = platforms()[fetching].signs_in.ways[0].name
    address = f"/channels/add/{fetching}/{way}"
    assert "HAWKER_PUBLIC_URL" not in visitor(alice).get(address).content.decode()
    settings.PUBLIC_URL = ""
    assert "HAWKER_PUBLIC_URL" in visitor(alice).get(address).content.decode()


def test_the_doctor_tells_it_too(
    db: None, settings: Settings, fetching: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "can fetch pictures" in about("Fetching", capsys)[0]
    settings.PUBLIC_URL = ""
    assert "HAWKER_PUBLIC_URL" in about("Fetching", capsys)[0]
