"""A person at a page with a form: a server's question whether a program may act for her, or Hawker's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx


@dataclass
class Form:
    action: str
    names: set[str] = field(default_factory=set)
    hidden: dict[str, str] = field(default_factory=dict)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif self.forms and "name" in given:
            self.forms[-1].names.add(given["name"])
            if given.get("type") == "hidden":
                self.forms[-1].hidden[given["name"]] = given.get("value", "")


def fill_in(url: str, typed: Mapping[str, str]) -> str:
    """Sends the form of that page which asks for what is typed; gives where the server sends her then."""
    with httpx.Client() as browser:
        shown = browser.get(url).raise_for_status()
        page = _Page()
        page.feed(shown.text)
        form = next(form for form in page.forms if typed.keys() <= form.names)
        answer = browser.post(urljoin(url, form.action), data={**form.hidden, **typed})
    assert answer.is_redirect, answer.text
    return answer.headers["Location"]


def agree(url: str, typed: Mapping[str, str]) -> dict[str, str]:
    """The query with which a server sends her back."""
    return dict(parse_qsl(urlsplit(fill_in(url, typed)).query))
