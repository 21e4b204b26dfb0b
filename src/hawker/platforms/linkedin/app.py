"""What an owner registers at LinkedIn, and which of its rights Hawker asks for."""

import re
from collections.abc import Mapping
from datetime import date

from hawker.connect.abilities import Field
from hawker.connect.apps import App, Scope, Version
from hawker.connect.errors import Refused
from hawker.connect.text import say

SERVER = "https://api.linkedin.com"
SITE = "https://www.linkedin.com"
OPENID, BASIC = "openid", "r_basicprofile"
MEMBER = "w_member_social"
PAGES = ("rw_organization_admin", "r_organization_admin")
SCOPES = "scopes"

APP = App(
    fields=(
        Field(
            name="client_id",
            label=say("Client ID"),
            hint=say("In LinkedIn's developer portal, on the Auth tab of your app."),
        ),
        Field(
            name="client_secret",
            label=say("Primary client secret"),
            kind="password",
            hint=say("Below the client ID."),
        ),
        Field(
            name=SCOPES,
            label=say("OAuth 2.0 scopes"),
            hint=say(
                "Copy all that the Auth tab lists under “OAuth 2.0 scopes”. Hawker asks for no others: "
                "LinkedIn refuses a whole sign-in for one that your app does not have."
            ),
        ),
    ),
    steps=(
        say(
            "In LinkedIn's developer portal create an app. It belongs to a page: have an administrator of "
            "that page verify it on the Settings tab."
        ),
        say(
            "To publish on pages, request the product “Community Management API” on the Products tab. "
            "LinkedIn gives it only to an app that has no other product, and examines it."
        ),
        say(
            "To publish on your own profile only, add “Share on LinkedIn” and “Sign In with LinkedIn using "
            "OpenID Connect” instead: they are given at once."
        ),
        say("On the Auth tab enter the address shown here among the authorized redirect URLs."),
        say("From the Auth tab copy the client ID, the client secret and the scopes to the fields here."),
    ),
    scopes=(
        Scope(name=OPENID, reason=say("to know who you are (Sign In with LinkedIn)")),
        Scope(name="profile", reason=say("to know your name (Sign In with LinkedIn)")),
        Scope(name=BASIC, reason=say("to know who you are (Community Management API)")),
        Scope(name=MEMBER, reason=say("to publish and delete posts on your own profile")),
        Scope(name="w_member_social_feed", reason=say("to write the first comment as yourself")),
        Scope(
            name="r_member_social",
            reason=say("to find a post on your profile whose answer was lost; LinkedIn gives it to few"),
        ),
        Scope(name=PAGES[0], reason=say("to list the pages that you run")),
        Scope(name=PAGES[1], reason=say("the same, where your app has only this")),
        Scope(name="w_organization_social", reason=say("to publish and delete posts on your pages")),
        Scope(
            name="r_organization_social",
            reason=say("to read your pages' posts, and so find one whose answer was lost"),
        ),
        Scope(name="w_organization_social_feed", reason=say("to write the first comment as a page")),
        Scope(
            name="r_organization_social_feed",
            reason=say("to read comments, and so find a first comment whose answer was lost"),
        ),
    ),
    review=say(
        "For your own profile nothing is examined. For pages LinkedIn examines the Community Management API "
        "in two steps: the Development tier allows few calls a day and ends after twelve months, the "
        "Standard tier wants a film of your Hawker at work. Without a partner's rights a key lives sixty "
        "days: every two months you sign in here again."
    ),
    console="https://www.linkedin.com/developers/apps",
    # The newest that LinkedIn's pages showed on 2026-11-22. A version lives a year at least; of 202607 the
    # day is not named yet, and this is the earliest. The others by “LinkedIn Marketing API Versioning”.
    versions=(
        Version(name="202607", sunset=date(2027, 7, 1)),
        Version(name="202603", sunset=date(2027, 3, 16)),
        Version(name="202602", sunset=date(2027, 2, 15)),
        Version(name="202601", sunset=date(2027, 1, 15)),
    ),
)


def place(app: Mapping[str, str]) -> tuple[str, str]:
    """The addresses of the API and of the pages that people read."""
    return app.get("server") or SERVER, app.get("site") or SITE


def listed(scopes: str) -> frozenset[str]:
    """LinkedIn writes them with commas, with spaces, or one a line."""
    return frozenset(re.split(r"[\s,、，]+", scopes)) - {""}


def wanted(app: Mapping[str, str]) -> str:
    """What Hawker asks for, of what the owner's app has. Raises Refused where that is nothing."""
    has = listed(app.get(SCOPES, ""))
    asked = [scope.name for scope in APP.scopes if scope.name in has]
    if PAGES[0] in asked and PAGES[1] in asked:
        asked.remove(PAGES[1])
    if not asked:
        sentence = say(
            "Hawker does not know which scopes your app at LinkedIn has. Copy them from the Auth tab of your "
            "app into the field “OAuth 2.0 scopes”."
        )
        raise Refused(sentence, field=SCOPES)
    return " ".join(asked)
