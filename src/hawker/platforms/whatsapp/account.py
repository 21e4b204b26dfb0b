"""What a number is as an account, and what WhatsApp takes from it."""

import re
from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from hawker.connect.meta import API, LOGIN
from hawker.connect.meta_refusals import Text
from hawker.connect.values import Account, Limits

# Cloud API, "Text messages" and "Supported media types", read 2026-11-22. How many pixels a picture and how
# many seconds a video may have is not documented. It knows no alternative texts: theirs is a number that
# hinders nobody who writes for other networks too.
LIMITS = Limits(
    text=4096,
    media=1,
    alt_text=4_096,
    image_bytes=5_000_000,
    image_pixels=25_000_000,
    image_types=("image/jpeg", "image/png"),
    video_bytes=16_000_000,
    video_types=("video/mp4",),
)
CHATS = "https://wa.me"
FIELDS = "id,display_phone_number,verified_name"
BUSINESS = "business_account"
_PREFIX = "waba/"


class Phone(BaseModel):
    id: str
    display_phone_number: Text = ""
    verified_name: Text = ""

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.display_phone_number)


def server(app: Mapping[str, str]) -> str:
    return app.get("server") or API


def login(app: Mapping[str, str]) -> str:
    return app.get("site") or LOGIN


def site(app: Mapping[str, str]) -> str:
    return app.get("site") or CHATS


def account_of(
    phone: Phone, app: Mapping[str, str], waba: str, token: str, expires_at: datetime | None
) -> Account:
    address, name = site(app), phone.verified_name or phone.display_phone_number or phone.id
    told = (phone.verified_name, phone.display_phone_number)
    return Account(
        remote_id=phone.id,
        handle=" · ".join(part for part in told if part) or phone.id,
        name=name,
        server=server(app),
        site=address,
        url=f"{address}/{phone.digits or phone.id}",
        limits=LIMITS,
        secrets={"access_token": token, BUSINESS: f"{_PREFIX}{waba}"},
        expires_at=expires_at,
        app=dict(app),
    )


def person_of(name: str, app: Mapping[str, str], waba: str, token: str, ends: datetime | None) -> Account:
    """Whoever holds the token: a system user, or somebody at Meta. `waba` is what she typed, or empty."""
    address = site(app)
    return Account(
        remote_id=name,
        handle=name,
        name=name,
        server=server(app),
        site=address,
        url=address,
        limits=LIMITS,
        secrets={"access_token": token, **({BUSINESS: f"{_PREFIX}{waba}"} if waba else {})},
        expires_at=ends,
        app=dict(app),
    )


def business_of(account: Account) -> str:
    """The id of the business account that a number belongs to; empty where nobody has named one."""
    return account.secrets.get(BUSINESS, "").removeprefix(_PREFIX)
