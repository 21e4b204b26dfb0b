"""A worker makes pictures and videos right before it uploads them."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import default_storage

from hawker.connect.registry import platforms
from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.media import painting
from hawker.core.media.models import MediaFile, Rendition
from hawker.core.posts.models import Post
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.publishing import actions
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody
from tests.journeys.conftest import Worker
from tests.journeys.test_publishing import TEXT, all_are, reasons, texts_at, write
from tests.media.test_renditions import noise
from tests.media.test_taking_in import leftovers
from tests.pictures import jpeg
from tests.videos import video
from tools.kinds import PICTURE, VIDEO, Kind, answers, simplest

COMMENT = "營業到晚上八點。"
SMALL = {"image_types": ["image/jpeg"], "image_bytes": 60_000}
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
    worker: Worker, alice: Somebody, shop: list[Channel], every_network: Sandbox
) -> None:
    take(shop, **SMALL)
    post = schedule(alice, shop, noise())
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    assert set(map(tuple, texts_at(every_network, shop).values())) == {(TEXT,)}
    made = list(Rendition.objects.all())
    assert {(row.content_type, row.progress, row.held_by) for row in made} == {("image/jpeg", 100, None)}
    assert max(row.size for row in made) <= 60_000


@pytest.fixture
def everywhere(alice: Somebody, every_network: Sandbox) -> list[Channel]:
    """An account at every pretend network."""
    pretends = {name: network.pretend for name, network in every_network.networks.items()}
    return [
        channels.connect(alice.actor, name, *pretend.account("teashop")) for name, pretend in pretends.items()
    ]


def test_every_network_gets_the_simplest_post_that_it_takes_and_its_comment(
    worker: Worker, alice: Somebody, everywhere: list[Channel], every_network: Sandbox
) -> None:
    added = {
        PICTURE: [media.add_file(alice.actor, "tea.jpg", File(BytesIO(jpeg())))],
        VIDEO: [media.add_file(alice.actor, "tea.mp4", File(BytesIO(video(seconds=4))))],
    }
    posts = {}
    for channel in everywhere:
        network = platforms()[channel.platform]
        kind = simplest(network)
        if kind is not None:
            options = answers(network, kind, comment=network.comments)
            assert options is not None, f"{network.name}: no comment fits under its simplest post"
            writing = Writing(
                text=TEXT,
                language="zh-Hant",
                pictures=tuple(Picture(media=row.id, alt="一杯茶") for row in added.get(kind, [])),
                first_comment=COMMENT if network.comments else "",
                wordings=(Wording(channel=channel.id, options=options),),
            )
            posts[channel.platform] = actions.compose(alice.actor, writing)
    worker.start()
    worker.until(lambda: all(all_are(post, State.published) for post in posts.values()))
    for name in posts:
        seen = every_network.networks[name].pretend.published("teashop")
        assert len(seen) == 1 + platforms()[name].comments
        assert {each.text for each in seen if each.reply_to} <= {COMMENT}


@pytest.mark.parametrize("kind", [PICTURE, VIDEO])
def test_a_picture_and_a_video_go_to_all_networks_that_take_such(
    worker: Worker, alice: Somebody, everywhere: list[Channel], every_network: Sandbox, kind: Kind
) -> None:
    found = {each: answers(platforms()[each.platform], kind) for each in everywhere}
    taking = {channel: options for channel, options in found.items() if options is not None}
    odd = video("-c:v", "mpeg4", "-b:v", "3M", "-c:a", "libmp3lame", seconds=4, size="1280x720", suffix="mkv")
    row = media.add_file(alice.actor, "tea", File(BytesIO(odd if kind == VIDEO else noise(size=(1200, 500)))))
    writing = Writing(
        text=TEXT,
        language="zh-Hant",
        pictures=(Picture(media=row.id, alt="一杯茶"),),
        wordings=tuple(Wording(channel=each.id, options=options) for each, options in taking.items()),
    )
    post = actions.compose(alice.actor, writing)
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    for channel in taking:
        (seen,) = every_network.networks[channel.platform].pretend.published("teashop")
        assert TEXT in seen.text
    made = {row.content_type for row in Rendition.objects.all()}
    assert made == ({"video/mp4"} if kind == VIDEO and taking else made)


def test_a_worker_that_is_told_to_stop_gives_a_video_up_and_hands_it_back(
    worker: Worker, alice: Somebody, shop: list[Channel], every_network: Sandbox
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
