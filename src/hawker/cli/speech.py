"""The command line's own few sentences, in the language of the terminal. The server speaks for itself."""

import os

from hawker.cli.chinese import SENTENCES


def language() -> str:
    """By POSIX: the first of these that is set counts. Chinese of any kind gets the Chinese we have."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "zh-Hant" if wanted.startswith("zh") else "en"


def speak(text: str, **params: str | int) -> str:
    found = SENTENCES.get(text, text) if language() == "zh-Hant" else text
    return found % params if params else found
