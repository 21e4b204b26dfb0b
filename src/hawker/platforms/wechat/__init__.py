"""WeChat official accounts: articles and pictures on the account's page, or sent to its followers."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.wechat import wishes
from hawker.platforms.wechat.account import LIMITS
from hawker.platforms.wechat.app import APP
from hawker.platforms.wechat.budgets import BUDGETS
from hawker.platforms.wechat.hears import Hears
from hawker.platforms.wechat.publish import Publish
from hawker.platforms.wechat.sandbox import PretendWeChat
from hawker.platforms.wechat.sign_in import SignIn

PLATFORM = Platform(
    name="wechat",
    title="WeChat",
    colour="#07c160",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=PretendWeChat,
    comments=False,
    app=APP,
    hears=Hears(),
    budgets=BUDGETS,
    hand_off=say(
        "Unless it is pictures with words, sent to followers, it lies among your drafts at mp.weixin.qq.com"
        " as well, and you can publish it there."
    ),
    kinds=(Kind.picture, Kind.pictures),
    options=(
        Option(
            name=wishes.KIND,
            label=say("How it goes out"),
            choices=(
                Choice(value=wishes.ARTICLE, label=say("Article, without telling followers")),
                Choice(value=wishes.MASS, label=say("Article, sent to followers")),
                Choice(value=wishes.PICTURES, label=say("Pictures with words, without telling followers")),
                Choice(value=wishes.MESSAGE, label=say("Pictures with words, sent to followers")),
            ),
            hint=say(
                "Sending to followers uses up the account's mass sends: one a day, or four a month. Personal"
                " accounts and those not verified get drafts, which you publish by hand."
            ),
        ),
        Option(
            name=wishes.TITLE,
            label=say("Title"),
            hint=say("At most 32 characters. Leave it empty for the first line of the text."),
        ),
        Option(name=wishes.AUTHOR, label=say("Author"), hint=say("At most 16 characters.")),
        Option(
            name=wishes.DIGEST,
            label=say("Summary"),
            hint=say("At most 128 characters. Leave it empty for the beginning of the text."),
        ),
        Option(
            name=wishes.SOURCE,
            label=say("Link below the article"),
            hint=say("Where “Read more” leads. Links within the text cannot be pressed at WeChat."),
        ),
        Option(
            name=wishes.COMMENTS,
            label=say("Comments"),
            choices=(
                Choice(value="", label=say("Closed")),
                Choice(value=wishes.EVERYBODY, label=say("Open to everybody")),
                Choice(value=wishes.FOLLOWERS, label=say("Open to followers")),
            ),
        ),
        Option(
            name=wishes.TAG,
            label=say("Only to followers with this tag"),
            hint=say("The number of the tag. Leave it empty to reach all followers."),
        ),
    ),
)
