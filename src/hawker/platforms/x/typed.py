"""What an owner typed into the sign-in form, made clean, or refused with the field to mend."""

from collections.abc import Mapping
from dataclasses import dataclass

from hawker.connect.oauth import App
from hawker.connect.typed import visible, web_address

SERVER = "https://api.x.com"
SITE = "https://x.com"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """`app`: the owner's own at X."""

    server: str
    site: str
    app: App


def read_typed(fields: Mapping[str, str], kept: Mapping[str, str] | None = None) -> Typed:
    """`kept`: the app of an earlier sign-in; its secret need not be typed again."""
    client_id, secret = visible(fields.get("client_id", "")), visible(fields.get("client_secret", ""))
    if not secret and kept and kept.get("client_id") == client_id:
        secret = kept.get("client_secret", "")
    return Typed(
        server=web_address(fields, "server", SERVER),
        site=web_address(fields, "site", SITE),
        app=App(client_id=client_id, client_secret=secret),
    )
