"""The picture of a post that the composer shows."""

import re

import pytest
from django.template import Context, Engine
from django.utils import translation

from hawker.connect.platform import Kind, Platform

ENGINE = Engine(libraries={"i18n": "django.templatetags.i18n"})
INLINE = re.compile(r"<script|<style|\sstyle=|\son\w+=", re.IGNORECASE)
GAP = re.compile(r"。\s+[^<\s]")
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")


def drawn(platform: Platform, **changes: object) -> str:
    context = {
        "account": {"name": "Alice's Buns", "handle": "alice"},
        "text": "Buns & tea\n包子出爐了",
        "language": "zh-TW",
        "pictures": [{"url": "/media/1.png", "alt": "A tray"}, {"url": "/media/2.png", "alt": "A pot"}],
        "options": {option.name: option.default for option in platform.options},
        "reply": "",
    }
    source = (platform.folder / "preview.html").read_text(encoding="utf-8")
    return ENGINE.from_string(source).render(Context({**context, **changes}))


def test_the_preview_shows_who_says_what_with_which_pictures(platform: Platform) -> None:
    page = drawn(platform)
    words = ("Alice&#x27;s Buns", "alice", "Buns &amp; tea", "包子出爐了")
    pictures = ("/media/1.png", "A tray", "/media/2.png", "A pot")
    assert [shown for shown in (*words, *pictures) if shown not in page] == []


def test_the_preview_shows_a_first_comment_where_there_is_one(platform: Platform) -> None:
    if not platform.comments:
        pytest.skip(f"{platform.name} lets no comment follow a post")
    assert "And tea." in drawn(platform, reply="And tea.")
    assert "And tea." not in drawn(platform)


def test_the_preview_shows_the_answers_of_a_poll(platform: Platform) -> None:
    if Kind.poll not in platform.kinds:
        pytest.skip(f"{platform.name} has no polls")
    answers = ("Oolong &amp; milk", "Black")
    page = drawn(platform, poll=["Oolong & milk", "Black"], pictures=[])
    assert [page.count(answer) for answer in answers] == [1, 1]
    assert "Black" not in drawn(platform)


def test_the_preview_draws_a_post_of_words_alone(platform: Platform) -> None:
    assert "/media/" not in drawn(platform, pictures=[])


def test_full_stops_in_chinese_have_no_space_behind_them(platform: Platform) -> None:
    usual = {option.name: option.default for option in platform.options}
    chosen = [{option.name: each.value} for option in platform.options for each in option.choices]
    with translation.override("zh-hant"):
        pages = [drawn(platform, pictures=[], options={**usual, **each}) for each in ({}, *chosen)]
    assert [found[0] for page in pages if (found := GAP.search(page))] == []


def test_the_preview_lets_no_text_act(platform: Platform) -> None:
    page = drawn(platform, text="<script>alert(1)</script>", reply="<b>bold</b>")
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_the_preview_has_no_inline_script_or_style(platform: Platform) -> None:
    source = (platform.folder / "preview.html").read_text(encoding="utf-8")
    assert INLINE.findall(source) == []


def test_the_styles_of_the_preview_touch_nothing_else(platform: Platform) -> None:
    css = (platform.folder / f"static/platforms/{platform.name}/preview.css").read_text(encoding="utf-8")
    selectors = re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    plain = [each for each in selectors if not each.strip().startswith("@")]
    classes = [CLASS.findall(part) for each in plain for part in each.split(",")]
    assert all(names and names[0].startswith(f"{platform.name}-") for names in classes), classes
