"""Pictures in an object store: nothing of them lies in Hawker's own folder."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO

import httpx
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from hawker.config.objects import ObjectStorage
from tests.networks.fediverse import Fediverse
from tests.networks.hawker import Hawker, Refusal, founded
from tests.networks.place import Ground
from tests.networks.store import BUCKET, KEY, SECRET, Store
from tests.pictures import jpeg

pytestmark = pytest.mark.networks

WRONG = "wrong-horse-42"


@pytest.fixture(scope="module")
def stored(ground: Ground, s3: Store) -> Iterator[Hawker]:
    """A Hawker that keeps its pictures in the store."""
    with founded(Hawker(ground.room("stored"), ground.log("stored"), s3.settings)) as hawker:
        yield hawker


@pytest.fixture
def misled(ground: Ground, s3: Store) -> Iterator[Hawker]:
    """A Hawker that was given a wrong secret."""
    settings = {**s3.settings, "HAWKER_S3_SECRET": WRONG}
    with founded(Hawker(ground.room("misled"), ground.log("misled"), settings)) as hawker:
        yield hawker


def doctor(hawker: Hawker, settings: Mapping[str, str]) -> str:
    command = [sys.executable, "-m", "hawker.config.doctor"]
    done = subprocess.run(
        command, env={**hawker.env, **settings}, capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


def test_a_picture_lies_in_the_bucket_and_nowhere_else(stored: Hawker, s3: Store) -> None:
    before = s3.objects()
    picture = stored.add_picture(jpeg(640, 400))
    added = {name: data for name, data in s3.objects().items() if name not in before}
    full, small = sorted(added)
    assert (full.endswith(f"/{picture}.jpeg"), small.endswith(f"/{picture}.small.webp")) == (True, True)
    assert Image.open(BytesIO(added[full])).size == (640, 400)
    assert not (stored.home / "media").exists()


def test_its_pages_give_the_bytes_back(stored: Hawker, s3: Store) -> None:
    picture = stored.add_picture(jpeg(640, 400))
    kept = {name: data for name, data in s3.objects().items() if picture in name}
    for page, ending in (("file", ".jpeg"), ("small", ".small.webp")):
        (data,) = (data for name, data in kept.items() if name.endswith(ending))
        assert stored.owner.get(f"{stored.address}/media/{picture}/{page}").content == data


def test_a_post_takes_its_picture_from_the_store(stored: Hawker, on_mastodon_mock: Fediverse) -> None:
    on_mastodon_mock.line.heal()
    resident = on_mastodon_mock.open()
    channel = stored.connect("mastodon", resident.way, resident.fields)
    media = [{"id": stored.add_picture(jpeg(640, 400)), "alt": "一杯茶"}]
    stored.until("published", stored.write(channel, text="新茶到了", media=media))
    (seen,) = resident.posts()
    assert seen.alts == ("一杯茶",)
    assert Image.open(BytesIO(seen.pictures[0])).size == (640, 400)


def test_a_post_waits_for_a_store_that_is_away(
    stored: Hawker, s3: Store, on_mastodon_mock: Fediverse
) -> None:
    on_mastodon_mock.line.heal()
    resident = on_mastodon_mock.open()
    channel = stored.connect("mastodon", resident.way, resident.fields)
    media = [{"id": stored.add_picture(jpeg()), "alt": ""}]
    s3.stop()
    try:
        post = stored.write(channel, text="新茶到了", media=media)
        stored.until_told("cannot be read just now", post)
        assert ([each["state"] for each in stored.deliveries(post)], resident.posts()) == (["scheduled"], [])
    finally:
        s3.start()
    stored.until("published", post)
    assert [seen.text for seen in resident.posts()] == ["新茶到了"]


def test_a_wrong_secret_is_said_and_nothing_is_kept(misled: Hawker, s3: Store) -> None:
    before = s3.objects()
    with pytest.raises(Refusal, match="could not be stored just now, and nothing was changed") as refused:
        misled.add_picture(jpeg())
    assert refused.value.status == 503
    assert (s3.objects(), (misled.home / "media").exists()) == (before, False)
    assert "SignatureDoesNotMatch" in misled.log.read_text()
    assert WRONG not in misled.log.read_text()


def test_the_doctor_finds_the_store(stored: Hawker, s3: Store) -> None:
    before = s3.objects()
    assert "ok    Pictures: can be stored" in doctor(stored, {})
    assert s3.objects() == before


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"HAWKER_S3_SECRET": WRONG}, "SignatureDoesNotMatch"),
        ({"HAWKER_S3_BUCKET": "coffee-pictures"}, "NoSuchBucket"),
        ({"HAWKER_S3_ENDPOINT": "http://127.0.0.1:9"}, "Could not connect"),
        ({"HAWKER_S3_ENDPOINT": "store"}, "Invalid endpoint"),
    ],
)
def test_the_doctor_says_what_to_mend(stored: Hawker, settings: Mapping[str, str], said: str) -> None:
    told = doctor(stored, settings).partition("mend  Pictures: ")[2]
    assert said in told.splitlines()[0]
    assert "HAWKER_S3_*" in told.splitlines()[1]


def test_a_store_gives_parts_of_a_video_and_signs_addresses_for_networks(s3: Store) -> None:
    storage = ObjectStorage(
        bucket_name=BUCKET,
        endpoint_url=s3.settings["HAWKER_S3_ENDPOINT"],
        access_key=KEY,
        secret_key=SECRET,
        default_acl=None,
    )
    name = storage.save("films/tea.mp4", ContentFile(bytes(range(256)) * 100))
    assert storage.part(name, 250, 10) == bytes([250, 251, 252, 253, 254, 255, 0, 1, 2, 3])
    assert storage.exists(name)
    with pytest.raises(FileNotFoundError):
        storage.part("films/gone.mp4", 0, 10)
    signed = storage.presigned(name, 60)
    assert httpx.get(signed).content == bytes(range(256)) * 100
    assert httpx.get(signed.partition("?")[0]).is_client_error
