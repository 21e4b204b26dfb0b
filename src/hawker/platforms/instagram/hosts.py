"""The two doors to the network, and which of them a key opens.

A key of the login through a page opens Meta's usual door; one of the login at Instagram itself opens
graph.instagram.com. Neither works at the other (Instagram Platform, overview, read 2026-11-22).
"""

from collections.abc import Mapping

from hawker.connect.apps import VERSION
from hawker.connect.http import Http
from hawker.connect.meta import API, LOGIN, UPLOADS, Graph, graph
from hawker.connect.values import Account
from hawker.platforms.instagram.refusals import REFUSALS

INSTAGRAM_API, INSTAGRAM_TOKENS = "https://graph.instagram.com", "https://api.instagram.com"
SITE = "https://www.instagram.com"
# Under which secret a key of the login at Instagram is kept; the other login's are `access_token`.
INSTAGRAM_KEY = "instagram_token"
# How keys of the login at Instagram begin.
MARK = "IG"


def server(app: Mapping[str, str]) -> str:
    """One address stands for both doors: which one is meant lies in the account's key."""
    return app.get("server") or API


def site(app: Mapping[str, str]) -> str:
    return app.get("site") or SITE


def dialog(app: Mapping[str, str]) -> str:
    return app.get("site") or LOGIN


def instagram_api(app: Mapping[str, str]) -> str:
    return f"{app['server']}/business" if app.get("server") else INSTAGRAM_API


def instagram_tokens(app: Mapping[str, str]) -> str:
    return f"{app['server']}/business" if app.get("server") else INSTAGRAM_TOKENS


def uploads(address: str) -> str:
    """Where videos go, for a server of the API: some answers do not say."""
    return UPLOADS if address == API else f"{address}/rupload"


def is_of_instagram(account: Account) -> bool:
    return INSTAGRAM_KEY in account.secrets


def api_of(http: Http, account: Account) -> Graph:
    if not is_of_instagram(account):
        return graph(http, account, REFUSALS)
    return at_instagram(http, account.app, account.secrets[INSTAGRAM_KEY])


def at_instagram(http: Http, app: Mapping[str, str], token: str = "") -> Graph:
    return Graph(
        http=http,
        server=instagram_api(app),
        version=app.get(VERSION, ""),
        refusals=REFUSALS,
        token=token,
    )


def at_meta(http: Http, app: Mapping[str, str], token: str = "") -> Graph:
    return Graph(
        http=http,
        server=server(app),
        version=app.get(VERSION, ""),
        refusals=REFUSALS,
        token=token,
        secret=app.get("client_secret", ""),
    )
