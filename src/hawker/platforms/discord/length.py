"""Discord's way to count."""


def units(text: str) -> int:
    """UTF-16 code units. Discord's documents say “characters” (2026-08-06) and leave open whether an emoji is
    one or two; whoever counts it as two is taken either way."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
