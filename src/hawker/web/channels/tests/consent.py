"""The owner at the network's own page: reads its form and presses one of its buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.buttons: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = said["action"]
        elif tag == "input":
            self.fields[said["name"]] = said.get("value", "")
        elif tag == "button":
            self.buttons.append((said["name"], said["value"]))


@dataclass
class _Stay(HTTPRedirectHandler):
    """Keeps where the network sends the browser, instead of going there."""

    seen: list[str] = field(default_factory=list)

    def redirect_request(  # noqa: PLR0917 - urllib's own signature
        self, req: object, fp: object, code: int, msg: str, headers: object, newurl: str
    ) -> Request:
        self.seen.append(newurl)
        return Request("data:,")


def answer(url: str, *, button: int) -> str:
    """Where the network sends the owner back to. `button`: 0 is yes, 1 is no."""
    form = _Form()
    with urlopen(url, timeout=10) as page:
        form.feed(page.read().decode())
    sent = urlencode({**form.fields, **dict([form.buttons[button]])}).encode()
    stay = _Stay()
    build_opener(stay).open(urljoin(url, form.action), sent, timeout=10).close()
    return stay.seen[0]
