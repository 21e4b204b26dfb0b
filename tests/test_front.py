"""What the pages ask of the front-end build, and what the build promises."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from tools import build_front

WEB = build_front.SOURCE / "hawker" / "web"
BUILT = {*build_front.LIBRARIES, "hawker.css", "icons.svg"}
REFERENCE = re.compile(r"""{% static ['"]([^'"]+)['"]""")
ICON = re.compile(r"""(?:icon=|icon\.html" with name=)"([a-z0-9-]+)\"""")


def templates() -> list[Path]:
    return sorted(build_front.SOURCE.rglob("*.html"))


def test_every_icon_that_a_template_names_is_built() -> None:
    named = {name for file in templates() for name in ICON.findall(file.read_text())}
    assert named - set(build_front.ICONS.read_text().split()) == set()
    assert len(named) > 10


def test_every_icon_that_is_built_is_named_somewhere() -> None:
    written = "".join(file.read_text() for ending in ("*.html", "*.py") for file in WEB.rglob(ending))
    unused = [name for name in build_front.ICONS.read_text().split() if f'"{name}"' not in written]
    assert unused == []


def test_every_file_that_a_template_refers_to_is_there() -> None:
    missing = [
        f"{file.name}: {name}"
        for file in templates()
        for name in REFERENCE.findall(file.read_text())
        if name.removeprefix("vendor/") not in BUILT and finders.find(name) is None
    ]
    assert missing == []


def test_the_look_of_every_component_is_in_the_one_style_sheet() -> None:
    own = WEB / "static"
    assert set(build_front.styles()) >= set((own / "components").glob("*.css"))
    assert build_front.styles()[0] == own / "tokens.css"


def test_the_lock_names_no_host() -> None:
    assert "resolved" not in (build_front.ROOT / "package-lock.json").read_text()


def test_a_change_of_any_file_asks_for_another_build(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("tea")
    before = build_front.digest(iter([tmp_path / "a"]), tmp_path)
    (tmp_path / "a").write_text("milk")
    assert build_front.digest(iter([tmp_path / "a"]), tmp_path) != before
