"""What the pretend YouTube refuses of a video's words and status (Data API v3, “Errors”, 2026-11)."""

from collections.abc import Mapping
from datetime import datetime

from hawker.connect.http import Json
from hawker.connect.pretend_google_errors import Refusal, refusal
from hawker.platforms.youtube.options import tags_length

SNIPPET = {"title", "description", "tags", "categoryId", "defaultLanguage", "defaultAudioLanguage"}
STATUS = {
    *("privacyStatus", "publishAt", "selfDeclaredMadeForKids", "containsSyntheticMedia"),
    *("license", "embeddable", "publicStatsViewable"),
}
CATEGORIES = {"1", "2", "10", "15", "17", "19", "20", "22", "23", "24", "25", "26", "27", "28", "29"}


def bad(reason: str, message: str) -> Refusal:
    return refusal(400, message, reason=reason, domain="youtube.video")


def missing(name: str) -> Refusal:
    message = f"Required parameter: {name}"
    return refusal(400, message, reason="missingRequiredParameter", domain="global")


def not_found(reason: str, message: str) -> Refusal:
    return refusal(404, message, reason=reason, domain="youtube.common")


def part_of(body: Mapping[str, Json], name: str, known: set[str]) -> dict[str, Json]:
    """A part of a resource. Raises 400 for fields that there are none of."""
    part = body.get(name) or {}
    if not isinstance(part, dict):
        raise bad("badRequest", f"Invalid value at '{name}'.")
    for field in part:
        if field not in known:
            message = (
                f"Invalid JSON payload received. Unknown name \"{field}\" at '{name}': Cannot find field."
            )
            raise bad("badRequest", message)
    return part


def check_snippet(snippet: Mapping[str, Json]) -> None:
    title, description = str(snippet.get("title") or ""), str(snippet.get("description") or "")
    if not 1 <= len(title) <= 100 or set("<>") & set(title):
        raise bad("invalidTitle", "The request metadata specifies an invalid or empty video title.")
    if len(description.encode()) > 5000 or set("<>") & set(description):
        raise bad("invalidDescription", "The request metadata specifies an invalid video description.")
    tags = snippet.get("tags") or []
    if not isinstance(tags, list) or tags_length([str(tag) for tag in tags]) > 500:
        raise bad("invalidTags", "The request metadata specifies invalid video keywords.")
    if str(snippet.get("categoryId") or "22") not in CATEGORIES:
        raise bad("invalidCategoryId", "The categoryId property specifies an invalid category ID.")


def check_status(status: Mapping[str, Json]) -> None:
    if status.get("privacyStatus", "public") not in {"public", "unlisted", "private"}:
        raise bad("invalidVideoMetadata", "The request metadata is invalid.")
    if "publishAt" not in status:
        return
    try:
        datetime.fromisoformat(str(status["publishAt"])).astimezone()
    except ValueError:
        raise bad("invalidPublishAt", "The request metadata specifies an invalid publishing time.") from None
    if status.get("privacyStatus") != "private":
        raise bad("invalidPublishAt", "The request metadata specifies an invalid publishing time.")
