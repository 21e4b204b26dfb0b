"""Xiaohongshu (小紅書): notes that their owner posts herself, as the network lets no program do so."""

from pathlib import Path

from hawker.connect.platform import Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.xiaohongshu.note import LIMITS, TITLE, TITLE_LENGTH, shapes
from hawker.platforms.xiaohongshu.publish import Publish
from hawker.platforms.xiaohongshu.sandbox import PretendXiaohongshu
from hawker.platforms.xiaohongshu.sign_in import SIGN_IN

PLATFORM = Platform(
    name="xiaohongshu",
    title="小紅書 Xiaohongshu",
    colour="#ff2442",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SIGN_IN,
    publishes=Publish(),
    pretend=PretendXiaohongshu,
    options=(
        Option(
            name=TITLE,
            label=say("Title"),
            hint=say("At most %(most)s characters. It stands under the first picture.", most=TITLE_LENGTH),
        ),
    ),
    shapes=shapes,
    kinds=(Kind.picture, Kind.pictures, Kind.video),
)
