"""The app that an owner registers at Meta: what to do there, and which rights Hawker asks for."""

from hawker.connect.abilities import Field
from hawker.connect.apps import App, Scope
from hawker.connect.meta import CONSOLE
from hawker.connect.meta_app import ADD, COPY, FIELDS, VERSIONS
from hawker.connect.text import say

CLIENT_ID, CLIENT_SECRET = "instagram_id", "instagram_secret"
# Without these nothing can be published or looked for.
NEEDED = ("instagram_basic", "instagram_content_publish", "pages_show_list", "pages_read_engagement")

# For signing in through a page.
SCOPES = (
    Scope(name="pages_show_list", reason=say("to list the pages that your accounts are linked to")),
    Scope(name="pages_read_engagement", reason=say("Instagram asks for it wherever a page stands between")),
    Scope(
        name="instagram_basic",
        reason=say("to read the account's name and its own posts, and so find one whose answer was lost"),
    ),
    Scope(name="instagram_content_publish", reason=say("to publish pictures, reels and stories")),
    Scope(name="instagram_manage_comments", reason=say("to write the first comment, and to find it again")),
    Scope(name="pages_manage_metadata", reason=say("to be told by webhook of comments and mentions")),
    Scope(name="business_management", reason=say("to list pages that belong to a business portfolio")),
)
# For signing in at Instagram itself.
OWN_SCOPES = (
    Scope(name="instagram_business_basic", reason=SCOPES[2].reason),
    Scope(name="instagram_business_content_publish", reason=SCOPES[3].reason),
    Scope(name="instagram_business_manage_comments", reason=SCOPES[4].reason),
)

APP = App(
    fields=(
        *FIELDS,
        Field(
            name=CLIENT_ID,
            label=say("Instagram app ID"),
            required=False,
            hint=say(
                "Only for signing in at Instagram: under Instagram, API setup with Instagram login. It is"
                " another one than the app ID."
            ),
        ),
        Field(
            name=CLIENT_SECRET,
            label=say("Instagram app secret"),
            kind="password",
            required=False,
            hint=say("Beside the Instagram app ID."),
        ),
    ),
    steps=(
        say(
            "In the Instagram app make your account a professional one (Settings, Account type and tools),"
            " and link it to your Facebook page."
        ),
        say(
            "At developers.facebook.com choose My Apps, Create App, and the use case “Manage messaging and"
            " content on Instagram”."
        ),
        say(
            "Under Facebook Login for Business, Settings, enter the address shown here among the valid OAuth"
            " redirect URIs."
        ),
        COPY,
        ADD,
        say(
            "Only for accounts without a page: under API setup with Instagram login, Set up Instagram"
            " business login, enter the same address, and copy the Instagram app ID and secret. The"
            " permissions that begin with instagram_business are for these accounts."
        ),
        say(
            "For webhooks choose Instagram under Webhooks, enter the address and the verify token shown here,"
            " and subscribe to comments and mentions."
        ),
        say(
            "Switch the app to Live. Pictures are fetched by Instagram: the Hawker that publishes them"
            " needs a public address with https."
        ),
    ),
    scopes=(*SCOPES, *OWN_SCOPES),
    review=say(
        "For accounts of your own, on which you have a role in the app, nothing is examined. For accounts"
        " of others Meta examines each permission (App Review, Advanced Access) and the business itself"
        " (Business Verification). A permission that nobody used for 90 days must be granted again."
    ),
    console=CONSOLE,
    versions=VERSIONS,
)
