"""A personal profile: any page that a person keeps herself at a network that lets no program post to it."""

from pathlib import Path

from hawker.connect.platform import Kind, Platform
from hawker.platforms.profile.page import LIMITS
from hawker.platforms.profile.publish import Publish
from hawker.platforms.profile.sandbox import PretendProfile
from hawker.platforms.profile.sign_in import SIGN_IN

PLATFORM = Platform(
    name="profile",
    title="個人檔案 Personal profile",
    colour="#4b5b6b",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SIGN_IN,
    publishes=Publish(),
    pretend=PretendProfile,
    kinds=(Kind.text, Kind.link, Kind.picture, Kind.pictures, Kind.video),
)
