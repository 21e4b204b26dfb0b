"""The Chinese of Hawker's texts: `update` collects what is to be translated, `compile` makes what gettext
reads, `check` tells what is missing, `adopt FILE` takes translations over from another catalogue.

Every network's folder has a catalogue of its own; all the rest shares one.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.texts import Text, in_python, in_template, unmarked

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "hawker"
NETWORKS = SOURCE / "platforms"
BUILT = {"static_root", "static", "tests", "migrations", "locale"}
PLACES = re.compile(r"%\(\w+\)[sd]")
# Who wrote a catalogue and when is git's to know.
UNSAID = re.compile(
    rb"^(#( [^\n]*)?|\"(Project|Report|POT|PO-|Last|Language-Team|Generated)[^\n]*)\n", re.MULTILINE
)
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def homes() -> list[Path]:
    """The folders that have a catalogue."""
    networks = (path for path in sorted(NETWORKS.iterdir()) if (path / "__init__.py").exists())
    return [SOURCE, *networks]


def catalogue(home: Path) -> Path:
    return home / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po"


def files(home: Path, *suffixes: str) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        mine = home != SOURCE or NETWORKS not in path.parents
        if mine and path.suffix in suffixes and not BUILT & set(path.relative_to(home).parts):
            yield path


def texts(home: Path) -> Iterator[Text]:
    for file in files(home, ".py"):
        yield from in_python(file)
    for file in files(home, ".html", ".txt"):
        yield from in_template(file)


def collected(home: Path) -> Catalog:
    found = Catalog(creation_date=UNDATED)
    for text in texts(home):
        said = (text.text, text.plural) if text.plural else text.text
        found.add(said, locations=[(str(text.file.relative_to(ROOT)), 0)])
    return found


def read(file: Path) -> Catalog:
    if not file.exists():
        return _empty()
    with file.open("rb") as stream:
        return read_po(stream, locale="zh_Hant")


def _empty() -> Catalog:
    return Catalog(locale="zh_Hant", creation_date=UNDATED, revision_date=UNDATED, fuzzy=False)


def update() -> None:
    for home in homes():
        _write(home, read(catalogue(home)))


def adopt(source: Path) -> None:
    """Fills what is empty from another catalogue."""
    given = {message.id: message.string for message in read(source) if message.id and message.string}
    for home in homes():
        mine = read(catalogue(home))
        mine.update(collected(home), no_fuzzy_matching=True)
        for message in mine:
            if message.id in given and not _is_translated(message):
                message.string = given[message.id]
        _write(home, mine)


def _write(home: Path, known: Catalog) -> None:
    """What is known of the texts that are in the code now, in a file without dates and line numbers."""
    fresh, found = _empty(), collected(home)
    for message in found:
        if message.id:
            old = known.get(message.id)
            fresh.add(message.id, old.string if old else "", locations=message.locations, flags=message.flags)
    file = catalogue(home)
    if len(fresh) == 0 and not file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, fresh, width=110, sort_by_file=True, include_lineno=False)
    file.write_bytes(UNSAID.sub(b"", written.getvalue()))


def compile_all() -> None:
    for home in homes():
        source, made = catalogue(home), catalogue(home).with_suffix(".mo")
        if source.exists() and not (made.exists() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns):
            with made.open("wb") as stream:
                write_mo(stream, read(source))


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def check() -> list[str]:
    """What is wrong, one line each."""
    wrong = [line for home in homes() for line in (*_wrong_texts(home), *_wrong_templates(home))]
    return [*wrong, *_torn({str(home.relative_to(ROOT)): read(catalogue(home)) for home in homes()})]


def _torn(known: Mapping[str, Catalog]) -> Iterator[str]:
    """Django makes one catalogue of all: of two translations of the same words one is shown everywhere."""
    first: dict[object, tuple[object, str]] = {}
    for name, found in known.items():
        for message in found:
            string, elsewhere = first.setdefault(message.id, (message.string, name))
            if message.id and message.string != string:
                yield f"{name}: another translation than in {elsewhere}: {message.id!r}"


def _wrong_texts(home: Path) -> Iterator[str]:
    file, found = catalogue(home), collected(home)
    known, name = read(file), file.relative_to(ROOT)
    for message in found:
        trouble = _trouble(message, known.get(message.id)) if message.id else ""
        if trouble:
            yield f"{name}: {trouble}: {message.id!r}"
    gone = [each.id for each in known if each.id and each.id not in found]
    yield from (f"{name}: no longer in the code: {each!r}" for each in gone)


def _trouble(asked: Message, given: Message | None) -> str:
    if given is None or not _is_translated(given):
        return "not translated"
    if given.fuzzy:
        return "doubtful (fuzzy)"
    return "" if _places(asked.id) == _places(given.string) else "other places to fill"


def _places(said: str | Sequence[str] | None) -> set[str]:
    """Those of the plural, where there is one: the singular may leave its number out."""
    return set(PLACES.findall(said if isinstance(said, str) else (said or [""])[-1]))


def _wrong_templates(home: Path) -> Iterator[str]:
    for file in files(home, ".html"):
        words = unmarked(file)
        if words:
            yield f"{file.relative_to(ROOT)}: outside a translate tag: {' '.join(words)}"


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.path.insert(0, str(ROOT / "src"))
    match arguments:
        case ["compile"]:
            compile_all()
        case ["update"]:
            django.setup()
            update()
        case ["adopt", file]:
            django.setup()
            adopt(Path(file))
        case ["check"]:
            django.setup()
            wrong = check()
            for line in wrong:
                print(line)
            return 1 if wrong else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
