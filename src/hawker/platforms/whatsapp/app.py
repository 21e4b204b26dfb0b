"""The app that an owner registers at Meta: what to do there, and which rights Hawker asks for."""

from hawker.connect.abilities import Field
from hawker.connect.apps import App, Scope
from hawker.connect.meta import CONSOLE
from hawker.connect.meta_app import COPY, FIELDS, VERSIONS
from hawker.connect.text import say

CONFIG = "config_id"
MESSAGES, MANAGEMENT, BUSINESSES = (
    "whatsapp_business_messaging",
    "whatsapp_business_management",
    "business_management",
)
# Without these nothing can be sent, or no number be found.
NEEDED = (MESSAGES, MANAGEMENT)

APP = App(
    fields=(
        *FIELDS,
        Field(
            name=CONFIG,
            label=say("Configuration ID"),
            required=False,
            hint=say(
                "Only for signing in at Meta, where your app uses Facebook Login for Business: the ID of the"
                " configuration that you made there."
            ),
        ),
    ),
    steps=(
        say(
            "At developers.facebook.com choose My Apps, Create App, and “Connect with customers on WhatsApp”."
        ),
        say(
            "Under WhatsApp, API setup, add your phone number and confirm it. A number that is used in the"
            " WhatsApp app must be taken out of it first. Meta's test number writes to five people only."
        ),
        COPY,
        say(
            "Under WhatsApp, Configuration, enter the webhook address and the verify token shown here, and"
            " subscribe to messages and user_preferences. Hawker then subscribes the app to your WhatsApp"
            " Business account by itself when a number is connected."
        ),
        say(
            "In Meta Business Suite, Settings, System users, make a system user, give it your app and your"
            " WhatsApp Business account, and generate a token without end, with the permissions listed here."
        ),
        say(
            "In WhatsApp Manager verify your business and add a way to pay: without them Meta delivers only"
            " few messages, and no marketing. Write your templates there and wait until they are approved."
        ),
        say(
            "To sign in at Meta instead of pasting a token, enter the return address shown here under"
            " Facebook Login for Business, Settings, among the valid OAuth redirect URIs."
        ),
    ),
    scopes=(
        Scope(name=MESSAGES, reason=say("to send messages and upload their pictures and videos")),
        Scope(
            name=MANAGEMENT,
            reason=say("to list your numbers and templates, and to be told what became of messages"),
        ),
        Scope(
            name=BUSINESSES,
            reason=say("to find WhatsApp Business accounts that belong to a business portfolio"),
        ),
    ),
    review=say(
        "For numbers of your own nothing is examined but the business itself (Business Verification). For"
        " numbers of others Meta examines the permissions (App Review, Advanced Access)."
    ),
    console=CONSOLE,
    versions=VERSIONS,
)
