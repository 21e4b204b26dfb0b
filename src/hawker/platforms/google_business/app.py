"""The owner's own app at Google, which must be let in to Business Profile first."""

from hawker.connect import google
from hawker.connect.apps import App, Scope, Version
from hawker.connect.text import say

SCOPES = (
    Scope(
        name="https://www.googleapis.com/auth/business.manage",
        reason=say("To list your places, publish their posts, find a post again, and delete it."),
    ),
)
_ACCESS = say(
    "Ask Google to let this project in: on its Business Profile APIs pages (“Prerequisites”) open the form, "
    "choose “Application for Basic API Access”, and give the project's number. It takes days. Until then "
    "Google allows no calls at all: under “Quotas” it says 0 a minute, afterwards 300."
)
_FIRST, *_REST = google.steps(
    "“My Business Account Management API”, “My Business Business Information API”, “Google My Business API”"
)
APP = App(
    fields=google.FIELDS,
    steps=(_FIRST, _ACCESS, *_REST),
    scopes=SCOPES,
    review=say(
        "Google examines the project before it allows any call. The profile that you name in the form must "
        "be verified for 60 days or more, and have a website. Google also wants to examine an app before "
        "strangers use it; your own account may pass its warning by “Advanced”."
    ),
    console=google.CONSOLE,
    # Posts have stayed in the fourth edition; Google has named no end of it (2026-11).
    versions=(Version(name="v4"),),
)
