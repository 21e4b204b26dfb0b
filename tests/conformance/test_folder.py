"""The folder of a network: every file is there and says what Hawker shows of it."""

import re
import tomllib
from datetime import date
from xml.etree import ElementTree

import pytest

from hawker.connect.platform import Kind, Platform
from hawker.connect.text import Sentence
from tests.conformance.drafts import KINDS, compose, of_kind
from tests.conformance.folders import RULES, missing
from tests.conformance.limits import doubts

SVG = "{http://www.w3.org/2000/svg}"
ABILITIES = ("signs_in", "publishes", "inbox", "insights")
CLAIMED = ("signs_in", "publishes", "errors_explained", "sandbox", "preview", "translated")


def test_every_file_is_there(platform: Platform) -> None:
    assert missing(platform) == []


def test_its_name_is_the_folders(platform: Platform) -> None:
    assert platform.name == platform.folder.name
    assert platform.title


def test_its_colour_is_one(platform: Platform) -> None:
    assert re.fullmatch(r"#[0-9a-fA-F]{6}", platform.colour)


def test_its_limits_can_be_true(platform: Platform) -> None:
    assert doubts(platform.limits) == []


def test_it_takes_a_post_of_some_kind(platform: Platform) -> None:
    assert [kind for kind in KINDS if of_kind(platform, platform.limits, kind)]


def test_it_has_a_shape_for_each_medium_of_a_post(platform: Platform) -> None:
    limits = platform.limits
    for pictures, videos in ((0, 0), (1, 0), (0, 1), (2, 1)):
        draft = compose(platform, limits, pictures=pictures, videos=videos)
        assert len(platform.shapes(draft, limits)) == pictures + videos


def test_its_labels_are_sentences(platform: Platform) -> None:
    options = [label for option in platform.options for label in (option.label, option.hint)]
    choices = [choice.label for option in platform.options for choice in option.choices]
    ways = platform.signs_in.ways
    helps = [label for way in ways for label in (way.label, way.help)]
    fields = [label for way in ways for field in way.fields for label in (field.label, field.hint)]
    labels = [label for label in (*options, *choices, *helps, *fields) if label is not None]
    assert [label for label in labels if not isinstance(label, Sentence) or not str(label)] == []


def test_its_options_start_with_one_of_their_choices(platform: Platform) -> None:
    chosen = [option for option in platform.options if option.choices]
    assert all(option.default in {choice.value for choice in option.choices} for option in chosen)
    assert len({option.name for option in platform.options}) == len(platform.options)


def test_its_ways_to_sign_in_can_be_told_apart(platform: Platform) -> None:
    ways = platform.signs_in.ways
    assert len({way.name for way in ways}) == len(ways) > 0
    for way in ways:
        assert len({field.name for field in way.fields}) == len(way.fields)
        assert {field.kind for field in way.fields} <= {"text", "url", "password"}


def test_its_quality_answers_every_rule(platform: Platform) -> None:
    rules = tomllib.loads((platform.folder / "quality.toml").read_text(encoding="utf-8"))["rules"]
    assert tuple(rules) == RULES
    for rule, entry in rules.items():
        exempt = isinstance(entry, dict) and entry.get("status") == "exempt" and entry.get("reason")
        assert entry in {"done", "todo"} if isinstance(entry, str) else exempt, rule


def test_it_says_how_a_lost_answer_is_settled(platform: Platform) -> None:
    said = platform.lost_answers
    blind = platform.quality["finds_lost_answers"] == "exempt"
    asked = () if blind and platform.hears is None else ("asked",)
    assert tuple(said) in {("key", "look", *asked), ("key", "look", *asked, "blind")}
    assert said.get("blind", "pictures") in KINDS
    assert all(said.values())


def test_it_says_by_what_it_was_proven(platform: Platform) -> None:
    said = platform.proof
    assert tuple(said) == ("client", "schema", "server", "documents", "date")
    assert date.fromisoformat(said["date"])
    assert bool(said["client"]) == (platform.quality["official_client"] == "done")
    assert bool(said["server"]) == (platform.quality["real_server"] == "done")
    assert said["client"] or said["documents"]


def test_its_kinds_of_posts_fit_its_limits(platform: Platform) -> None:
    moving = {Kind.video, Kind.short_video}
    assert platform.kinds
    assert len(set(platform.kinds)) == len(platform.kinds)
    assert bool(moving & set(platform.kinds)) == bool(platform.limits.video_types)


@pytest.mark.parametrize("rule", CLAIMED)
def test_what_every_network_must_have_is_done(platform: Platform, rule: str) -> None:
    sent = rule != "publishes" or not platform.by_hand
    assert platform.quality[rule] == ("done" if sent else "exempt")


def test_it_claims_the_abilities_it_has(platform: Platform) -> None:
    claimed = [rule for rule in ABILITIES if platform.quality[rule] == "done"]
    assert claimed == [ability for ability in platform.abilities if ability in ABILITIES]


def test_an_official_client_that_is_claimed_is_tested(platform: Platform) -> None:
    if platform.quality["official_client"] != "done":
        pytest.skip(f"{platform.name} claims no official client")
    source = (platform.folder / "tests" / "test_client.py").read_text(encoding="utf-8")
    assert re.search(r"^(async )?def test_", source, re.MULTILINE)


def test_its_icon_is_one_plain_drawing(platform: Platform) -> None:
    root = ElementTree.fromstring(platform.icon)
    assert (root.tag, root.get("viewBox"), root.get("fill")) == (f"{SVG}svg", "0 0 24 24", "currentColor")
    for element in root.iter():
        assert element.tag in {f"{SVG}{name}" for name in ("svg", "g", "path", "circle", "rect", "title")}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
