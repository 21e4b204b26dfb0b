"""LINE: messages to the friends of an official account, or to some of them by name (Messaging API)."""

from pathlib import Path

from hawker.connect.platform import Audience, Kind, Platform
from hawker.platforms.line.account import LIMITS
from hawker.platforms.line.app import APP
from hawker.platforms.line.hears import Hears
from hawker.platforms.line.message import shapes
from hawker.platforms.line.options import OPTIONS
from hawker.platforms.line.prices import prices
from hawker.platforms.line.publish import Publish
from hawker.platforms.line.quota import BUDGETS
from hawker.platforms.line.sandbox import PretendLine
from hawker.platforms.line.sign_in import SignIn

PLATFORM = Platform(
    name="line",
    title="LINE",
    colour="#06c755",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=PretendLine,
    options=OPTIONS,
    comments=False,
    budgets=BUDGETS,
    app=APP,
    hears=Hears(),
    shapes=shapes,
    prices=prices,
    fetches=True,
    audience=Audience.optional,
    kinds=(Kind.text, Kind.picture, Kind.pictures, Kind.video, Kind.message),
)
