"""Google Business Profile: the posts of a shop beside its entry in Google's search and maps."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.google_business import options as opt
from hawker.platforms.google_business.app import APP
from hawker.platforms.google_business.budgets import BUDGETS
from hawker.platforms.google_business.limits import LIMITS
from hawker.platforms.google_business.publish import Publish
from hawker.platforms.google_business.sandbox import Sandbox
from hawker.platforms.google_business.sign_in import Reach, SignIn

PLATFORM = Platform(
    name="google_business",
    title="Google Business",
    colour="#1a73e8",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    comments=False,
    budgets=BUDGETS,
    app=APP,
    reaches=Reach(),
    fetches=True,
    kinds=(Kind.text, Kind.link, Kind.picture, Kind.event, Kind.offer),
    options=(
        Option(
            name=opt.KIND,
            label=say("Kind of post"),
            choices=(
                Choice(value=opt.UPDATE, label=say("Update")),
                Choice(value=opt.EVENT, label=say("Event")),
                Choice(value=opt.OFFER, label=say("Offer")),
            ),
            default=opt.UPDATE,
        ),
        Option(name=opt.TITLE, label=say("Title"), hint=say("Of an event or an offer; 58 letters at most.")),
        Option(
            name=opt.START,
            label=say("Begins"),
            hint=say("Of an event or an offer, as the clocks go at your place: 2026-12-01 09:00."),
        ),
        Option(name=opt.END, label=say("Ends"), hint=say("A day, or a day and a time: 2026-12-05 18:00.")),
        Option(name=opt.COUPON, label=say("Coupon code"), hint=say("Of an offer; may be empty.")),
        Option(name=opt.REDEEM, label=say("Link to redeem"), hint=say("Of an offer; may be empty.")),
        Option(name=opt.TERMS, label=say("Terms"), hint=say("Of an offer; may be empty.")),
        Option(
            name=opt.BUTTON,
            label=say("Button"),
            choices=(
                Choice(value="", label=say("None")),
                Choice(value=opt.BOOK, label=say("Book")),
                Choice(value=opt.ORDER, label=say("Order online")),
                Choice(value=opt.SHOP, label=say("Buy")),
                Choice(value=opt.LEARN_MORE, label=say("Learn more")),
                Choice(value=opt.SIGN_UP, label=say("Sign up")),
                Choice(value=opt.CALL, label=say("Call")),
            ),
            hint=say("Of an update or an event. “Call” uses the number of your profile."),
        ),
        Option(
            name=opt.LINK,
            label=say("Link of the button"),
            hint=say("Links in the text cannot be clicked at Google; the button can."),
        ),
    ),
)
