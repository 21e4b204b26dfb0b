"""Telegram: a channel, written to by a bot of its owner's."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.telegram.budgets import BUDGETS
from hawker.platforms.telegram.channel import LIMITS
from hawker.platforms.telegram.message import ADDRESS, BUTTON, LARGE, NONE, PREVIEW, SILENT, SOUND
from hawker.platforms.telegram.poll import RULES, TIMES
from hawker.platforms.telegram.publish import Publish
from hawker.platforms.telegram.sandbox import PretendTelegram
from hawker.platforms.telegram.shapes import shapes
from hawker.platforms.telegram.sign_in import SignIn

PLATFORM = Platform(
    name="telegram",
    title="Telegram",
    colour="#26a5e4",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=PretendTelegram,
    budgets=BUDGETS,
    shapes=shapes,
    kinds=(Kind.text, Kind.link, Kind.picture, Kind.pictures, Kind.video, Kind.poll),
    options=(
        Option(
            name=SOUND,
            label=say("How subscribers are told"),
            choices=(
                Choice(value="", label=say("With a sound")),
                Choice(value=SILENT, label=say("Without a sound")),
            ),
        ),
        Option(
            name=PREVIEW,
            label=say("Preview of the first link"),
            choices=(
                Choice(value="", label=say("As Telegram chooses")),
                Choice(value=LARGE, label=say("With a large picture")),
                Choice(value=NONE, label=say("None")),
            ),
            hint=say("A post with pictures of its own has none."),
        ),
        Option(
            name=BUTTON,
            label=say("Button below the post"),
            hint=say("What it says, such as “Order now”. Leave it empty for none."),
        ),
        Option(
            name=ADDRESS,
            label=say("Where the button leads"),
            hint=say("A web address that begins with https://."),
        ),
        *RULES.options(TIMES),
    ),
)
