"""WhatsApp: messages to people on a list, through an app of the owner's at Meta (Cloud API)."""

from datetime import timedelta
from pathlib import Path

from hawker.connect.platform import Audience, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.whatsapp.account import LIMITS
from hawker.platforms.whatsapp.app import APP
from hawker.platforms.whatsapp.budgets import BUDGETS
from hawker.platforms.whatsapp.hears import Hears
from hawker.platforms.whatsapp.message import shapes
from hawker.platforms.whatsapp.prices import prices
from hawker.platforms.whatsapp.publish import Publish
from hawker.platforms.whatsapp.sandbox import Sandbox
from hawker.platforms.whatsapp.sign_in import Reach, SignIn
from hawker.platforms.whatsapp.values import BUTTON, HEADER, LANGUAGE, PARAMETERS, TEMPLATE

PLATFORM = Platform(
    name="whatsapp",
    title="WhatsApp",
    colour="#25d366",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    comments=False,
    app=APP,
    reaches=Reach(),
    hears=Hears(),
    budgets=BUDGETS,
    shapes=shapes,
    prices=prices,
    audience=Audience.always,
    window=timedelta(hours=24),
    kinds=(Kind.message, Kind.text, Kind.picture, Kind.video),
    options=(
        Option(
            name=TEMPLATE,
            label=say("Template"),
            hint=say(
                "The name of an approved template. Without one the text goes only to people who wrote to you"
                " within 24 hours. With one the text goes out only where you write {text} among the values."
            ),
        ),
        Option(
            name=LANGUAGE,
            label=say("Language of the template"),
            hint=say("As in zh_TW. Leave it empty for that of the post."),
        ),
        Option(
            name=PARAMETERS,
            label=say("Values for the template"),
            hint=say(
                "One for each place in its text, with | between them. {name} is the person's name,"
                " {name:friend} says what stands there where it is not known."
            ),
        ),
        Option(
            name=HEADER,
            label=say("Value for the template's heading"),
            hint=say("Where its heading has a place. A picture or video of the post goes there by itself."),
        ),
        Option(
            name=BUTTON,
            label=say("Values for the template's buttons"),
            hint=say("The end of an address, or a code to copy, with | between them."),
        ),
    ),
)
