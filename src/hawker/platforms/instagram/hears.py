"""Webhooks: verified and kept; nothing is read from them yet."""

from collections.abc import Mapping

from hawker.connect.meta_hooks import SECRET, MetaHears
from hawker.platforms.instagram.developer import CLIENT_SECRET


class Hears(MetaHears):
    """Which secret signs for accounts of the login at Instagram is not documented: either will do."""

    def is_genuine(self, headers: Mapping[str, str], body: bytes, app: Mapping[str, str]) -> bool:
        own = {**app, SECRET: app.get(CLIENT_SECRET, "")}
        return super().is_genuine(headers, body, app) or super().is_genuine(headers, body, own)
