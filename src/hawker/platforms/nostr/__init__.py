"""Nostr: notes signed with a key of one's own, handed to relays that anybody may run."""

from pathlib import Path

from hawker.connect.platform import Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.nostr.information import LIMITS
from hawker.platforms.nostr.note import WARNING
from hawker.platforms.nostr.publish import Publish
from hawker.platforms.nostr.sandbox import PretendNostr
from hawker.platforms.nostr.sign_in import SignIn

PLATFORM = Platform(
    name="nostr",
    title="Nostr",
    colour="#8e30eb",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=PretendNostr,
    kinds=(Kind.text, Kind.link, Kind.picture, Kind.pictures, Kind.video),
    threads=True,
    options=(
        Option(
            name=WARNING,
            label=say("Content warning"),
            hint=say("What readers see first, such as “spicy”. Leave it empty for none."),
        ),
    ),
)
