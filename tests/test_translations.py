"""Both languages say everything, and the tool that watches over it sees what is missing."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tools import texts, translations


def test_nothing_is_left_untranslated_and_no_text_stands_outside_a_translate_tag() -> None:
    assert translations.check() == []


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>茶</p>", ["茶"]),
        ('<img alt="Tea">', ["Tea"]),
        ("{% if x %}Tea{% else %}<b>Milk</b>{% endif %}", ["Tea", "Milk"]),
        ('{% load hawker %}{% component "card" %}Tea{% endcomponent %}', ["Tea"]),
        ('{% include "x.html" with label="Tea" only %}', ['"Tea"']),
        ('{% include "x.html" with label=_("Tea") only %}', ['=_("Tea")']),
        ('{% load i18n %}{% translate "Tea" %} · Hawker 1 {{ tea }}', []),
        ('<script type="application/json">{"a": 1}</script><p class="tea"></p>', []),
    ],
)
def test_words_outside_a_translate_tag_are_seen(page: Path, written: str, found: list[str]) -> None:
    page.write_text(written)
    assert texts.unmarked(page) == found


def test_marked_texts_of_templates_are_found_at_any_depth(page: Path) -> None:
    page.write_text(
        "{% load i18n hawker %}{% component 'card' %}{% if x %}{% translate '100% tea' %}{% endif %}"
        "{% blocktranslate count n=n %}{{ n }} cup{% plural %}{{ n }} cups{% endblocktranslate %}"
        "{% endcomponent %}"
    )
    assert [(each.text, each.plural) for each in texts.in_template(page)] == [
        ("100%% tea", ""),
        ("%(n)s cup", "%(n)s cups"),
    ]


def test_marked_texts_of_code_are_found(tmp_path: Path) -> None:
    file = tmp_path / "code.py"
    file.write_text('say("Tea for %(who)s", who=x)\nngettext("cup", "cups", n)\nprint("not this")\n')
    assert [(each.text, each.plural) for each in texts.in_python(file)] == [
        ("Tea for %(who)s", ""),
        ("cup", "cups"),
    ]


@pytest.mark.parametrize(
    ("given", "trouble"),
    [
        (None, "not translated"),
        (Message("%(n)s cups", ""), "not translated"),
        (Message("%(n)s cups", "%(n)s 杯", flags={"fuzzy"}), "doubtful (fuzzy)"),
        (Message("%(n)s cups", "%(m)s 杯"), "other places to fill"),
        (Message("%(n)s cups", "%(n)s 杯"), ""),
    ],
)
def test_what_is_wrong_with_a_translation_is_named(given: Message | None, trouble: str) -> None:
    assert translations._trouble(Message("%(n)s cups"), given) == trouble


def test_two_translations_of_the_same_words_are_seen() -> None:
    known = {name: Catalog() for name in ("a", "b", "c")}
    for name, said in {"a": "是", "b": "確定", "c": "是"}.items():
        known[name].add("Yes", said)
    assert list(translations._torn(known)) == ["b: another translation than in a: 'Yes'"]
