"""The channel that an owner opens at LINE for each of her official accounts: what to do there."""

import re

from hawker.connect.abilities import Field
from hawker.connect.apps import App
from hawker.connect.text import say

SECRETS = "channel_secrets"

APP = App(
    fields=(
        Field(
            name=SECRETS,
            label=say("Channel secret"),
            kind="password",
            hint=say(
                "Under Basic settings. Of several official accounts enter all secrets, with spaces between:"
                " LINE signs with them what it tells Hawker."
            ),
        ),
    ),
    steps=(
        say(
            "In LINE Official Account Manager (manager.line.biz) choose your account, then Settings,"
            " Messaging API, Enable Messaging API, and a provider. This costs nothing; sending is paid by"
            " your plan."
        ),
        say(
            "In the LINE Developers Console (developers.line.biz) open this provider and the channel of your"
            " account. Copy the channel secret from Basic settings."
        ),
        say(
            "Under Messaging API, Webhook settings, enter the webhook address shown here, press Verify, and"
            " switch on Use webhook. Hawker has no use for a verify token here."
        ),
        say(
            "Under Messaging API, Channel access token, press Issue. This long-lived token is what you"
            " connect a channel with."
        ),
        say(
            "LINE fetches pictures and videos from Hawker: it must be reachable from the internet under an"
            " address that begins with https://."
        ),
    ),
    scopes=(),
    review=say(
        "Nothing is examined. Audiences, and choosing by gender, age or place, work as your plan and the"
        " number of your friends allow."
    ),
    console="https://developers.line.biz/console/",
)


def secrets_of(typed: str) -> list[str]:
    return [secret for secret in re.split(r"[\s,;，、；]+", typed) if secret]
