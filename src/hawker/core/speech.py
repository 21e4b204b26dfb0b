"""Sentences in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext

from hawker.connect.text import Sentence

_FULL_WIDTH = ("。", "！", "？")


def speak(sentence: Sentence) -> str:
    """In the language that is active now; in English where the catalogues lack it."""
    return gettext(sentence.text) % sentence.params


def speak_all(sentences: Iterable[Sentence]) -> str:
    """One behind the other. Full-width marks bring the space behind them along."""
    said = ""
    for each in map(speak, sentences):
        said += each if not said or said.endswith(_FULL_WIDTH) else f" {each}"
    return said
