"""Who an account is, where Threads lives, and what it takes."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from hawker.connect.apps import VERSION
from hawker.connect.http import Http
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Name, Text
from hawker.connect.values import Account, Limits
from hawker.platforms.threads.refusals import REFUSALS

API, SITE = "https://graph.threads.net", "https://www.threads.net"
# "Posts" and "Media specifications", read 2026-11-22. How many pixels a picture may have is not said: wider
# ones than 1440 are made smaller there.
LIMITS = Limits(
    text=500,
    media=20,
    alt_text=1_000,
    image_bytes=8_000_000,
    image_pixels=64_000_000,
    image_types=("image/jpeg", "image/png"),
    video_bytes=2**30,
    video_seconds=300,
    video_types=("video/mp4", "video/quicktime"),
)
FIELDS = "id,username,name"


class Profile(BaseModel):
    """Ids have seventeen digits and come as numbers here and there: they are kept as text."""

    id: Name
    username: Text = ""
    name: Text = ""


def server(app: Mapping[str, str]) -> str:
    return app.get("server") or API


def site(app: Mapping[str, str]) -> str:
    return app.get("site") or SITE


def nobody(http: Http, app: Mapping[str, str], token: str = "") -> Graph:
    """The API with this key, or with none. That it takes a proof of the app's secret is not documented."""
    version = app.get(VERSION, "")
    return Graph(http=http, server=server(app), version=version, refusals=REFUSALS, token=token)


def api_of(http: Http, account: Account) -> Graph:
    version, token = account.app.get(VERSION, ""), account.secrets["access_token"]
    return Graph(http=http, server=account.server, version=version, refusals=REFUSALS, token=token)


def account_of(profile: Profile, app: Mapping[str, str], token: str, expires_at: datetime | None) -> Account:
    name = profile.username or profile.id
    return Account(
        remote_id=profile.id,
        handle=f"@{name}",
        name=profile.name or name,
        server=server(app),
        site=site(app),
        url=f"{site(app)}/@{name}",
        limits=LIMITS,
        secrets={"access_token": token},
        expires_at=expires_at,
        app=dict(app),
    )
