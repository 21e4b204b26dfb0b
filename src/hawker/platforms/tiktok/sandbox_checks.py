"""What the pretend TikTok takes of a post: as the references of the Content Posting API say (2026-11-05)."""

from collections.abc import Mapping

from hawker.connect.http import Json
from hawker.connect.pretend_graph_media import kind_of, seconds_of
from hawker.platforms.tiktok.sandbox_call import Refusal, whole
from hawker.platforms.tiktok.sandbox_world import PRIVATE, File, World

FRIENDS, FOLLOWERS, PUBLIC = "MUTUAL_FOLLOW_FRIENDS", "FOLLOWER_OF_CREATOR", "PUBLIC_TO_EVERYONE"
SMALL, LARGE, LAST, MOST = 5_000_000, 64 * 2**20, 128 * 2**20, 4 * 2**30
WEBM = b"\x1a\x45\xdf\xa3"


def levels(world: World) -> list[str]:
    """A private account has followers instead of everyone."""
    return [FOLLOWERS if world.manners.private else PUBLIC, FRIENDS, PRIVATE]


def text(info: Mapping[str, Json], name: str, most: int) -> None:
    given = info.get(name, "")
    if not isinstance(given, str) or len(given.encode("utf-16-le")) > most * 2:
        raise Refusal("invalid_params", f"The {name} is longer than {most} in UTF-16 runes.")


def audience(world: World, info: Mapping[str, Json]) -> None:
    """Of direct posts. The audience has no default."""
    level = info.get("privacy_level")
    if level not in levels(world):
        raise Refusal("privacy_level_option_mismatch", "The privacy_level is not among the options.")
    if not world.manners.audited and not (level == PRIVATE and world.manners.private):
        raise Refusal("unaudited_client_can_only_post_to_private_accounts")
    if info.get("brand_content_toggle") and level == PRIVATE:
        raise Refusal("invalid_params", "The privacy_level of branded content cannot be SELF_ONLY.")


def chunks(source: Mapping[str, Json]) -> tuple[int, int, int]:
    """Size, chunk and count of an upload (Media Transfer Guide, 2026-11-05)."""
    size, chunk, count = (whole(source, name) for name in ("video_size", "chunk_size", "total_chunk_count"))
    if not 0 < size <= MOST or not 0 < chunk <= size or count != size // chunk or count > 1_000:
        raise Refusal("invalid_params", "The total_chunk_count does not fit video_size and chunk_size.")
    in_one = count == 1 and chunk == size and size <= LARGE
    last = size - chunk * (count - 1)
    if not in_one and (not SMALL <= chunk <= LARGE or last > LAST):
        raise Refusal("invalid_params", "The chunk_size is invalid.")
    return size, chunk, count


def trouble_of_video(world: World, content: bytes) -> str:
    """The fail_reason, as far as the bytes tell; empty where all is well."""
    if not kind_of(content).startswith("video/") and not content.startswith(WEBM):
        return "file_format_check_failed"
    return "duration_check_failed" if seconds_of(content) > world.manners.longest + 0.5 else ""


def trouble_of_photo(content: bytes | None) -> str:
    if content is None:
        return "photo_pull_failed"
    return "" if kind_of(content) in {"image/jpeg", "image/webp"} else "file_format_check_failed"


def file_of(content: bytes) -> File:
    return File(content, kind_of(content) or "application/octet-stream")
