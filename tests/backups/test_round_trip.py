"""What is in a backup, and what a restored installation has."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from hawker.config.backups import archive, copies, restoring, saving
from hawker.config.backups.archive import Manifest, Unfit
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.media import files
from hawker.core.media.models import MediaFile
from hawker.core.posts.models import Post
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.publishing import actions as publishing
from hawker.core.publishing import ledger, restored
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from tests.cast import Somebody
from tests.pictures import jpeg
from tests.videos import video

pytestmark = pytest.mark.django_db(transaction=True)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, but for the sessions of whoever is signed in."""
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr)
        for model in copies.all_models()
    }


def compose(alice: Somebody, shop: list[Channel], at: datetime | None = None, **more: object) -> Post:
    wordings = tuple(Wording(channel=channel.id) for channel in shop)
    writing = Writing(text="茶 tea", language="zh-Hant", wordings=wordings, **more)  # type: ignore[arg-type]
    return publishing.compose(alice.actor, writing, at)


def with_picture(alice: Somebody) -> MediaFile:
    return media.add(alice.actor, "tea.jpg", jpeg())


def restore(file: Path, *, over: bool = True) -> int:
    with archive.opened(file) as reader:
        restoring.check(reader, replace=over)
        restoring.keep_what_is_here()
        return restoring.restore(reader)


def rewritten(file: Path, change: Callable[[Path], None]) -> Path:
    """The same backup with something in it changed."""
    folder = file.with_suffix("")
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    change(folder)
    with zipfile.ZipFile(file, "w") as packed:
        for each in folder.rglob("*"):
            packed.write(each, each.relative_to(folder))
    return file


def spoil(file: Path) -> None:
    file.write_text("{}")


def test_everything_comes_back_as_it_was(alice: Somebody, commentable: list[Channel], tmp_path: Path) -> None:
    picture = with_picture(alice)
    compose(
        alice,
        commentable,
        timezone.now() + timedelta(days=1),
        pictures=(Picture(media=picture.id, alt="茶"),),
        first_comment="十點開門",
    )
    before, file = everything(), tmp_path / "backup.zip"
    saving.save(file)
    for model in (Delivery, Post, MediaFile, Channel):
        model._base_manager.all().delete()
    default_storage.delete(picture.file)
    later = with_picture(alice)
    assert restore(file) == 0
    assert everything() == before
    with default_storage.open(picture.file, "rb") as kept:
        assert kept.read()[:2] == b"\xff\xd8"
    assert not default_storage.exists(later.file)


def test_a_video_comes_back_as_it_was(alice: Somebody, tmp_path: Path) -> None:
    row, file = media.add_file(alice.actor, "tea.mp4", File(BytesIO(video()))), tmp_path / "backup.zip"
    kept = files.content(row.file)
    saving.save(file)
    default_storage.delete(row.file)
    assert restore(file) == 0
    assert files.content(row.file) == kept


