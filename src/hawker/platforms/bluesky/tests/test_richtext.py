"""What is a link, a mention, a hashtag, and where it stands in bytes."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hawker.platforms.bluesky.richtext import Kind, facets, handles, links, spans

DIDS = {"alice.bsky.social": "did:plc:alice", "tea.com.tw": "did:plc:tea"}


def marked(text: str) -> list[tuple[str, str]]:
    """Each kind of span with its words, cut out of the bytes as a reader of the network cuts them out."""
    return [(kind.name, words) for kind, words in _cut(text)]


def _cut(text: str) -> Iterator[tuple[Kind, str]]:
    data = text.encode()
    for facet in facets(text, DIDS):
        assert isinstance(facet, dict)
        match facet:
            case {
                "index": {"byteStart": int(start), "byteEnd": int(end)},
                "features": [{"$type": str(kind)}],
            }:
                yield Kind(kind), data[start:end].decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("見 https://tea.tw/menu，今天八折", ["https://tea.tw/menu"]),
        ("官網https://tea.tw歡迎光臨", ["https://tea.tw"]),
        ("（https://tea.tw/a_(b)）", ["https://tea.tw/a_(b)"]),
        ("(see https://tea.tw/a).", ["https://tea.tw/a"]),
        ("https://zh.wikipedia.org/wiki/珍珠奶茶。", ["https://zh.wikipedia.org/wiki/珍珠奶茶"]),
        ("👩‍👩‍👧 https://tea.tw/?q=1&r=2#top!", ["https://tea.tw/?q=1&r=2#top"]),
        ("HTTPS://TEA.TW/X and http://127.0.0.1:80/y", ["HTTPS://TEA.TW/X", "http://127.0.0.1:80/y"]),
        ("https://例え.jp/a https://a.co1/b", ["https://例え.jp/a", "https://a.co1/b"]),
        ("「https://tea.tw/」", ["https://tea.tw/"]),
        ("https:// http://localhost tea.tw", []),
    ],
)
def test_links_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [words for kind, words in _cut(text) if kind is Kind.link] == expected
    assert links(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("感謝@alice.bsky.social提供", ["@alice.bsky.social"]),
        ("＠tea.com.tw！", ["＠tea.com.tw"]),
        ("ask @Alice.bsky.social.", ["@Alice.bsky.social"]),
        ("mail me@alice.bsky.social or @shop@tea.com.tw", []),
        ("@alice and @-a.com and @a.1", []),
    ],
)
def test_mentions_are_handles_and_no_e_mail_addresses(text: str, expected: list[str]) -> None:
    assert marked(text) == [("mention", words) for words in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好喝#珍奶#台北，真的", ["#珍奶", "#台北"]),
        ("全形＃早餐！半形#brunch.", ["＃早餐", "#brunch"]),
        ("#node.js, #sale-now #2026春節 #café's", ["#node.js", "#sale-now", "#2026春節", "#café's"]),
        ("#1 #2026 #️⃣ C# a#b &#39; ## https://tea.tw/#top", []),
        ("#" + "茶" * 64, ["#" + "茶" * 64]),
        ("#" + "茶" * 65, []),
    ],
)
def test_tags_are_words_in_any_script(text: str, expected: list[str]) -> None:
    assert [words for kind, words in marked(text) if kind == "tag"] == expected


def test_features_carry_address_did_and_tag_without_its_sign() -> None:
    found = facets("🍵 @alice.bsky.social ＃珍奶 https://tea.tw", DIDS)
    features = [facet["features"] for facet in found if isinstance(facet, dict)]
    assert features == [
        [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:alice"}],
        [{"$type": "app.bsky.richtext.facet#tag", "tag": "珍奶"}],
        [{"$type": "app.bsky.richtext.facet#link", "uri": "https://tea.tw"}],
    ]
    assert [facet["index"] for facet in found if isinstance(facet, dict)] == [
        {"byteStart": 5, "byteEnd": 23},
        {"byteStart": 24, "byteEnd": 33},
        {"byteStart": 34, "byteEnd": 48},
    ]


def test_a_mention_of_nobody_stays_text() -> None:
    assert handles("@nobody.example and @Alice.bsky.social, @alice.bsky.social") == [
        "nobody.example",
        "alice.bsky.social",
    ]
    assert facets("@nobody.example", DIDS) == []


def test_what_stands_inside_a_link_is_part_of_it() -> None:
    assert marked("https://bsky.app/@alice.bsky.social/#珍奶") == [
        ("link", "https://bsky.app/@alice.bsky.social/#珍奶")
    ]


PIECES = some.sampled_from(
    [
        "https://tea.tw",
        "http://a.b/",
        "@alice.bsky.social",
        "#珍奶",
        "＃é",
        "👩‍👩‍👧",
        " ",
        "，",
        "(",
        ")",
        ".",
        "\n",
        "茶",
        "x",
    ]
)
TEXTS = some.lists(PIECES | some.text(max_size=3), max_size=20).map("".join)


@given(TEXTS)
def test_facets_never_overlap_and_lie_on_character_boundaries(text: str) -> None:
    last = 0
    for _, start, end in _bounds(text):
        assert last <= start < end <= len(text.encode())
        text.encode()[start:end].decode()
        text.encode()[:start].decode()
        last = end


def _bounds(text: str) -> Iterator[tuple[str, int, int]]:
    every = dict.fromkeys(handles(text), "did:plc:x")
    for facet in facets(text, every):
        match facet:
            case {"index": {"byteStart": int(start), "byteEnd": int(end)}}:
                yield text, start, end


@given(TEXTS)
def test_every_span_is_given_to_the_network_once(text: str) -> None:
    every = dict.fromkeys(handles(text), "did:plc:x")
    assert len(facets(text, every)) == len(spans(text))
    assert len(list(_bounds(text))) == len(spans(text))
