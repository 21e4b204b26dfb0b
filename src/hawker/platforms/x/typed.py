"""What an owner typed into the sign-in form, made clean."""

import unicodedata


def visible(text: str) -> str:
    """Without the invisible marks that come along when one copies."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Cc"}).strip()
