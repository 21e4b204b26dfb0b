"""A worker makes pictures and videos right before it uploads them."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import default_storage

from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.media import painting
from hawker.core.media.models import MediaFile, Rendition
from hawker.core.posts.models import Post
from hawker.core.posts.values import Picture
from hawker.core.publishing import actions
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody
from tests.journeys.conftest import Worker
from tests.journeys.test_publishing import TEXT, all_are, reasons, texts_at, write
from tests.media.test_renditions import noise
from tests.media.test_taking_in import leftovers
from tests.videos import video

SMALL = {"image_types": ["image/jpeg"], "image_bytes": 30_000}
FILMS = {"video_types": ["video/mp4"], "video_bytes": 2_000_000, "video_seconds": 60.0}


def take(shop: list[Channel], **limits: object) -> None:
    """From now on the networks of these channels take this."""
    for channel in shop:
        channel.limits = {**channel.limits, **limits}
        channel.save()


def schedule(alice: Somebody, shop: list[Channel], data: bytes) -> Post:
    row = media.add_file(alice.actor, "tea", File(BytesIO(data)))
    post = write(alice, shop, pictures=(Picture(media=row.id, alt="一杯茶"),))
    actions.schedule(alice.actor, post.id)
    return post


def test_a_heavy_picture_of_a_strange_format_is_published_as_each_network_takes_it(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    take(shop, **SMALL)
    post = schedule(alice, shop, noise())
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    assert set(map(tuple, texts_at(sandbox).values())) == {(TEXT,)}
    made = list(Rendition.objects.all())
    assert {(row.content_type, row.progress, row.held_by) for row in made} == {("image/jpeg", 100, None)}
    assert max(row.size for row in made) <= 30_000


def test_a_worker_that_is_told_to_stop_gives_a_video_up_and_hands_it_back(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    take(shop, **FILMS)
    post = schedule(alice, shop[:1], video(seconds=40, size="1920x1080"))
    worker.start()
    worker.until(lambda: Rendition.objects.exclude(held_by=None).exists())
    worker.stop()
    assert all_are(post, State.scheduled)
    assert not Rendition.objects.exclude(held_by=None).exists()
    assert not Rendition.objects.exclude(file="").exists()
    assert not leftovers()


def test_a_picture_that_cannot_be_made_right_fails_with_a_sentence(
    worker: Worker, alice: Somebody, shop: list[Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_heavy(*_: object) -> None:
        raise painting.TooHeavy

    monkeypatch.setattr(painting, "paint", too_heavy)
    take(shop, **SMALL)
    post = schedule(alice, shop, noise())
    worker.start()
    worker.until(lambda: all_are(post, State.failed))
    assert {str(each.sentence)[:30] for each in reasons(post) if each} == {"Hawker could not make this pic"}
    assert {each.field for each in reasons(post) if each} == {"media"}


def test_a_picture_that_cannot_be_made_now_is_tried_again(
    worker: Worker, alice: Somebody, shop: list[Channel], tmp_path: Path
) -> None:
    take(shop, **SMALL)
    post = schedule(alice, shop, noise())
    place = Path(default_storage.path(MediaFile.objects.get().file))
    place.rename(tmp_path / "elsewhere")
    place.mkdir()
    worker.start()
    worker.until(lambda: Delivery.objects.filter(post=post, tries__gt=0).count() == len(shop))
    assert all_are(post, State.scheduled)
    place.rmdir()
    (tmp_path / "elsewhere").rename(place)
    Delivery.objects.update(look_at=post.created_at)
    worker.until(lambda: all_are(post, State.published))
