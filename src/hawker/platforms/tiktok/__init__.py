"""TikTok: videos and photos of one account, posted directly or as drafts for its inbox."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.tiktok import options as opt
from hawker.platforms.tiktok.app import APP
from hawker.platforms.tiktok.budgets import BUDGETS
from hawker.platforms.tiktok.limits import LIMITS, shapes
from hawker.platforms.tiktok.publish import Publish
from hawker.platforms.tiktok.sandbox import Sandbox
from hawker.platforms.tiktok.sign_in import SignIn

_CLOSED = (Choice(value="", label=say("No")), Choice(value=opt.YES, label=say("Yes")))

PLATFORM = Platform(
    name="tiktok",
    title="TikTok",
    colour="#fe2c55",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    comments=False,
    budgets=BUDGETS,
    app=APP,
    shapes=shapes,
    fetches=True,
    kinds=(Kind.picture, Kind.pictures, Kind.video, Kind.short_video),
    options=(
        Option(
            name=opt.PRIVACY,
            label=say("Who may see it"),
            choices=(
                Choice(value="", label=say("Please choose")),
                Choice(value=opt.EVERYONE, label=say("Everyone")),
                Choice(value=opt.FRIENDS, label=say("Friends: followers whom you follow back")),
                Choice(value=opt.FOLLOWERS, label=say("Followers")),
                Choice(value=opt.ONLY_ME, label=say("Only you")),
            ),
            hint=say(
                "TikTok wants you to choose for each post. Until it has audited your app it takes “Only you” "
                "alone, and the account must be set to private in the TikTok app before."
            ),
        ),
        Option(
            name=opt.GOAL,
            label=say("How it is posted"),
            choices=(
                Choice(value=opt.DIRECT, label=say("Directly")),
                Choice(value=opt.INBOX, label=say("As a draft in the inbox of your TikTok app")),
            ),
            default=opt.DIRECT,
            hint=say(
                "You finish a draft in the TikTok app, where you choose all that is asked here. The draft of "
                "a video comes without its text: TikTok takes none."
            ),
        ),
        Option(name=opt.COMMENTS, label=say("Allow comments"), choices=_CLOSED),
        Option(
            name=opt.DUET, label=say("Allow duets"), choices=_CLOSED, hint=say("Of videos; photos have none.")
        ),
        Option(
            name=opt.STITCH,
            label=say("Allow stitches"),
            choices=_CLOSED,
            hint=say("Of videos; photos have none."),
        ),
        Option(
            name=opt.ADVERT,
            label=say("Does it advertise something?"),
            choices=(
                Choice(value="", label=say("No")),
                Choice(value=opt.OWN, label=say("Your own brand")),
                Choice(value=opt.BRANDED, label=say("A brand that pays you")),
                Choice(value=opt.BOTH, label=say("Both")),
            ),
            hint=say(
                "TikTok then marks it “Promotional content”, or “Paid partnership” where somebody pays. What "
                "is paid for cannot be for you only."
            ),
        ),
        Option(
            name=opt.AI,
            label=say("Made or altered with AI"),
            choices=_CLOSED,
            hint=say("Of videos: TikTok then says so."),
        ),
        Option(
            name=opt.TITLE,
            label=say("Title"),
            hint=say("Of photos: up to 90 letters, above the text. May be empty."),
        ),
        Option(
            name=opt.COVER,
            label=say("Cover"),
            hint=say("Of a video: the second whose picture is shown first, such as 1.5. May be empty."),
        ),
        Option(
            name=opt.MUSIC,
            label=say("Let TikTok add music"),
            choices=_CLOSED,
            hint=say("Of photos."),
        ),
    ),
)
