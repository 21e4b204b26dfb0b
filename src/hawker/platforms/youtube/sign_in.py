"""How an owner gives Hawker the right to act for her channel, through an app of her own at Google."""

from collections.abc import Mapping
from dataclasses import replace

from hawker.connect import google
from hawker.connect.apps import App, Scope, Version
from hawker.connect.google_sign_in import ByGoogle
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.youtube.account import read_account
from hawker.platforms.youtube.wire import EDITION

# It holds what youtube.upload and youtube allow as well (discovery document, revision 20261104): asking for
# these beside it would only make more boxes to tick.
FORCE_SSL = "https://www.googleapis.com/auth/youtube.force-ssl"
APP = App(
    fields=google.FIELDS,
    steps=google.steps("YouTube Data API v3"),
    scopes=(
        Scope(
            name=FORCE_SSL,
            reason=say(
                "To upload videos and their thumbnails, to publish and delete them, to put them into a "
                "playlist, to find one whose answer was lost; and to write the first comment, which no "
                "smaller right allows."
            ),
        ),
    ),
    review=say(
        "This right is “sensitive”: until Google has verified your app, it shows a warning, and 100 people "
        "at most can sign in. And until YouTube has audited your project, it may lock what comes through it "
        "to private: ask for the audit (“YouTube API Services – Audit and Quota Extension Form”) before your "
        "first post. Hawker tells you where a video was locked."
    ),
    console=google.CONSOLE,
    versions=(Version(name=EDITION),),
)


class SignIn(ByGoogle):
    scopes = APP.scopes

    async def account(self, http: Http, keys: Mapping[str, str], grant: google.Grant) -> Account:
        return await read_account(http, keys, grant)

    async def check(self, http: Http, account: Account) -> Account:
        """The limits change once the channel's phone number is verified."""
        grant = google.Grant(secrets=account.secrets, expires_at=account.expires_at)
        keys = {"server": account.server, "site": account.site, **account.app}
        return replace(await read_account(http, keys, grant), app=account.app)
