"""What an owner registers at TikTok, and where TikTok is."""

from collections.abc import Mapping

from hawker.connect import apps, oauth
from hawker.connect.abilities import Field
from hawker.connect.apps import App, Scope, Version
from hawker.connect.text import say

SERVER, SITE = "https://open.tiktokapis.com", "https://www.tiktok.com"
PUBLISH = "video.publish"

# developers.tiktok.com, Login Kit for Web, Content Posting API (Get started, Content Sharing Guidelines),
# 2026-11-05.
APP = App(
    fields=(
        Field(
            name="client_id",
            label=say("Client key"),
            hint=say("Of your app in TikTok’s developer portal, under Credentials."),
        ),
        Field(name="client_secret", label=say("Client secret"), kind="password"),
    ),
    steps=(
        say("At developers.tiktok.com sign in, and under “Manage apps” make an app of the platform Web."),
        say(
            "Add the products Login Kit, Content Posting API and Display API; switch on “Direct Post” in the "
            "Content Posting API."
        ),
        say("As redirect URI of the Login Kit give exactly the address below; it must begin with https."),
        say(
            "Under “URL properties” verify the domain of this Hawker: TikTok fetches photos from there, and "
            "from verified addresses only."
        ),
        say("Add the scopes that are listed here, and send the app to review."),
        say("Copy the client key and the client secret, and type them here."),
    ),
    scopes=(
        Scope(name="user.info.basic", reason=say("TikTok adds it to every sign-in.")),
        Scope(name=PUBLISH, reason=say("To publish videos and photos, and to read who may see them.")),
        Scope(name="video.upload", reason=say("To send drafts to your inbox in the TikTok app.")),
        Scope(name="video.list", reason=say("To find a photo post whose answer was lost.")),
    ),
    review=say(
        "Until TikTok has audited your app for direct posts, everything that goes through it can be seen by "
        "its author only: choose “Only you” for each post, and set the account itself to private in the "
        "TikTok app before. Five accounts at most can post so in 24 hours. Apply for the audit in the "
        "developer portal. Drafts for the inbox need no audit."
    ),
    console="https://developers.tiktok.com/apps/",
    versions=(Version(name="v2"),),
)
SCOPES = ",".join(scope.name for scope in APP.scopes)


def place(keys: Mapping[str, str]) -> tuple[str, str]:
    """The addresses of the API and of the pages that people read."""
    return keys.get("server") or SERVER, keys.get("site") or SITE


def app_in(keys: Mapping[str, str]) -> oauth.App:
    """Raises Later where no keys are stored."""
    return oauth.App(client_id=apps.key(keys, "client_id"), client_secret=apps.key(keys, "client_secret"))
