"""Pinterest: Pins with pictures or a video on the boards of one account."""

from pathlib import Path

from hawker.connect.platform import Kind, Platform
from hawker.platforms.pinterest.app import APP
from hawker.platforms.pinterest.budgets import BUDGETS
from hawker.platforms.pinterest.limits import LIMITS, shapes
from hawker.platforms.pinterest.options import OPTIONS
from hawker.platforms.pinterest.publish import Publish
from hawker.platforms.pinterest.sandbox import Sandbox
from hawker.platforms.pinterest.sign_in import SignIn

PLATFORM = Platform(
    name="pinterest",
    title="Pinterest",
    colour="#bd081c",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    comments=False,
    budgets=BUDGETS,
    app=APP,
    shapes=shapes,
    options=OPTIONS,
    kinds=(Kind.link, Kind.picture, Kind.pictures, Kind.video),
)
