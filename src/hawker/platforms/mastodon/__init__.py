"""Mastodon, and every server that speaks its API: all that a person must know of it."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.mastodon.budgets import BUDGETS
from hawker.platforms.mastodon.instance import LIMITS
from hawker.platforms.mastodon.publish import Publish
from hawker.platforms.mastodon.sandbox import Sandbox
from hawker.platforms.mastodon.shapes import shapes
from hawker.platforms.mastodon.sign_in import SignIn

PLATFORM = Platform(
    name="mastodon",
    title="Mastodon",
    colour="#6364ff",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    threads=True,
    budgets=BUDGETS,
    shapes=shapes,
    kinds=(Kind.text, Kind.link, Kind.picture, Kind.pictures, Kind.video),
    options=(
        Option(
            name="visibility",
            label=say("Who may see it"),
            choices=(
                Choice(value="public", label=say("Everyone")),
                Choice(value="unlisted", label=say("Everyone, but not in public timelines")),
                Choice(value="private", label=say("Followers only")),
                Choice(value="direct", label=say("Only people it mentions")),
            ),
            default="public",
        ),
        Option(
            name="content_warning",
            label=say("Content warning"),
            hint=say("Shown in place of the post until the reader opens it. Leave it empty for none."),
        ),
    ),
)
