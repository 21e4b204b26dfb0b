"""What Google will refuse of a draft, beyond the limits that all networks share."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from hawker.connect.length import URL
from hawker.connect.text import Sentence, say
from hawker.connect.values import Draft, Limits, Media, Problem
from hawker.platforms.google_business import options as opt
from hawker.platforms.google_business.body import UNREADABLE
from hawker.platforms.google_business.options import Moment, given, kind_of, moment
from hawker.platforms.google_business.refusals import PHONE

# My Business API, accounts.locations.media: 250 pixels on the short edge, 10240 bytes (2026-11).
LEAST_SIDE, LEAST_BYTES = 250, 10_240
# Third parties all have it; no page of Google's says it.
TITLE = 58
# With a country's number or a leading zero, or as Americans write it; in addresses there may be any numbers.
_PHONE = re.compile(
    r"(?<![\w/=.#-])(?:\+\d[\d\s().-]{6,16}\d|\(?0\d{1,4}\)?[\s.-]?\d{3,4}[\s.-]?\d{3,4}"
    r"|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4})(?![\w-])"
)


def problems(draft: Draft, limits: Limits) -> Iterator[Problem]:
    if _PHONE.search(URL.sub(" ", unicodedata.normalize("NFKC", draft.text))):
        yield Problem(field="text", sentence=PHONE().sentence)
    yield from _of_media(draft.media, limits)
    kind = kind_of(draft.options)
    if kind not in opt.KINDS:
        yield Problem(field=opt.KIND, sentence=say("Choose one of those offered."))
        return
    yield from _of_strays(kind, draft.options)
    if kind != opt.UPDATE:
        yield from _of_title(draft.options)
        yield from _of_times(draft.options)
    yield from _of_links(kind, draft.options)


def _of_media(media: tuple[Media, ...], limits: Limits) -> Iterator[Problem]:
    if any(_is_small(medium, limits) for medium in media if not medium.is_video):
        sentence = say(
            "This picture is too small for Google: it wants 250 pixels or more on each side, and a file of "
            "10 kilobytes or more. Take a larger one."
        )
        yield Problem(field="media", sentence=sentence)


def _is_small(picture: Media, limits: Limits) -> bool:
    """How many bytes a picture of another type will have is not known before it is made into one of these."""
    stays = picture.content_type in limits.image_types
    return min(picture.width, picture.height) < LEAST_SIDE or (stays and picture.size < LEAST_BYTES)


def _of_strays(kind: str, options: Mapping[str, str]) -> Iterator[Problem]:
    """What this kind of post would drop in silence."""
    if kind == opt.UPDATE:
        sentence = say("Only an event or an offer has this. Choose that as kind of post, or empty the field.")
        yield from _strays(options, sentence, opt.TITLE, opt.START, opt.END)
    if kind == opt.OFFER:
        sentence = say("Google shows no button with an offer, but the link to redeem it. Use that instead.")
        yield from _strays(options, sentence, opt.BUTTON, opt.LINK)
    else:
        sentence = say("Only an offer has this. Choose that as kind of post, or empty the field.")
        yield from _strays(options, sentence, opt.COUPON, opt.REDEEM, opt.TERMS)


def _strays(options: Mapping[str, str], sentence: Sentence, *names: str) -> Iterator[Problem]:
    return (Problem(field=name, sentence=sentence) for name in names if given(options, name))


def _of_title(options: Mapping[str, str]) -> Iterator[Problem]:
    title = given(options, opt.TITLE)
    if not title:
        yield Problem(field=opt.TITLE, sentence=say("Give the event or the offer a title."))
    if len(title) > TITLE:
        sentence = say("A title at Google has at most 58 letters. Shorten it.")
        yield Problem(field=opt.TITLE, sentence=sentence)


def _of_times(options: Mapping[str, str]) -> Iterator[Problem]:
    start, end = (moment(given(options, name)) for name in (opt.START, opt.END))
    for name, read in ((opt.START, start), (opt.END, end)):
        if read is None:
            yield Problem(field=name, sentence=UNREADABLE)
    if start and end:
        yield from _of_order(start, end)


def _of_order(start: Moment, end: Moment) -> Iterator[Problem]:
    if (start.at is None) != (end.at is None):
        sentence = say("Give a time of day for the beginning and the end, or for neither.")
        yield Problem(field=opt.END if end.at is None else opt.START, sentence=sentence)
    elif (start.day, start.at or time.min) > (end.day, end.at or time.max):
        yield Problem(field=opt.END, sentence=say("It ends before it begins. Change one of the two."))
    # Nowhere on earth is it still the day before yesterday.
    if end.day < (datetime.now(UTC) - timedelta(days=1)).date():
        yield Problem(field=opt.END, sentence=say("This is over already. Give a day to come."))


def _of_links(kind: str, options: Mapping[str, str]) -> Iterator[Problem]:
    button, link = given(options, opt.BUTTON), given(options, opt.LINK)
    if button and button not in opt.BUTTONS:
        yield Problem(field=opt.BUTTON, sentence=say("Choose one of those offered."))
    if kind != opt.OFFER and button == opt.CALL and link:
        sentence = say("The button “Call” has no link: it uses the number of your profile. Empty the field.")
        yield Problem(field=opt.LINK, sentence=sentence)
    elif kind != opt.OFFER and bool(button) != bool(link) and button != opt.CALL:
        sentence = say("A button needs a link, and a link a button. Give both, or neither.")
        yield Problem(field=opt.BUTTON if link else opt.LINK, sentence=sentence)
    for name in (opt.LINK, opt.REDEEM):
        typed = given(options, name)
        if typed and not _is_address(typed):
            sentence = say("This is no web address. Write it with https:// in front.")
            yield Problem(field=name, sentence=sentence)


def _is_address(typed: str) -> bool:
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and " " not in typed
