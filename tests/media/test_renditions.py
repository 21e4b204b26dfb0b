"""What networks take is made of what was added: once, whole, and within every limit."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connections
from django.utils import timezone
from PIL import Image, ImageCms
from pytest_django import Settings

from hawker.connect.errors import Later, Refused
from hawker.connect.shapes import PictureShape, Shape, VideoShape
from hawker.connect.values import Media
from hawker.core.media import actions, encoding, ffmpeg, files, probing, queries, renditions, rules
from hawker.core.media.ffmpeg import Source
from hawker.core.media.models import MediaFile, Rendition
from tests.cast import Somebody
from tests.media.test_taking_in import leftovers
from tests.pictures import jpeg
from tests.videos import H264, video

PORTRAIT = PictureShape(types=("image/jpeg",), bytes=8 * 2**20, side=1440, narrowest=0.8, widest=1.91)
REEL = VideoShape(bytes=100 * 2**20, longest=90, narrowest=9 / 16, widest=9 / 16, side=640, rate=30)
NEVER = threading.Event()


def add(somebody: Somebody, data: bytes) -> Media:
    row = actions.add_file(somebody.actor, "tea", File(BytesIO(data)))
    return queries.value(row, "A cup of tea")


def noise(mode: str = "RGB", size: tuple[int, int] = (800, 600), kind: str = "PNG") -> bytes:
    """A picture that no format packs well."""
    out = BytesIO()
    bands = [Image.effect_noise(size, 90) for _ in mode]
    Image.merge(mode, bands).save(out, kind)
    return out.getvalue()


def fitted(medium: Media, shape: Shape) -> Media:
    return renditions.fitted(medium, shape, NEVER)


def opened(medium: Media) -> Image.Image:
    return Image.open(BytesIO(medium.read()))


def probe(medium: Media, folder: Path) -> probing.Probe:
    file = folder / "probed.mp4"
    file.write_bytes(medium.read())
    found = probing.read(ffmpeg.describe(Source(file, "mov")))
    assert found
    return found


def test_what_fits_is_not_made_again(alice: Somebody) -> None:
    medium = add(alice, jpeg())
    assert fitted(medium, PORTRAIT) is medium
    assert not Rendition.objects.exists()


def test_a_png_becomes_a_jpeg(alice: Somebody) -> None:
    made = fitted(add(alice, noise()), PORTRAIT)
    assert (made.content_type, made.width, made.height, made.alt) == ("image/jpeg", 800, 600, "A cup of tea")
    with opened(made) as picture:
        assert (picture.format, picture.size) == ("JPEG", (800, 600))
    assert made.size == len(made.read())


def test_what_is_seen_through_lies_on_white_in_a_jpeg(alice: Somebody) -> None:
    out = BytesIO()
    Image.new("RGBA", (100, 100), (255, 0, 0, 0)).save(out, "PNG")
    with opened(fitted(add(alice, out.getvalue()), PORTRAIT)) as picture:
        assert picture.getpixel((50, 50)) == (255, 255, 255)


def test_a_narrow_picture_lies_whole_on_a_ground_of_its_own_colours(alice: Somebody) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 900), (120, 160, 90)).save(out, "JPEG")
    made = fitted(add(alice, out.getvalue()), PORTRAIT)
    assert (made.width, made.height) == (720, 900)
    with opened(made) as picture:
        colours = [picture.getpixel((x, 450)) for x in (5, 360, 715)]
    assert all(abs(a - b) < 12 for each in colours for a, b in zip(each, (120, 160, 90), strict=True))  # type: ignore[arg-type]


def test_colours_are_turned_into_srgb(alice: Somebody) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_is_blue = srgb.replace(b"rXYZ", b"____").replace(b"bXYZ", b"rXYZ").replace(b"____", b"bXYZ")
    out = BytesIO()
    Image.new("RGB", (60, 60), (60, 120, 180)).save(out, "PNG", icc_profile=red_is_blue)
    with opened(fitted(add(alice, out.getvalue()), PORTRAIT)) as picture:
        assert "icc_profile" not in picture.info
        red, _, blue = picture.getpixel((30, 30))  # type: ignore[misc]
        assert red > 160
        assert blue < 80


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "image/webp"])
def test_a_heavy_picture_gets_lighter_until_its_bytes_fit(alice: Somebody, kind: str) -> None:
    shape = PictureShape(types=(kind,), bytes=60_000, narrowest=0.8, widest=1.91)
    made = fitted(add(alice, noise("RGBA")), shape)
    assert made.content_type == kind
    assert len(made.read()) <= 60_000
    assert 0.8 <= made.width / made.height <= 1.91


def test_what_cannot_be_light_enough_is_refused(alice: Somebody) -> None:
    medium = add(alice, noise())
    with pytest.raises(Refused, match="could not make this"):
        fitted(medium, replace(PORTRAIT, bytes=100))
    row = Rendition.objects.get()
    assert (row.held_by, row.file) == (None, "")
    assert not leftovers()


def test_a_problem_is_refused_with_its_sentence(alice: Somebody) -> None:
    with pytest.raises(Refused, match="takes no videos") as refused:
        fitted(add(alice, video()), PORTRAIT)
    assert refused.value.field == "media"


def test_a_wide_video_becomes_an_upright_one_on_a_ground_of_its_own(alice: Somebody, tmp_path: Path) -> None:
    made = fitted(add(alice, video(size="640x360", rate=60)), REEL)
    found = probe(made, tmp_path)
    assert (made.width, made.height) == (found.width, found.height) == (360, 640)
    assert (found.codecs, found.rate) == (("h264", "aac"), 30)
    assert found.seconds == pytest.approx(2, abs=0.15)
    assert made.read().index(b"moov") < made.read().index(b"mdat")


def test_a_strange_codec_becomes_one_that_every_network_plays(alice: Somebody, tmp_path: Path) -> None:
    medium = add(alice, video("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", suffix="webm"))
    assert medium.codecs == ("vp8", "opus")
    made = fitted(medium, VideoShape(bytes=2**27, longest=60))
    assert (made.content_type, probe(made, tmp_path).codecs) == ("video/mp4", ("h264", "aac"))
    assert made.codecs == ("h264", "aac")


def test_a_video_without_sound_stays_without(alice: Somebody) -> None:
    assert fitted(add(alice, video(size="640x360", sound=False)), REEL).codecs == ("h264",)


def test_a_heavy_video_is_made_to_fit(alice: Somebody) -> None:
    noisy = ("-vf", "noise=alls=60:allf=t", "-c:v", "mpeg4", "-b:v", "8M", "-c:a", "aac")
    medium = add(alice, video(*noisy, seconds=4, size="640x480"))
    assert medium.size > 800_000
    assert fitted(medium, replace(REEL, bytes=400_000, narrowest=None, widest=None)).size <= 400_000


def test_a_video_that_came_out_too_large_is_made_again_with_fewer_bits(
    alice: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    noisy = ("-vf", "noise=alls=60:allf=t", "-c:v", "mpeg4", "-b:v", "8M", "-c:a", "aac")
    medium = add(alice, video(*noisy, seconds=4, size="640x480"))
    monkeypatch.setattr(rules, "_kbits", lambda *_: 900)
    attempts = list[Path]()
    convert = ffmpeg.convert

    def counted(source: Source, words: list[str], **more: object) -> str:
        attempts.append(source.path)
        return convert(source, words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ffmpeg, "convert", counted)
    assert fitted(medium, replace(REEL, bytes=400_000, narrowest=None, widest=None)).size <= 400_000
    assert len(attempts) > 1


def test_only_the_container_is_changed_where_that_is_enough(
    alice: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = add(alice, video("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le", suffix="mov"))
    silent = replace(medium, codecs=("h264",))
    words = list[str]()
    convert = ffmpeg.convert

    def heard(source: Source, asked: list[str], **more: object) -> str:
        words.extend(asked)
        return convert(source, asked, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ffmpeg, "convert", heard)
    assert rules.decide(silent, REEL).recipe
    assert rules.decide(medium, replace(REEL, narrowest=None, widest=None)).recipe
    fitted(replace(silent, size=1), replace(REEL, narrowest=None, widest=None))
    assert "copy" in words


def test_colours_of_a_bright_screen_are_brought_down(alice: Somebody, tmp_path: Path) -> None:
    hdr = (
        *("-vf", "format=yuv420p10le", "-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1"),
        *(
            "-color_trc",
            "arib-std-b67",
            "-color_primaries",
            "bt2020",
            "-colorspace",
            "bt2020nc",
            "-c:a",
            "aac",
        ),
    )
    medium = add(alice, video(*hdr, seconds=1, size="320x180"))
    assert medium.codecs == ("hevc/yuv420p10le", "aac")
    made = fitted(medium, replace(REEL, narrowest=None, widest=None))
    assert probe(made, tmp_path).codecs == ("h264", "aac")


def test_the_same_is_made_once(alice: Somebody) -> None:
    medium = add(alice, noise())
    assert renditions.is_to_be_made(medium, PORTRAIT)
    assert renditions.known(medium, PORTRAIT) is medium
    made = fitted(medium, PORTRAIT)
    file = Rendition.objects.get().file
    assert fitted(medium, PORTRAIT).read() == made.read()
    assert renditions.known(medium, PORTRAIT).content_type == "image/jpeg"
    assert not renditions.is_to_be_made(medium, PORTRAIT)
    assert Rendition.objects.get().file == file


def test_what_was_lost_is_made_again(alice: Somebody) -> None:
    medium = add(alice, noise())
    fitted(medium, PORTRAIT)
    default_storage.delete(Rendition.objects.get().file)
    assert fitted(medium, PORTRAIT).read()


def at_once(work: Callable[[], object], times: int) -> list[BaseException]:
    failures = list[BaseException]()

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=60)
    return failures


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_it_once(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renditions, "ASKED_EVERY_SECONDS", 0.05)
    medium = add(alice, video(size="640x360"))
    times = list[int]()
    encode = encoding.encode

    def counted(*given: object) -> probing.Probe:
        times.append(1)
        return encode(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(encoding, "encode", counted)
    assert not at_once(lambda: fitted(medium, REEL), 3)
    assert len(times) == 1
    assert Rendition.objects.get().progress == 100


def test_what_a_dead_worker_left_is_taken_over(alice: Somebody) -> None:
    medium = add(alice, noise())
    recipe = rules.decide(medium, PORTRAIT).recipe
    assert recipe
    fitted(medium, PORTRAIT)
    Rendition.objects.update(
        file="", held_by=Rendition.objects.get().id, held_until=timezone.now() - timedelta(seconds=1)
    )
    assert fitted(medium, PORTRAIT).content_type == "image/jpeg"


def test_who_lost_its_hold_changes_nothing_and_leaves_nothing(
    alice: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = add(alice, noise())
    keep = files.keep_file

    def taken_over(path: str, file: Path) -> str:
        """Somebody believed this worker dead, and was faster."""
        monkeypatch.setattr(files, "keep_file", keep)
        Rendition.objects.update(held_by=None, held_until=None)
        fitted(medium, PORTRAIT)
        return keep(path, file)

    monkeypatch.setattr(files, "keep_file", taken_over)
    fitted(medium, PORTRAIT)
    folder = Path(default_storage.path(Rendition.objects.get().file)).parent
    assert len(list(folder.glob(f"{medium.id}.*.jpeg"))) == 1


def test_progress_is_kept_while_it_goes(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renditions, "TOLD_EVERY_SECONDS", 0)
    medium = add(alice, video(*H264, seconds=8, size="1280x720"))
    seen = set[int]()
    update = renditions._Telling.hear

    def watched(self: renditions._Telling, part: float) -> None:
        update(self, part)
        seen.add(Rendition.objects.get().progress)

    monkeypatch.setattr(renditions._Telling, "hear", watched)
    fitted(medium, REEL)
    assert len(seen) > 1
    assert max(seen) < 100


def test_a_stop_ends_it_and_lets_others_begin(alice: Somebody) -> None:
    medium, stop = add(alice, video(size="640x360")), threading.Event()
    stop.set()
    with pytest.raises(ffmpeg.Stopped):
        renditions.fitted(medium, REEL, stop)
    assert Rendition.objects.get().held_by is None
    assert not leftovers()


def test_a_lost_file_is_refused_and_an_unreachable_one_waits(
    alice: Somebody, settings: Settings, tmp_path: Path
) -> None:
    medium = add(alice, noise())
    place = Path(default_storage.path(MediaFile.objects.get(id=medium.id).file))
    place.rename(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="has lost the file"):
        fitted(medium, PORTRAIT)
    (tmp_path / "elsewhere").rename(place)
    settings.DATA = tmp_path / "nowhere"
    with pytest.raises(Later, match="cannot be read just now"):
        fitted(medium, PORTRAIT)


def test_ffmpeg_that_is_killed_is_asked_again_later(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> str:
        raise ffmpeg.Killed("signal 9")

    medium = add(alice, video(size="640x360"))
    monkeypatch.setattr(ffmpeg, "convert", killed)
    with pytest.raises(Later, match="cannot be made right just now"):
        fitted(medium, REEL)


def test_what_was_not_used_for_long_is_dropped(alice: Somebody) -> None:
    fitted(add(alice, noise()), PORTRAIT)
    file = Rendition.objects.get().file
    renditions.tidy()
    assert default_storage.exists(file)
    Rendition.objects.update(used_at=timezone.now() - renditions.UNUSED_FOR - timedelta(seconds=1))
    renditions.tidy()
    assert not Rendition.objects.exists()
    assert not default_storage.exists(file)
