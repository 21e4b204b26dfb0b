"""What stands where on the screen."""

from hawker.cli.table import pairs, shorten, table, width


def test_columns_line_up_under_chinese_and_english() -> None:
    lines = table(("ID", "TEXT", "STATE"), [("1", "茶行開店", "ok"), ("22", "tea", "held")]).splitlines()
    assert lines == [
        "ID  TEXT      STATE",
        "1   茶行開店  ok",
        "22  tea       held",
    ]


def test_what_is_empty_takes_no_line() -> None:
    assert pairs([("ID", "1"), ("TIME", ""), ("TEXT", "tea")]) == "ID    1\nTEXT  tea"


def test_a_text_cannot_command_the_terminal() -> None:
    assert table(("TEXT",), [("tea\x1b[2J\ncake",)]).splitlines() == ["TEXT", "tea [2J cake"]


def test_a_long_text_is_cut_to_its_columns() -> None:
    assert shorten("tea", 3) == "tea"
    assert shorten("oolong", 4) == "ool…"
    assert shorten("烏龍茶", 5) == "烏龍…"
    assert width(shorten("烏龍茶" * 9, 12)) <= 12
