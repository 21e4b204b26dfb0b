"""Every sentence of a folder in Traditional Chinese."""

import re

from hawker.connect.platform import Platform
from tests.conformance.folders import catalogue, sentences, unwritten

PLACE = re.compile(r"%\(\w+\)[sd]")


def test_every_sentence_is_written_out_where_it_is_said(platform: Platform) -> None:
    assert unwritten(platform) == []


def test_every_sentence_is_translated_and_nothing_else(platform: Platform) -> None:
    translated = {message.id for message in catalogue(platform) if message.id and message.string}
    assert translated == sentences(platform)


def test_translations_are_in_traditional_chinese_and_settled(platform: Platform) -> None:
    messages = catalogue(platform)
    assert str(messages.locale) == "zh_Hant"
    assert [message.id for message in messages if message.id and message.fuzzy] == []


def test_translations_keep_the_places_for_names_and_numbers(platform: Platform) -> None:
    messages = [message for message in catalogue(platform) if message.id]
    lost = [each.id for each in messages if _places(each.id) != _places(each.string or "")]
    assert lost == []


def _places(text: str | tuple[str, ...] | list[str]) -> set[str]:
    return set(PLACE.findall(text if isinstance(text, str) else " ".join(text)))
