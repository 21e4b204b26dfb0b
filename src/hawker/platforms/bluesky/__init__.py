"""Bluesky, and every other server of the AT Protocol."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.bluesky.budgets import BUDGETS
from hawker.platforms.bluesky.limits import LIMITS
from hawker.platforms.bluesky.publish import Publish
from hawker.platforms.bluesky.record import AUDIENCE, SIGNED_IN
from hawker.platforms.bluesky.sandbox import PretendBluesky
from hawker.platforms.bluesky.sign_in import SignIn

PLATFORM = Platform(
    name="bluesky",
    title="Bluesky",
    colour="#0085ff",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=PretendBluesky,
    threads=True,
    budgets=BUDGETS,
    kinds=(Kind.text, Kind.link, Kind.picture, Kind.pictures),
    options=(
        Option(
            name=AUDIENCE,
            label=say("Who can read it"),
            choices=(
                Choice(value="", label=say("Everyone")),
                Choice(value=SIGNED_IN, label=say("Only people who are signed in")),
            ),
            hint=say("Bluesky hides the post from other visitors. Other programs may still show it."),
        ),
    ),
)
