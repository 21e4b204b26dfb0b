"""Languages that a post can be in, each by its own name. Networks filter and translate by it."""

NAMES: dict[str, str] = {
    "zh-Hant": "繁體中文",
    "zh-Hans": "简体中文",
    "en": "English",
    "ja": "日本語",
    "ko": "한국어",
    "vi": "Tiếng Việt",
    "th": "ไทย",
    "id": "Bahasa Indonesia",
    "ms": "Bahasa Melayu",
    "fil": "Filipino",
    "fr": "Français",
    "de": "Deutsch",
    "es": "Español",
}


def spelt(tag: str) -> str:
    """The tag as it is spelt here; case says nothing in a language tag (RFC 5646, section 2.1.1)."""
    return next((known for known in NAMES if known.lower() == tag.lower()), tag)


def choices(chosen: str) -> list[tuple[str, str]]:
    """With the chosen one, also where it came from elsewhere and has no name here."""
    return list({**NAMES, chosen: NAMES.get(chosen, chosen)}.items())
