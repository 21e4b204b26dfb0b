"""LinkedIn: pages and members' own profiles, through an app of the owner's."""

from pathlib import Path

from hawker.connect.platform import Kind, Platform
from hawker.platforms.linkedin.account import LIMITS
from hawker.platforms.linkedin.app import APP
from hawker.platforms.linkedin.budgets import BUDGETS
from hawker.platforms.linkedin.options import OPTIONS
from hawker.platforms.linkedin.publish import Publish
from hawker.platforms.linkedin.sandbox import Sandbox
from hawker.platforms.linkedin.shapes import shapes
from hawker.platforms.linkedin.sign_in import Reach, SignIn, is_renewed

PLATFORM = Platform(
    name="linkedin",
    title="LinkedIn",
    colour="#0a66c2",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    app=APP,
    budgets=BUDGETS,
    reaches=Reach(),
    renews=is_renewed,
    shapes=shapes,
    options=OPTIONS,
    kinds=(
        Kind.text,
        Kind.link,
        Kind.picture,
        Kind.pictures,
        Kind.video,
        Kind.poll,
        Kind.document,
        Kind.comment,
    ),
)
