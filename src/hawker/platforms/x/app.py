"""What an owner registers at X, and whose keys a call takes."""

from collections.abc import Mapping

from hawker.connect import apps, oauth
from hawker.connect.abilities import Field
from hawker.connect.apps import App, Scope
from hawker.connect.text import say
from hawker.connect.values import Account

SERVER = "https://api.x.com"
SITE = "https://x.com"

# docs.x.com, fundamentals/authentication/oauth-2-0 and getting-access, 2026-08-22; prices: pricing, that day.
APP = App(
    fields=(
        Field(
            name="client_id",
            label=say("Client ID"),
            hint=say("Of your app in X's developer console, under Keys and tokens, OAuth 2.0."),
        ),
        Field(
            name="client_secret",
            label=say("Client secret"),
            kind="password",
            required=False,
            hint=say("Leave it empty for a public app (“Native App”), which has none."),
        ),
    ),
    steps=(
        say(
            "In X's developer console make an app, and add credit: X takes a fee for each post (in August "
            "2026: 0.015 US dollars, with a link 0.20)."
        ),
        say(
            "In the app's user authentication settings choose “Read and write”, and “Web App” (which has a "
            "secret) or “Native App” (which has none)."
        ),
        say("As callback address give exactly the one below; as website your own."),
        say("Copy the client ID and the client secret of OAuth 2.0, and type them here."),
    ),
    scopes=(
        Scope(name="tweet.read", reason=say("To find a post whose answer was lost.")),
        Scope(name="tweet.write", reason=say("To publish posts and to delete them.")),
        Scope(name="users.read", reason=say("To know the name of your account and what it may post.")),
        Scope(name="media.write", reason=say("To upload pictures with their descriptions.")),
        Scope(name="offline.access", reason=say("To publish while you are away.")),
    ),
    console="https://console.x.com",
)
SCOPES = " ".join(scope.name for scope in APP.scopes)


def place(app: Mapping[str, str]) -> tuple[str, str]:
    """The addresses of the API and of the pages that people read."""
    return app.get("server") or SERVER, app.get("site") or SITE


def app_in(keys: Mapping[str, str]) -> oauth.App:
    """Without a secret it is what X calls a public client. Raises Later where no keys are stored."""
    return oauth.App(client_id=apps.key(keys, "client_id"), client_secret=keys.get("client_secret", ""))


def app_of(account: Account) -> oauth.App:
    """The app to which the account's tokens belong: of some channels it stands among their own secrets."""
    return app_in(keys_of(account))


def keys_of(account: Account) -> Mapping[str, str]:
    own = account.secrets.get("client_id")
    return account.secrets if own and own != account.app.get("client_id") else account.app
