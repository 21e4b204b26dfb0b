"""Finds the texts for people: what Python and the templates mark for translation, and what they forgot to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.extract import extract_from_file
from django.template import Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

MARKS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "say": None,
}
SPOKEN = {"alt", "aria-label", "placeholder", "title", "data-confirm", "data-copied"}
WORDED = {"label", "text", "title", "note", "hint"}
# The same in every language: names, kinds of files, and the mark of networks on a described picture.
NAMES = {"ALT", "GIF", "Hawker", "JPEG", "PNG", "WebP"}
HIDDEN = re.compile(r"""[=:\s]_\(["'].*?["']\)""")
LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True)
class Text:
    """`plural` is empty for a text without one."""

    text: str
    plural: str = ""
    file: Path


def in_python(file: Path) -> Iterator[Text]:
    for _line, found, _comments, _context in extract_from_file("python", file, keywords=MARKS):
        if isinstance(found, tuple):
            yield Text(text=found[0], plural=found[1], file=file)
        else:
            yield Text(text=found, file=file)


def in_template(file: Path) -> Iterator[Text]:
    for node in _nodes(Template(file.read_text()).nodelist):
        if isinstance(node, TranslateNode) and isinstance(node.filter_expression.var, Variable):
            yield Text(text=_literal(node.filter_expression.var), file=file)
        elif isinstance(node, BlockTranslateNode):
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield Text(text=node.render_token_list(node.singular)[0], plural=plural, file=file)


def unmarked(file: Path) -> list[str]:
    """Words in a template that stand outside every translate tag; `_("…")` counts as such, for nothing
    here collects it."""
    written = file.read_text()
    flat, given = "", HIDDEN.findall(written)
    for node in _nodes(Template(written).nodelist):
        flat += node.s if isinstance(node, TextNode) else ""
        if isinstance(node, IncludeNode):
            given += [each.token for name, each in node.extra_context.items() if _is_bare(name, each)]
    page = _Words()
    page.feed(flat)
    page.close()
    return page.found + given


def _nodes(nodes: NodeList) -> Iterator[Node]:
    for node in nodes:
        yield node
        # A block tag of our own has a `nodelist` that Django does not count among its children.
        for name in dict.fromkeys((*node.child_nodelists, "nodelist")):
            yield from _nodes(getattr(node, name, None) or NodeList())


def _literal(variable: Variable) -> str:
    return str(variable.literal).replace("%", "%%")


def _is_bare(name: str, given: FilterExpression) -> bool:
    return name in WORDED and isinstance(given.var, str) and bool(LETTERS.search(given.var))


class _Words(HTMLParser):
    """Collects the words that a browser would show or read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code = tag in {"script", "style"}
        for name, value in attrs:
            if name in SPOKEN:
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._code = False

    def handle_data(self, data: str) -> None:
        if not self._code:
            self._note(data)

    def _note(self, text: str) -> None:
        self.found += [word for word in LETTERS.findall(text) if word not in NAMES]
