"""An owner at the page on which a server asks whether a program may act for her."""

from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given.get("action", "")
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[given["name"]] = given.get("value", "")


def agree(url: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Fills in the page's form, and gives the query with which the server sends her back."""
    with httpx.Client() as browser:
        page = browser.get(url)
        form = _Form()
        form.feed(page.raise_for_status().text)
        answer = browser.post(urljoin(url, form.action), data={**form.hidden, **typed})
    assert answer.is_redirect, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
