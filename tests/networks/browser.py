"""A person with a browser: on Hawker's pages, and where a server asks whether a program may act for her."""

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


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif self.forms and "name" in given:
            self.forms[-1].names.add(given["name"])
            if given.get("type") == "hidden":
                self.forms[-1].hidden[given["name"]] = given.get("value", "")


class Browser:
    """Keeps its cookies; where a redirect leads is told and not followed."""

    def __init__(self) -> None:
        self._client = httpx.Client()

    def get(self, url: str) -> httpx.Response:
        return self._client.get(url)

    def fill_in(self, url: str, typed: Mapping[str, str]) -> httpx.Response:
        """What the server answers to the form on that page which asks for what is typed."""
        page = Page(self.get(url).raise_for_status().text)
        form = next(form for form in page.forms if typed.keys() <= form.names)
        return self._client.post(urljoin(url, form.action), data={**form.hidden, **typed})

    def close(self) -> None:
        self._client.close()


def agree(url: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Says yes to a program of her own; gives the query with which the server sends her back."""
    browser = Browser()
    answer = browser.fill_in(url, typed)
    browser.close()
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
