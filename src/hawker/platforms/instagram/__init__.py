"""Instagram: professional accounts, published to through an app of their owner's at Meta."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.instagram.account import LIMITS
from hawker.platforms.instagram.budgets import BUDGETS
from hawker.platforms.instagram.developer import APP
from hawker.platforms.instagram.hears import Hears
from hawker.platforms.instagram.kinds import COVER_AT, IN_FEED, KIND, NO, POST, REEL, STORY, WITH, shapes
from hawker.platforms.instagram.publish import Publish
from hawker.platforms.instagram.sandbox import Sandbox
from hawker.platforms.instagram.sign_in import Reach, SignIn

PLATFORM = Platform(
    name="instagram",
    title="Instagram",
    colour="#c13584",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    budgets=BUDGETS,
    app=APP,
    reaches=Reach(),
    hears=Hears(),
    shapes=shapes,
    fetches=True,
    kinds=(Kind.picture, Kind.pictures, Kind.short_video, Kind.story),
    options=(
        Option(
            name=KIND,
            label=say("Kind of post"),
            choices=(
                Choice(value=POST, label=say("Post")),
                Choice(value=REEL, label=say("Reel")),
                Choice(value=STORY, label=say("Story")),
            ),
            default=POST,
            hint=say(
                "A post is one picture, or 2 to 10 pictures and videos. One video alone becomes a reel; in"
                " a reel a picture beside the video is its cover. A story is one picture or video, without"
                " text."
            ),
        ),
        Option(
            name=WITH,
            label=say("Collaborators"),
            hint=say("Up to three names of accounts, which are asked to share this post. Not for stories."),
        ),
        Option(
            name=IN_FEED,
            label=say("Show the reel in the feed, too"),
            choices=(Choice(value="", label=say("Yes")), Choice(value=NO, label=say("No"))),
        ),
        Option(
            name=COVER_AT,
            label=say("Cover of the reel, at second"),
            hint=say("Such as 2 or 4.5. A picture beside the video goes before this."),
        ),
    ),
)
