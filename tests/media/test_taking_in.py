"""Videos come in whole and clean, or not at all."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import imageio_ffmpeg
import pytest
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import timezone
from PIL import Image

from hawker.core.media import actions, ffmpeg, files, probing, queries, rules
from hawker.core.media.ffmpeg import Source
from hawker.core.media.models import MediaFile
from hawker.core.people.rules import Role
from hawker.core.problems import Invalid, NotAllowed, Unavailable
from tests.cast import Somebody, colleague
from tests.pictures import jpeg
from tests.videos import H264, video


def add(somebody: Somebody, data: bytes, name: str = "tea.mp4") -> MediaFile:
    return actions.add_file(somebody.actor, name, File(BytesIO(data), name))


def probe(row: MediaFile) -> probing.Probe:
    found = probing.read(ffmpeg.describe(Source(file_of(row), rules.DEMUXERS[row.content_type])))
    assert found
    return found


def file_of(row: MediaFile) -> Path:
    return Path(default_storage.path(row.file))


def leftovers() -> list[Path]:
    return list(Path(settings.DATA).glob("work-*"))


def test_a_video_is_kept_with_what_is_known_of_it(alice: Somebody) -> None:
    row = add(alice, video())
    assert (row.content_type, row.width, row.height, row.name) == ("video/mp4", 320, 568, "tea.mp4")
    assert row.seconds == pytest.approx(2, abs=0.1)
    assert (row.rate, row.codecs, row.is_video) == (30, ["h264", "aac"], True)
    assert row.size == file_of(row).stat().st_size
    assert not leftovers()


def test_what_a_process_left_when_it_died_is_cleared_away_after_a_day() -> None:
    home, now = Path(settings.DATA), timezone.now()
    folder, upload, other = home / "work-dead", home / "tmpdead.upload.mp4", home / "tmp-of-others"
    folder.mkdir()
    (folder / "half.mp4").write_bytes(b"half")
    upload.write_bytes(b"half")
    other.write_bytes(b"whole")
    files.clear(now + timedelta(hours=23))
    assert all(each.exists() for each in (folder, upload, other))
    files.clear(now + timedelta(hours=25))
    assert [each.exists() for each in (folder, upload, other)] == [False, False, True]
    other.unlink()


def test_a_video_has_a_small_picture_of_itself(alice: Somebody) -> None:
    row = add(alice, video())
    with Image.open(BytesIO(files.content(row.thumbnail))) as small:
        assert (small.format, max(small.size)) == ("WEBP", rules.THUMBNAIL_SIDE)


@pytest.mark.parametrize(
    ("suffix", "words", "kept"),
    [
        ("mov", H264, "video/mp4"),
        ("m4v", H264, "video/mp4"),
        ("mkv", H264, "video/mp4"),
        ("webm", ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"), "video/webm"),
        ("mov", ("-c:v", "prores", "-c:a", "pcm_s16le"), "video/quicktime"),
    ],
)
def test_a_video_is_kept_in_the_container_that_suits_its_streams(
    alice: Somebody, suffix: str, words: tuple[str, ...], kept: str
) -> None:
    row = add(alice, video(*words, seconds=1, suffix=suffix), f"tea.{suffix}")
    assert row.content_type == kept
    assert probe(row).seconds == pytest.approx(1, abs=0.1)


TOLD = (
    *("-metadata", "location=+25.0330+121.5654/", "-metadata", "title=At home"),
    *("-metadata:s:v", "handler_name=Camera 7", "-metadata:s:a", "handler_name=Kitchen"),
)


@pytest.mark.parametrize(
    ("flags", "secrets"),
    [
        ((), (b"+25.0330", b"Camera 7", b"Kitchen")),
        (("-movflags", "use_metadata_tags"), (b"+25.0330", b"At home", b"Camera 7", b"Kitchen")),
    ],
)
def test_a_video_loses_its_place_and_its_camera(
    alice: Somebody, flags: tuple[str, ...], secrets: tuple[bytes, ...]
) -> None:
    data = video(*H264, *TOLD, *flags, suffix="mov")
    assert not [secret for secret in secrets if secret not in data]
    kept = files.content(add(alice, data).file)
    assert not [secret for secret in secrets if secret in kept]


def test_the_index_of_a_kept_video_comes_first(alice: Somebody) -> None:
    data = video(*H264)
    assert data.index(b"moov") > data.index(b"mdat")
    kept = files.content(add(alice, data).file)
    assert kept.index(b"moov") < kept.index(b"mdat")


def test_a_video_that_was_held_upright_counts_as_upright(alice: Somebody, tmp_path: Path) -> None:
    flat, turned = tmp_path / "flat.mp4", tmp_path / "turned.mp4"
    flat.write_bytes(video(size="568x320"))
    words = ["-c", "copy", f"file:{turned}"]
    ffmpeg.convert(Source(flat, "mov"), words, before=("-display_rotation", "90"), seconds=20)
    row = add(alice, turned.read_bytes())
    assert (row.width, row.height) == (320, 568)


def test_a_video_without_sound_is_taken(alice: Somebody) -> None:
    assert add(alice, video(sound=False)).codecs == ["h264"]


def test_a_picture_goes_through_the_same_door(alice: Somebody) -> None:
    row = add(alice, jpeg(), "tea.jpg")
    assert (row.content_type, row.seconds, row.codecs) == ("image/jpeg", 0, [])


def test_a_large_upload_is_taken_from_where_it_lies(alice: Somebody) -> None:
    data = video()
    with TemporaryUploadedFile("tea.mp4", "video/mp4", len(data), None) as upload:
        upload.write(data)
        upload.seek(0)
        row = actions.add_file(alice.actor, "tea.mp4", upload)
    assert row.is_video


def test_slices_of_a_kept_video_are_its_bytes(alice: Somebody) -> None:
    row = add(alice, video())
    medium = queries.value(row, "")
    whole = medium.read()
    assert medium.slice(100, 50) == whole[100:150]
    assert medium.slice(len(whole) - 5, 50) == whole[-5:]
    assert (medium.seconds, medium.rate, medium.codecs) == (row.seconds, 30, ("h264", "aac"))


HOSTILE = {
    "playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "address": b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:8000/private\n",
    "concat": b"ffconcat version 1.0\nfile '/etc/passwd'\n",
    "script": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    "sdp": b"v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
    "nothing": b"",
    "playlist in a box": b"\x00\x00\x00\x18ftypisom#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
    "playlist in a matroska": b"\x1a\x45\xdf\xa3#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
    "still": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_video_is_refused_and_nothing_is_kept(alice: Somebody, kind: str) -> None:
    with pytest.raises(Invalid) as refused:
        add(alice, HOSTILE[kind])
    assert [problem.field for problem in refused.value.problems] == ["media"]
    assert not MediaFile.objects.exists()
    assert not leftovers()


def test_ffmpeg_reads_no_playlist_even_where_it_is_told_that_one_comes(tmp_path: Path) -> None:
    there, playlist = tmp_path / "there.mp4", tmp_path / "list.mp4"
    there.write_bytes(video())
    playlist.write_text(f"ffconcat version 1.0\nfile '{there}'\n")
    assert probing.read(ffmpeg.describe(Source(playlist, "mov"))) is None


def test_a_sound_is_no_video(alice: Somebody) -> None:
    with pytest.raises(Invalid):
        add(alice, video("-map", "1:a", "-c:a", "aac", suffix="m4a"))


def test_a_video_that_breaks_off_is_refused(alice: Somebody) -> None:
    whole = video()
    for data in (whole[: len(whole) // 2], video(*H264)[:-4000]):
        with pytest.raises(Invalid, match="damaged or not whole"):
            add(alice, data)
    assert not MediaFile.objects.exists()


def test_a_video_that_is_too_large_is_refused_before_it_is_looked_at(
    alice: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "VIDEO_BYTES", 2**14)
    with pytest.raises(Invalid, match="too large"):
        add(alice, video())


def test_a_video_that_is_too_long_is_refused(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "VIDEO_SECONDS", 1)
    with pytest.raises(Invalid, match="too long"):
        add(alice, video())


def test_a_bomb_of_pixels_is_refused_before_it_is_opened(
    alice: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "VIDEO_PIXELS", 100_000)
    with pytest.raises(Invalid, match="too many pixels"):
        add(alice, video())
    assert not MediaFile.objects.exists()


def test_a_codec_that_no_container_holds_is_refused(alice: Somebody) -> None:
    with pytest.raises(Invalid, match="Hawker does not know this kind of video"):
        add(alice, video("-c:v", "ffv1", "-an", suffix="mkv"))


def test_a_machine_without_ffmpeg_says_so(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise RuntimeError("No ffmpeg exe could be found.")

    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", none)
    data = video()
    ffmpeg.program.cache_clear()
    with pytest.raises(Unavailable, match="Videos need ffmpeg"):
        add(alice, data)


def test_ffmpeg_is_ended_where_it_takes_too_long(tmp_path: Path) -> None:
    long, target = tmp_path / "long.mp4", tmp_path / "slow.mp4"
    long.write_bytes(video(seconds=20, size="1280x720", sound=False))
    words = ["-c:v", "libx264", "-preset", "veryslow", f"file:{target}"]
    with pytest.raises(ffmpeg.Failed, match="not done after 0 seconds"):
        ffmpeg.convert(Source(long, "mov"), words, seconds=0)


def test_who_does_not_write_adds_no_videos(alice: Somebody) -> None:
    with pytest.raises(NotAllowed):
        add(colleague(alice, "Anna", Role.analyst), video())
