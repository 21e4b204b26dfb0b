"""Sentences in the reader's language."""

from django.utils.translation import gettext

from hawker.connect.text import Sentence


def speak(sentence: Sentence) -> str:
    """In the language that is active now; in English where the catalogues lack it."""
    return gettext(sentence.text) % sentence.params
