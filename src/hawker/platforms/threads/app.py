"""The app that an owner registers at Meta for Threads: what to do there, and which rights Hawker asks for."""

from hawker.connect.abilities import Field
from hawker.connect.apps import App, Scope, Version
from hawker.connect.meta import CONSOLE
from hawker.connect.text import say

# Without these nothing can be published; with the others refused, only what they are for is missing.
NEEDED = ("threads_basic", "threads_content_publish")

APP = App(
    fields=(
        Field(
            name="client_id",
            label=say("Threads app ID"),
            hint=say("Not the app ID of Meta that stands above it: Threads has one of its own."),
        ),
        Field(
            name="client_secret",
            label=say("Threads app secret"),
            kind="password",
            hint=say("Beside the Threads app ID; Meta asks for your password before it shows it."),
        ),
    ),
    steps=(
        say("At developers.facebook.com choose My Apps, Create App, and “Access the Threads API”."),
        say("Under Use cases, Access the Threads API, Customize, add the permissions that are listed here."),
        say(
            "Under Settings of this use case, enter the address shown here among the redirect callback URLs,"
            " and also as uninstall and delete callback URL."
        ),
        say("Copy the Threads app ID and the Threads app secret from there to the fields here."),
        say(
            "Under App roles, Roles, add your account as Threads tester. Then accept at Threads, under"
            " Settings, Account, Website permissions, Invites."
        ),
        say(
            "For webhooks choose Threads under Webhooks, enter the address and the verify token shown"
            " here, and subscribe to replies and mentions."
        ),
    ),
    scopes=(
        Scope(name="threads_basic", reason=say("to know the account, and to read its own posts")),
        Scope(name="threads_content_publish", reason=say("to publish posts")),
        Scope(
            name="threads_manage_replies",
            reason=say("to publish first comments and threads, and to say who may reply"),
        ),
        Scope(
            name="threads_read_replies",
            reason=say("to read replies, and so find a comment whose answer was lost"),
        ),
        Scope(name="threads_delete", reason=say("to delete posts")),
        Scope(
            name="threads_profile_discovery",
            reason=say("to quote a public post of another account by its address"),
        ),
    ),
    review=say(
        "For accounts that are testers of the app nothing is examined. For others Meta examines each"
        " permission (App Review, Advanced Access) and the business itself (Business Verification)."
    ),
    console=CONSOLE,
    # The only version there is; no end was announced (changelog, read 2026-11-22).
    versions=(Version(name="v1.0"),),
)
