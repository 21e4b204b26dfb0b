"""X, once Twitter: an account, written to through an app of its owner's."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.polls import POLL
from hawker.connect.text import say
from hawker.platforms.x.account import LIMITS
from hawker.platforms.x.app import APP
from hawker.platforms.x.body import AI, PAID, POLL_TIME, REPLIES, TIMES, YES
from hawker.platforms.x.budgets import BUDGETS
from hawker.platforms.x.prices import prices
from hawker.platforms.x.publish import Publish
from hawker.platforms.x.sandbox import Sandbox
from hawker.platforms.x.shapes import shapes
from hawker.platforms.x.sign_in import SignIn

PLATFORM = Platform(
    name="x",
    title="X",
    colour="#0f1419",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    threads=True,
    app=APP,
    budgets=BUDGETS,
    shapes=shapes,
    prices=prices,
    kinds=(Kind.text, Kind.link, Kind.picture, Kind.pictures, Kind.video, Kind.poll),
    options=(
        Option(
            name=REPLIES,
            label=say("Who may reply"),
            choices=(
                Choice(value="", label=say("Everyone")),
                Choice(value="following", label=say("Accounts you follow")),
                Choice(value="mentionedUsers", label=say("Only accounts it mentions")),
                Choice(value="verified", label=say("Verified accounts")),
                Choice(value="subscribers", label=say("Your subscribers")),
            ),
        ),
        Option(
            name=AI,
            label=say("Pictures made with AI"),
            choices=(Choice(value="", label=say("No")), Choice(value=YES, label=say("Yes, and X says so"))),
        ),
        Option(
            name=PAID,
            label=say("Paid partnership"),
            choices=(Choice(value="", label=say("No")), Choice(value=YES, label=say("Yes, and X says so"))),
        ),
        Option(
            name=POLL,
            label=say("Poll"),
            hint=say("Two to four answers with strokes between them: tea / coffee. Leave it empty for none."),
        ),
        Option(
            name=POLL_TIME,
            label=say("How long the poll is open"),
            choices=(
                Choice(value=TIMES[0], label=say("One day")),
                Choice(value=TIMES[1], label=say("Three days")),
                Choice(value=TIMES[2], label=say("Seven days")),
            ),
            default=TIMES[0],
        ),
    ),
)
