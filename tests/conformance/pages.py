"""A visitor with a browser: reads pages, fills in forms, presses buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import aiohttp

PAGES = 6


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Button:
    form: Form
    name: str
    value: str


class Page(HTMLParser):
    """What a reader of the page gets: its text, its pictures' alternative texts, the buttons of its forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.buttons: list[Button] = []
        self.alts: list[str] = []
        self.scripts = 0
        self._text: list[str] = []
        self._form: Form | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join("".join(self._text).split())

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").upper())
        elif tag == "img":
            self.alts.append(given.get("alt", ""))
        elif tag == "script":
            self.scripts += 1
        elif tag == "br":
            self._text.append("\n")
        elif self._form is not None:
            self._control(self._form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in {"p", "div", "article", "h1", "h2", "li"}:
            self._text.append("\n")

    def _control(self, form: Form, tag: str, given: Mapping[str, str]) -> None:
        kind = given.get("type", "submit" if tag == "button" else "text")
        if tag in {"button", "input"} and kind == "submit":
            self.buttons.append(Button(form, given.get("name", ""), given.get("value", "")))
        elif tag == "input" and given.get("name"):
            form.fields[given["name"]] = given.get("value", "")


@dataclass(frozen=True)
class Return:
    """What the owner brings back from the network, and whether a page let her say no."""

    answer: Mapping[str, str]
    had_choice: bool


async def walk(url: str, back: str, typed: Mapping[str, str], *, agree: bool = True) -> Return:
    """Goes through the network's pages as an owner would, until they send her `back`.

    She fills in what is empty from `typed`, and presses each page's first button to agree, its last not to.
    """
    method, form, had_choice = "GET", dict[str, str](), False
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        for _ in range(PAGES):
            sent = {"params": form or None} if method == "GET" else {"data": form}
            async with browser.request(method, url, allow_redirects=False, **sent) as answer:
                if answer.status >= 400:
                    raise AssertionError(f"{method} {url}: {answer.status} {await answer.text()}")
                page, goal = Page(await answer.text()), urljoin(url, answer.headers.get("Location", ""))
            if goal.startswith(back):
                return Return(dict(parse_qsl(urlsplit(goal).query)), had_choice)
            if answer.status >= 300:
                method, url, form = "GET", goal, {}
                continue
            had_choice = had_choice or len(page.buttons) > 1
            method, url, form = _press(page.buttons[0 if agree else -1], url, typed)
    raise AssertionError(f"{PAGES} pages and no way back from {url}")


def _press(button: Button, url: str, typed: Mapping[str, str]) -> tuple[str, str, dict[str, str]]:
    fields = {name: value or typed.get(name, "") for name, value in button.form.fields.items()}
    pressed = {button.name: button.value} if button.name else {}
    return button.form.method, urljoin(url, button.form.action), {**fields, **pressed}


async def visit(url: str) -> Page:
    async with aiohttp.ClientSession() as browser, browser.get(url) as answer:
        assert answer.status == 200, f"{url}: {answer.status}"
        assert answer.content_type == "text/html"
        return Page(await answer.text())
