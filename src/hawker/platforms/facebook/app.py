"""The app that an owner registers at Meta: what to do there, and which rights Hawker asks for."""

from hawker.connect.apps import App, Scope
from hawker.connect.meta import CONSOLE
from hawker.connect.meta_app import ADD, COPY, FIELDS, VERSIONS
from hawker.connect.text import say

# Without these nothing can be published or looked for; with the others refused, only what they are for is
# missing.
NEEDED = ("pages_show_list", "pages_read_engagement", "pages_manage_posts")

APP = App(
    fields=FIELDS,
    steps=(
        say("At developers.facebook.com choose My Apps, Create App, and “Manage everything on your Page”."),
        say(
            "Under Facebook Login for Business, Settings, enter the address shown here among the valid OAuth"
            " redirect URIs."
        ),
        COPY,
        ADD,
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
    console=CONSOLE,
    versions=VERSIONS,
)
