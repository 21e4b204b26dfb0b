"""YouTube: a channel's videos and Shorts."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.youtube import options as opt
from hawker.platforms.youtube.budgets import BUDGETS
from hawker.platforms.youtube.limits import LIMITS, shapes
from hawker.platforms.youtube.publish import Publish
from hawker.platforms.youtube.sandbox import Sandbox
from hawker.platforms.youtube.sign_in import APP, SignIn

PLATFORM = Platform(
    name="youtube",
    title="YouTube",
    colour="#ff0033",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    budgets=BUDGETS,
    app=APP,
    shapes=shapes,
    kinds=(Kind.video, Kind.short_video),
    options=(
        Option(
            name=opt.KIND,
            label=say("Kind of video"),
            choices=(
                Choice(value=opt.VIDEO, label=say("Video")),
                Choice(value=opt.SHORT, label=say("Short")),
            ),
            default=opt.VIDEO,
            hint=say(
                "YouTube makes a Short of every square or upright video of up to three minutes. Choose it to "
                "have yours made square. A picture beside the video becomes its thumbnail."
            ),
        ),
        Option(
            name=opt.TITLE,
            label=say("Title"),
            hint=say("Up to 100 letters. Left empty, the first line of the text becomes the title."),
        ),
        Option(
            name=opt.KIDS,
            label=say("Made for kids?"),
            choices=(
                Choice(value="", label=say("Please choose")),
                Choice(value=opt.NO, label=say("No, not made for kids")),
                Choice(value=opt.YES, label=say("Yes, made for kids")),
            ),
            hint=say("The law wants an answer. Under videos for kids there are no comments."),
        ),
        Option(
            name=opt.PRIVACY,
            label=say("Who sees it"),
            choices=(
                Choice(value=opt.PUBLIC, label=say("Everyone")),
                Choice(value=opt.UNLISTED, label=say("Whoever has the link")),
                Choice(value=opt.PRIVATE, label=say("Only you")),
            ),
            default=opt.PUBLIC,
            hint=say("YouTube may keep a video private until it has audited your Google project."),
        ),
        Option(
            name=opt.AI,
            label=say("Made or altered with AI"),
            choices=(
                Choice(value="", label=say("No")),
                Choice(value=opt.YES, label=say("Yes, and YouTube says so")),
            ),
            hint=say("For what looks real and is not."),
        ),
        Option(name=opt.TAGS, label=say("Tags"), hint=say("With commas between them, 500 letters in all.")),
        Option(
            name=opt.CATEGORY,
            label=say("Category"),
            choices=(
                Choice(value=opt.PEOPLE, label=say("People and blogs")),
                Choice(value="1", label=say("Film and animation")),
                Choice(value="2", label=say("Cars and vehicles")),
                Choice(value="10", label=say("Music")),
                Choice(value="15", label=say("Pets and animals")),
                Choice(value="17", label=say("Sports")),
                Choice(value="19", label=say("Travel and events")),
                Choice(value="20", label=say("Gaming")),
                Choice(value="23", label=say("Comedy")),
                Choice(value="24", label=say("Entertainment")),
                Choice(value="25", label=say("News and politics")),
                Choice(value="26", label=say("How-to and style")),
                Choice(value="27", label=say("Education")),
                Choice(value="28", label=say("Science and technology")),
                Choice(value="29", label=say("Nonprofits")),
            ),
            default=opt.PEOPLE,
        ),
        Option(name=opt.PLAYLIST, label=say("Playlist"), hint=say("The name or the ID of one of yours.")),
        Option(
            name=opt.PUBLISH_AT,
            label=say("Let YouTube publish it at"),
            hint=say(
                "Such as 2026-12-01 10:00 +08:00. Hawker then only uploads it, at the time of this post. "
                "Left empty, Hawker publishes at that time."
            ),
        ),
        Option(
            name=opt.NOTIFY,
            label=say("Tell subscribers"),
            choices=(Choice(value="", label=say("Yes")), Choice(value=opt.NO, label=say("No"))),
        ),
    ),
)
