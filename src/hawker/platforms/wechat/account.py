"""What an official account is as a channel, and what WeChat takes from it."""

from collections.abc import Mapping
from datetime import datetime

from hawker.connect.values import Account, Limits

SERVER = "https://api.weixin.qq.com"
SITE = "https://mp.weixin.qq.com"
SECRET, TOKEN = "secret", "access_token"
# “新增草稿”, read 2026-11-23: fewer than 20,000 characters, tags among them; what ten pictures and their
# alternative texts need is kept free. “上传图文消息图片”: less than 1 MB. Pixels are not documented.
LIMITS = Limits(
    text=15_000,
    media=10,
    alt_text=120,
    image_bytes=1_000_000,
    image_pixels=50_000_000,
    image_types=("image/jpeg", "image/png"),
)


def server(app: Mapping[str, str]) -> str:
    return app.get("server") or SERVER


def account_of(
    appid: str, name: str, app: Mapping[str, str], secrets: Mapping[str, str], expires_at: datetime | None
) -> Account:
    """WeChat tells nobody the name of an account: the owner does. Its page is known to its followers only,
    so links lead to the site where she runs it."""
    site = app.get("site") or SITE
    return Account(
        remote_id=appid,
        handle=name or appid,
        name=name or appid,
        server=server(app),
        site=site,
        url=f"{site}/",
        limits=LIMITS,
        secrets=secrets,
        expires_at=expires_at,
        app=dict(app),
    )
