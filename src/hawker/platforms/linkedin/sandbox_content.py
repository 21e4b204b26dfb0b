"""What may stand beside the text of a post at the pretend LinkedIn.

By “Posts API”, “MultiImage API” and “Poll API”, read 2026-11-22.
"""

from collections.abc import Iterator, Mapping

from hawker.connect.http import Json
from hawker.platforms.linkedin.sandbox_call import lacking, part, refuse
from hawker.platforms.linkedin.sandbox_world import Somebody, Upload, World

KINDS = {"media", "multiImage", "article", "poll"}
DURATIONS = {"ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"}
ALT_TEXT = 4_086


def check_content(world: World, author: Somebody, wish: Mapping[str, Json]) -> None:
    """Raises what LinkedIn refuses."""
    if "content" not in wish:
        return
    content = part(wish, "content")
    if len(content) != 1 or not set(content) <= KINDS:
        raise refuse(422, "ERROR :: /content :: union type is not one of its members\n")
    if "article" in content:
        _check_article(part(content, "article"))
    if "poll" in content:
        _check_poll(part(content, "poll"))
    images = _media(content)
    if "multiImage" in content and not 2 <= len(images) <= 20:
        raise refuse(422, "ERROR :: /content/multiImage/images :: array size is not within 2 and 20\n")
    for number, medium in enumerate(images):
        _check_medium(world, author, medium, f"/content/media/{number}")
    thumbnail = part(content, "article").get("thumbnail") if "article" in content else None
    if thumbnail:
        _check_medium(world, author, {"id": thumbnail}, "/content/article/thumbnail")


def _media(content: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    if "media" in content:
        return [part(content, "media")]
    images = part(content, "multiImage").get("images") if "multiImage" in content else []
    return [each for each in images if isinstance(each, dict)] if isinstance(images, list) else []


def _check_medium(world: World, author: Somebody, medium: Mapping[str, Json], place: str) -> None:
    upload = world.uploads.get(str(medium.get("id", "")))
    if upload is None or upload.owner != author.urn:
        raise refuse(400, f"{place} :: {medium.get('id')} is not owned by the author", "ILLEGAL_ARGUMENT")
    if upload.kind == "document" and not medium.get("title"):
        raise lacking(f"{place}/title")
    if len(str(medium.get("altText", ""))) > ALT_TEXT:
        raise refuse(422, f"ERROR :: {place}/altText :: length is beyond {ALT_TEXT}\n")
    status = world.look(upload)
    if status == "PROCESSING_FAILED":
        raise refuse(400, f"Media asset {upload.urn} failed", "MEDIA_ASSET_PROCESSING_FAILED")
    if status != "AVAILABLE":
        raise refuse(400, f"Media asset {upload.urn} is not ready", "MEDIA_ASSET_WAITING_UPLOAD")


def _check_article(article: Mapping[str, Json]) -> None:
    for name in ("source", "title"):
        if not article.get(name):
            raise lacking(f"/content/article/{name}")


def _check_poll(poll: Mapping[str, Json]) -> None:
    options, question = poll.get("options"), str(poll.get("question", ""))
    texts = (
        [str(each.get("text", "")) for each in options if isinstance(each, dict)]
        if isinstance(options, list)
        else []
    )
    if not 0 < len(question) <= 140:
        raise refuse(422, "ERROR :: /content/poll/question :: length is not within 1 and 140\n")
    if not 2 <= len(texts) <= 4 or any(not 0 < len(each) <= 30 for each in texts):
        raise refuse(422, "ERROR :: /content/poll/options :: 2 to 4 of 1 to 30 characters are required\n")
    if part(poll, "settings").get("duration") not in DURATIONS:
        raise refuse(422, "ERROR :: /content/poll/settings/duration :: is not an enum symbol\n")


def uploads_of(world: World, wish: Mapping[str, Json]) -> tuple[tuple[Upload, str], ...]:
    """With their alternative texts, as a visitor gets them; a card's picture is not one of the post's."""
    return tuple(_uploads(world, part(wish, "content"))) if "content" in wish else ()


def _uploads(world: World, content: Mapping[str, Json]) -> Iterator[tuple[Upload, str]]:
    for medium in _media(content):
        yield world.uploads[str(medium["id"])], str(medium.get("altText", ""))
