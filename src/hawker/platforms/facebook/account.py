"""What a page is as an account, and what Facebook takes from it."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from hawker.connect.meta import API, LOGIN
from hawker.connect.meta_refusals import Text
from hawker.connect.values import Account, Limits

# Facebook documents neither the length of a text nor of an alternative text. Pictures: 10 MB by the Pages
# API, 4 MB by its own error 1366046. Videos: 10 GB and four hours by older pages. Read 2026-11-22.
LIMITS = Limits(
    text=63_206,
    media=10,
    alt_text=1_000,
    image_bytes=4_000_000,
    image_pixels=16_777_216,
    image_types=("image/jpeg", "image/png"),
    video_bytes=10 * 2**30,
    video_seconds=4 * 3600,
    video_types=("video/mp4",),
)
# People have no user names here: asking for one is refused.
FIELDS, PERSON = "id,name,username,link", "id,name"


class Page(BaseModel):
    """A page, or a person where a key is not yet a page's. `access_token` comes with lists of pages only."""

    id: str
    name: Text = ""
    username: Text = ""
    link: Text = ""
    access_token: Text = ""
    tasks: tuple[str, ...] | None = None

    @property
    def handle(self) -> str:
        return f"@{self.username}" if self.username else self.name or self.id

    @property
    def may_publish(self) -> bool:
        """Where no tasks are named, Facebook says when it is asked to publish."""
        return self.tasks is None or not {"CREATE_CONTENT", "MANAGE"}.isdisjoint(self.tasks)


def server(app: Mapping[str, str]) -> str:
    return app.get("server") or API


def site(app: Mapping[str, str]) -> str:
    return app.get("site") or LOGIN


def account_of(page: Page, app: Mapping[str, str], token: str, expires_at: datetime | None = None) -> Account:
    address = site(app)
    return Account(
        remote_id=page.id,
        handle=page.handle,
        name=page.name or page.handle,
        server=server(app),
        site=address,
        url=page.link or f"{address}/{page.id}",
        limits=LIMITS,
        secrets={"access_token": token},
        expires_at=expires_at,
        app=dict(app),
    )
