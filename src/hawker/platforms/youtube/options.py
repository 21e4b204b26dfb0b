"""What an owner settles of a video beside its text, and what is made of her answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from hawker.connect.http import Json
from hawker.connect.values import Draft

KIND, TITLE, PRIVACY, KIDS, AI = "kind", "title", "privacy", "made_for_kids", "made_with_ai"
TAGS, CATEGORY, PLAYLIST, PUBLISH_AT, NOTIFY = "tags", "category", "playlist", "publish_at", "notify"
VIDEO, SHORT = "video", "short"
PUBLIC, UNLISTED, PRIVATE = "public", "unlisted", "private"
YES, NO = "yes", "no"
PEOPLE = "22"
TITLE_LENGTH = 100


def is_short(draft: Draft) -> bool:
    return draft.options.get(KIND) == SHORT


def title_of(draft: Draft) -> str:
    """What was typed, else the first line of the text, shortened at a word where it is too long."""
    if typed := draft.options.get(TITLE, "").strip():
        return typed
    line = next((line.strip() for line in draft.text.splitlines() if line.strip()), "")
    if len(line) <= TITLE_LENGTH:
        return line
    head = line[: TITLE_LENGTH - 1]
    return f"{head.rpartition(' ')[0] or head}…"


def tags_of(options: Mapping[str, str]) -> list[str]:
    given = (tag.strip().lstrip("#") for tag in re.split("[,，、]", options.get(TAGS, "")))
    return list(dict.fromkeys(tag for tag in given if tag))


def tags_length(tags: list[str]) -> int:
    """As YouTube counts: with the commas between, and with quotes around what has a space."""
    return sum(len(tag) + (2 if " " in tag else 0) for tag in tags) + max(len(tags) - 1, 0)


def publish_at(options: Mapping[str, str]) -> datetime | None:
    """When YouTube is to publish by itself (UTC). Raises ValueError where it cannot be read."""
    typed = re.sub(r"\s+(?=[+-]\d|Z)", "", options.get(PUBLISH_AT, "").strip())
    if not typed:
        return None
    at = datetime.fromisoformat(typed)
    if at.tzinfo is None:
        raise ValueError("no time zone")
    return at.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What the owner wants of a video's status: `at` (UTC) where YouTube is to publish it then."""

    privacy: str
    at: datetime | None
    kids: bool | None
    ai: bool

    def body(self, *, held: bool = False) -> dict[str, Json]:
        """All fields, as an update erases those that are left out. `held`: as it is uploaded, for nobody."""
        status: dict[str, Json] = {
            "privacyStatus": PRIVATE if held or self.at else self.privacy,
            "containsSyntheticMedia": self.ai,
            "embeddable": True,
            "license": "youtube",
            "publicStatsViewable": True,
        }
        if self.kids is not None:
            status["selfDeclaredMadeForKids"] = self.kids
        if self.at and not held:
            status["publishAt"] = self.at.isoformat().replace("+00:00", "Z")
        return status


def goal_of(draft: Draft, now: datetime) -> Goal:
    """A time that has passed means now."""
    at = publish_at(draft.options)
    return Goal(
        privacy=draft.options.get(PRIVACY) or PUBLIC,
        at=at if at and at > now else None,
        kids={YES: True, NO: False}.get(draft.options.get(KIDS, "")),
        ai=draft.options.get(AI) == YES,
    )


def snippet_of(draft: Draft) -> dict[str, Json]:
    snippet: dict[str, Json] = {
        "title": title_of(draft),
        "description": draft.text,
        "categoryId": draft.options.get(CATEGORY) or PEOPLE,
        "defaultLanguage": draft.language,
    }
    if tags := tags_of(draft.options):
        snippet["tags"] = [*tags]
    return snippet