def test_only_its_owner_may_read_a_backup(alice: Somebody, tmp_path: Path) -> None:
    saving.save(tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["backup.zip"]


def test_a_lost_picture_is_named_and_does_not_stop_the_backup(alice: Somebody, tmp_path: Path) -> None:
    picture = with_picture(alice)
    default_storage.delete(picture.file)
    manifest = saving.save(tmp_path / "backup.zip")
    assert manifest.missing == [picture.file]
    assert manifest.pictures == [picture.thumbnail]


def test_a_backup_that_does_not_fit_on_the_disk_leaves_nothing(
    alice: Somebody, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.Writer, "finish", full)
    with pytest.raises(OSError, match="No space left"):
        saving.save(tmp_path / "backup.zip")
    assert list(tmp_path.iterdir()) == []


def test_what_is_here_is_replaced_only_when_asked_and_kept(alice: Somebody, tmp_path: Path) -> None:
    saving.save(tmp_path / "first.zip")
    Post.objects.create(workspace_id=alice.actor.workspace, text="written since", language="en")
    with pytest.raises(Unfit, match="add --replace"):
        restore(tmp_path / "first.zip", over=False)
    with archive.opened(tmp_path / "first.zip") as reader:
        kept = restoring.keep_what_is_here()
        restoring.restore(reader)
    assert not Post.objects.exists()
    assert kept is not None
    restore(kept)
    assert [post.text for post in Post.objects.all()] == ["written since"]


def test_nothing_is_replaced_while_a_worker_is_alive(alice: Somebody, tmp_path: Path) -> None:
    saving.save(tmp_path / "backup.zip")
    ledger.beat("elsewhere:1", timezone.now())
    with pytest.raises(Unfit, match="Stop all of it"):
        restore(tmp_path / "backup.zip")


def test_an_older_backup_is_brought_up_to_date(alice: Somebody, shop: list[Channel], tmp_path: Path) -> None:
    compose(alice, shop, timezone.now() + timedelta(days=1))
    before, file = everything(), tmp_path / "backup.zip"
    saving.save(file)

    def to_an_older_version(folder: Path) -> None:
        with copies.file_opened(folder / archive.DATABASE) as database:
            MigrationExecutor(connections[database]).migrate([("publishing", "0002_ledger_post")])
            applied = copies.migrations(database)
        manifest = Manifest.model_validate_json((folder / archive.MANIFEST).read_text())
        raw = (folder / archive.DATABASE).read_bytes()
        manifest.files[archive.DATABASE] = archive.File(size=len(raw), sha256=hashlib.sha256(raw).hexdigest())
        manifest.migrations = applied
        (folder / archive.MANIFEST).write_text(manifest.model_dump_json())

    restore(rewritten(file, to_an_older_version))
    assert everything() == before


def test_a_backup_of_a_newer_version_is_refused(alice: Somebody, tmp_path: Path) -> None:
    saving.save(tmp_path / "backup.zip")

    def of_tomorrow(folder: Path) -> None:
        manifest = json.loads((folder / archive.MANIFEST).read_text())
        manifest["migrations"]["posts"].append("0099_tomorrow")
        (folder / archive.MANIFEST).write_text(json.dumps(manifest))

    with pytest.raises(Unfit, match="A newer Hawker"):
        restore(rewritten(tmp_path / "backup.zip", of_tomorrow))


def test_a_damaged_backup_is_refused(alice: Somebody, tmp_path: Path) -> None:
    saving.save(tmp_path / "backup.zip")
    changed = rewritten(tmp_path / "backup.zip", lambda folder: spoil(folder / archive.KEYS))
    with pytest.raises(Unfit, match=r"keys\.json is not what was stored"):
        restore(changed)
    (tmp_path / "torn.zip").write_bytes((tmp_path / "backup.zip").read_bytes()[:-100])
    with pytest.raises(Unfit, match="not a backup"):
        restore(tmp_path / "torn.zip")
    lacking = rewritten(tmp_path / "backup.zip", lambda folder: (folder / archive.KEYS).unlink())
    with pytest.raises(Unfit, match=r"keys\.json cannot be read"):
        restore(lacking)


def test_something_else_in_a_zip_is_refused(alice: Somebody, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as packed:
        packed.writestr("manifest.json", "{}")
    with pytest.raises(Unfit, match="not a backup"):
        restore(tmp_path / "photos.zip")


NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TAKEN = NOW - timedelta(hours=1)


def put(post: Post, part: int, **columns: object) -> None:
    Delivery.objects.filter(post=post, part=part).update(**columns)


@pytest.mark.parametrize("state", ["scheduled", "needs_sign_in", "preparing", "ready"])
def test_what_was_due_by_now_is_looked_for(alice: Somebody, shop: list[Channel], state: str) -> None:
    post = compose(alice, shop[:1], first_comment="comment")
    put(post, 0, state=state, due_at=NOW - timedelta(minutes=1), look_at=NOW)
    put(post, 1, due_at=NOW - timedelta(minutes=1))
    assert restored.look_again(TAKEN, NOW, database="default") == 2
    leader, comment = Delivery.objects.filter(post=post).order_by("part")
    assert (leader.state, leader.look_at, leader.sent_at) == ("unknown", NOW, TAKEN - restored.MARGIN)
    # A comment is looked for once its post has been found.
    assert (comment.state, comment.look_at) == ("unknown", None)


@pytest.mark.parametrize("state", ["held", "late", "failed", "cancelled", "published", "removed"])
def test_what_hawker_would_not_send_by_itself_stays(alice: Somebody, shop: list[Channel], state: str) -> None:
    post = compose(alice, shop[:1], first_comment="comment")
    put(post, 0, state=state, due_at=NOW - timedelta(minutes=1), look_at=None)
    put(post, 1, due_at=NOW - timedelta(minutes=1))
    assert restored.look_again(TAKEN, NOW, database="default") == 0
    assert [row.state for row in Delivery.objects.filter(post=post).order_by("part")] == [state, "scheduled"]


def test_what_is_due_later_keeps_its_time(alice: Somebody, shop: list[Channel]) -> None:
    post = compose(alice, shop[:1])
    put(post, 0, due_at=NOW + timedelta(minutes=1), look_at=NOW + timedelta(minutes=1))
    assert restored.look_again(TAKEN, NOW, database="default") == 0
    assert Delivery.objects.get(post=post).state == State.scheduled


def test_what_was_being_sent_is_looked_for_since_then(alice: Somebody, shop: list[Channel]) -> None:
    post = compose(alice, shop[:1])
    sent_at = TAKEN - timedelta(seconds=1)
    put(post, 0, state="sending", due_at=sent_at, sent_at=sent_at, lease_until=NOW, lease_token=post.id)
    assert restored.look_again(TAKEN, NOW, database="default") == 1
    row = Delivery.objects.get(post=post)
    assert (row.state, row.look_at, row.sent_at, row.lease_token) == ("unknown", NOW, sent_at, None)
