import pytest

from hawker.platforms.mastodon.instance import LIMITS
from hawker.platforms.mastodon.publish import Publish
from hawker.platforms.mastodon.text import essence, iso_639, plain


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Fresh bao", 9),
        ("剛出爐的肉包", 6),
        ("👨‍👩‍👧‍👦 é", 3),
        ("https://a.tw", 23),
        ("See https://example.com/a/very/long/path?with=a&query=1 now", 4 + 23 + 4),
        ("看https://example.com/菜單。好 吃", 1 + 23 + 2),
        ("@bob@mastodon.social hi", 7),
        ("@bob hi", 7),
        ("me@example.com", 14),
        ("https://mastodon.social/@bob@example.com", 23),
    ],
)
def test_text_is_counted_as_mastodon_counts(text: str, length: int) -> None:
    assert Publish().count(text, {}, LIMITS) == length


def test_a_content_warning_counts_too() -> None:
    assert Publish().count("Bao", {"content_warning": "Food"}, LIMITS) == 7


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh-Hant", "zh"),
        ("zh-TW", "zh-TW"),
        ("zh-Hant-TW", "zh-TW"),
        ("zh_hk", "zh-HK"),
        ("zh-SG", "zh"),
        ("nan", "nan"),
        ("DE", "de"),
        ("und", ""),
        ("", ""),
        ("x-klingon", ""),
    ],
)
def test_a_language_tag_becomes_one_that_mastodon_knows(tag: str, code: str) -> None:
    assert iso_639(tag) == code


LONG_LINK = (
    '<p>Menu <a href="https://www.example.com/a/very/long/path/to/the/menu">'
    '<span class="invisible">https://www.</span><span class="ellipsis">example.com/a/very/long/path/</span>'
    '<span class="invisible">to/the/menu</span></a></p>'
)
MENTION_AND_TAG = (
    '<p>Hi <span class="h-card"><a href="https://far.example/@bob" class="u-url mention">@<span>bob</span>'
    '</a></span> <a href="/tags/bao" class="mention hashtag">#<span>bao</span></a></p>'
)


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br />two</p><p>three</p>"),
        ("One\ntwo\n\nthree", "One<br>two<br><br>three<br>"),
        ("a < b & \"c\" 'd'", "<p>a &lt; b &amp; &quot;c&quot; &#39;d&#39;</p>"),
        ("Menu https://www.example.com/a/very/long/path/to/the/menu", LONG_LINK),
        ("Hi @bob@far.example #bao", MENTION_AND_TAG),
        ("Bao :steam:", '<p>Bao <img class="emoji" alt=":steam:" src="/e.png"></p>'),
        ("全形　空白", "<p>全形&nbsp;空白</p>"),
    ],
)
def test_a_text_is_known_again_in_a_servers_html(typed: str, html: str) -> None:
    assert essence(plain(html)) == essence(typed)


def test_another_text_is_not_taken_for_it() -> None:
    assert essence(plain("<p>Bao at six</p>")) != essence("Bao at seven")
