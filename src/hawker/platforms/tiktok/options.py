"""What an owner settles of a post beside its text, and what TikTok is told of it."""

from hawker.connect.http import Json
from hawker.connect.values import Draft

PRIVACY, GOAL, COMMENTS, DUET, STITCH = "privacy", "goal", "comments", "duet", "stitch"
ADVERT, AI, TITLE, COVER, MUSIC = "advert", "made_with_ai", "title", "cover", "music"
EVERYONE, FRIENDS = "PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS"
FOLLOWERS, ONLY_ME = "FOLLOWER_OF_CREATOR", "SELF_ONLY"
LEVELS = (EVERYONE, FRIENDS, FOLLOWERS, ONLY_ME)
DIRECT, INBOX = "direct", "inbox"
OWN, BRANDED, BOTH = "own", "branded", "both"
YES = "yes"


def is_direct(draft: Draft) -> bool:
    return draft.options.get(GOAL) != INBOX


def is_public(draft: Draft) -> bool:
    """Only of such a post TikTok tells the id, once it has been moderated."""
    return is_direct(draft) and draft.options.get(PRIVACY) == EVERYONE


def is_branded(draft: Draft) -> bool:
    return draft.options.get(ADVERT) in {BRANDED, BOTH}


def chosen(draft: Draft, name: str) -> bool:
    return draft.options.get(name) == YES


def cover(draft: Draft) -> float | None:
    """The second whose picture becomes the cover. Raises ValueError where it cannot be read."""
    typed = draft.options.get(COVER, "").strip()
    return float(typed) if typed else None


def _shared(draft: Draft) -> dict[str, Json]:
    return {
        "privacy_level": draft.options.get(PRIVACY, ""),
        "disable_comment": not chosen(draft, COMMENTS),
        "brand_content_toggle": is_branded(draft),
        "brand_organic_toggle": draft.options.get(ADVERT) in {OWN, BOTH},
    }


def of_video(draft: Draft) -> dict[str, Json]:
    """The `post_info` of a video that is posted directly; one for the inbox has none."""
    info: dict[str, Json] = {
        **_shared(draft),
        "title": draft.text,
        "disable_duet": not chosen(draft, DUET),
        "disable_stitch": not chosen(draft, STITCH),
    }
    moment = cover(draft)
    if moment is not None:
        info["video_cover_timestamp_ms"] = round(moment * 1000)
    return {**info, "is_aigc": True} if chosen(draft, AI) else info


def of_photos(draft: Draft) -> dict[str, Json]:
    info: dict[str, Json] = {"title": draft.options.get(TITLE, "").strip(), "description": draft.text}
    return {**info, **_shared(draft), "auto_add_music": chosen(draft, MUSIC)} if is_direct(draft) else info
