"""Facebook Pages: posts, pictures, videos, reels and stories, through an app of the owner's at Meta."""

from pathlib import Path

from hawker.connect.meta_hooks import MetaHears
from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.facebook.account import LIMITS
from hawker.platforms.facebook.app import APP
from hawker.platforms.facebook.budgets import BUDGETS
from hawker.platforms.facebook.kinds import AI, KIND, LINK, POST, REEL, STORY, TITLE, YES, shapes
from hawker.platforms.facebook.publish import Publish
from hawker.platforms.facebook.sandbox import Sandbox
from hawker.platforms.facebook.sign_in import Reach, SignIn

PLATFORM = Platform(
    name="facebook",
    title="Facebook",
    colour="#0866ff",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    app=APP,
    reaches=Reach(),
    hears=MetaHears(),
    budgets=BUDGETS,
    shapes=shapes,
    kinds=(
        Kind.text,
        Kind.link,
        Kind.picture,
        Kind.pictures,
        Kind.video,
        Kind.short_video,
        Kind.story,
        Kind.comment,
    ),
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
                "A reel is one upright video of 3 to 90 seconds. A story is one picture or one video of at"
                " most 60 seconds, without text. A picture beside a video is its cover."
            ),
        ),
        Option(
            name=LINK,
            label=say("Link"),
            hint=say("Shown as a card below the text; for posts without pictures and videos."),
        ),
        Option(name=TITLE, label=say("Title of the video")),
        Option(
            name=AI,
            label=say("Video made with AI"),
            choices=(
                Choice(value="", label=say("No")),
                Choice(value=YES, label=say("Yes, and Facebook says so")),
            ),
        ),
    ),
)
