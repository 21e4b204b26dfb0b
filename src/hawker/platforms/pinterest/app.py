"""What an owner registers at Pinterest, and where Pinterest is."""

from collections.abc import Mapping

from hawker.connect import apps, oauth
from hawker.connect.abilities import Field
from hawker.connect.apps import App, Scope, Version
from hawker.connect.text import say

SERVER, SITE = "https://api.pinterest.com", "https://www.pinterest.com"
WRITE_PINS = "pins:write"

# developers.pinterest.com: Set up authentication and authorization, Understanding our access tiers, 2026-11.
APP = App(
    fields=(
        Field(
            name="client_id",
            label=say("App ID"),
            hint=say("Of your app, under “My apps” at developers.pinterest.com."),
        ),
        Field(name="client_secret", label=say("App secret key"), kind="password"),
    ),
    steps=(
        say("Change your Pinterest account to a business account: that costs nothing, and apps need one."),
        say(
            "At developers.pinterest.com open “My apps” and choose “Connect app”. Say that you publish to "
            "your own account, and wait until Pinterest grants Trial access."
        ),
        say(
            "In the app's settings, under “Redirect URIs”, add exactly the address shown here: one sign "
            "more or less, and Pinterest leads nobody back."
        ),
        say("Copy the app ID and the app secret key to the fields here."),
        say("Connect the channel, publish a Pin or two, and then ask for Standard access: see below."),
    ),
    scopes=(
        Scope(name="user_accounts:read", reason=say("to know who you are")),
        Scope(name="boards:read", reason=say("to offer your boards to choose from")),
        Scope(name="boards:write", reason=say("Pinterest asks for it where a Pin is put on a board")),
        Scope(name="pins:read", reason=say("to find a Pin whose answer was lost")),
        Scope(name=WRITE_PINS, reason=say("to publish and delete Pins")),
    ),
    review=say(
        "With Trial access Pinterest takes your Pins, but shows them to nobody except you, and allows 1,000 "
        "calls a day. Before your first real post, ask for Standard access in the app's settings: Pinterest "
        "wants a short film of how somebody connects an account and publishes here. Pins that were "
        "published before should be published again afterwards."
    ),
    console="https://developers.pinterest.com/apps/",
    versions=(Version(name="v5"),),
)
SCOPES = ",".join(scope.name for scope in APP.scopes)


def place(keys: Mapping[str, str]) -> tuple[str, str]:
    """The addresses of the API and of the pages that people read."""
    return keys.get("server") or SERVER, keys.get("site") or SITE


def app_in(keys: Mapping[str, str]) -> oauth.App:
    """Raises Later where no keys are stored."""
    return oauth.App(client_id=apps.key(keys, "client_id"), client_secret=apps.key(keys, "client_secret"))
