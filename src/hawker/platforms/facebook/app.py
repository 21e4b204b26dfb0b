"""The app that an owner registers at Meta: what to do there, and which rights Hawker asks for."""

from datetime import date

from hawker.connect.abilities import Field
from hawker.connect.apps import App, Scope, Version
from hawker.connect.text import say

# Without these nothing can be published or looked for; with the others refused, only what they are for is
# missing.
NEEDED = ("pages_show_list", "pages_read_engagement", "pages_manage_posts")

APP = App(
    fields=(
        Field(
            name="client_id",
            label=say("App ID"),
            hint=say("In Meta's developer pages, under App settings, Basic."),
        ),
        Field(
            name="client_secret",
            label=say("App secret"),
            kind="password",
            hint=say("Beside the app ID; Meta asks for your password before it shows it."),
        ),
    ),
    steps=(
        say("At developers.facebook.com choose My Apps, Create App, and “Manage everything on your Page”."),
        say(
            "Under Facebook Login for Business, Settings, enter the address shown here among the valid OAuth"
            " redirect URIs."
        ),
        say("Under App settings, Basic, copy the app ID and the app secret to the fields here."),
        say("Add the permissions that are listed here under Use cases, Customize."),
        say(
            "For webhooks choose Page under Webhooks, enter the address and the verify token shown here, and"
            " subscribe to feed and mention."
        ),
        say(
            "Switch the app to Live. As long as it is in development, only people with a role in the app see"
            " what it publishes."
        ),
    ),
    scopes=(
        Scope(name="pages_show_list", reason=say("to list the pages that you can choose from")),
        Scope(
            name="pages_read_engagement",
            reason=say("to read the page's own posts, and so find one whose answer was lost"),
        ),
        Scope(
            name="pages_manage_posts", reason=say("to publish and delete posts, videos, reels and stories")
        ),
        Scope(name="pages_manage_engagement", reason=say("to write the first comment below a post")),
        Scope(
            name="pages_read_user_content",
            reason=say("to read comments, and so find a first comment whose answer was lost"),
        ),
        Scope(name="pages_manage_metadata", reason=say("to be told by webhook what happens on the page")),
        Scope(name="business_management", reason=say("to list pages that belong to a business portfolio")),
    ),
    review=say(
        "For pages of your own, on which you have a role in the app, nothing is examined. For pages of others"
        " Meta examines each permission (App Review, Advanced Access) and the business itself (Business"
        " Verification). A permission that nobody used for 90 days must be granted again."
    ),
    console="https://developers.facebook.com/apps/",
    # Graph API changelog, read 2026-11-22; v20.0 went on 2026-09-24.
    versions=(
        Version(name="v26.0"),
        Version(name="v25.0", sunset=date(2028, 7, 29)),
        Version(name="v24.0", sunset=date(2028, 2, 18)),
        Version(name="v23.0", sunset=date(2027, 10, 8)),
        Version(name="v22.0", sunset=date(2027, 5, 20)),
        Version(name="v21.0", sunset=date(2027, 1, 21)),
    ),
)
