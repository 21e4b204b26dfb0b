"""A list of people as a spreadsheet gives it: with comma, semicolon or tab, its columns named or not."""

import csv
import io
from collections.abc import Iterator, Mapping

from hawker.core.contacts.values import Entry

# What people call the columns, in lower case.
COLUMNS: Mapping[str, frozenset[str]] = {
    "address": frozenset(
        {"address", "phone", "number", "mobile", "id", "電話", "手機", "號碼", "手機號碼", "電話號碼"}
    ),
    "name": frozenset({"name", "姓名", "名字", "稱呼", "顧客"}),
    "consent": frozenset({"consent", "agreed", "同意", "是否同意"}),
    "words": frozenset({"words", "proof", "同意內容", "說明"}),
}
YES = frozenset({"yes", "y", "true", "1", "x", "是", "有", "同意", "已同意"})
ORDER = ("address", "name", "consent", "words")


def entries(text: str) -> Iterator[Entry]:
    """Empty lines are left out; lines count as an editor counts them."""
    text = text.lstrip("\ufeff")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    columns: Mapping[str, int] | None = None
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _named(cells)
            if columns:
                continue
            columns = {name: place for place, name in enumerate(ORDER)}
        yield _entry(reader.line_num, cells, columns)


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _named(cells: list[str]) -> dict[str, int]:
    """Which column is which; empty where the first line names none."""
    called = [cell.strip().lower() for cell in cells]
    found = {
        column: place
        for place, name in enumerate(called)
        for column, names in COLUMNS.items()
        if name in names
    }
    return found if "address" in found else {}


def _entry(line: int, cells: list[str], columns: Mapping[str, int]) -> Entry:
    def cell(name: str) -> str:
        place = columns.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    agreed = cell("consent").lower()
    return Entry(
        line=line,
        address=cell("address"),
        name=cell("name"),
        agreed=agreed in YES if agreed else None,
        words=cell("words"),
    )
