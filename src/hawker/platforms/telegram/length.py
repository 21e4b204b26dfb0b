"""Telegram's way to count."""


def units(text: str) -> int:
    """UTF-16 code units, in which the Bot API measures all text (core.telegram.org, 2026-06-11)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
