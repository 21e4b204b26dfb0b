"""Who is told what, in which words, and what becomes of a letter. Values in, a decision out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from hawker.connect.text import Sentence, say
from hawker.core.channels.rules import MEND_ENDING
from hawker.core.people.rules import RIGHTS, Right, Role

BUNDLE = timedelta(minutes=1)
KEPT = timedelta(days=90)
WEEK = timedelta(days=7)
WEEK_TOLD_WITHIN = timedelta(days=2)
GIVE_UP_AFTER = timedelta(days=2)
LOST_AFTER = timedelta(minutes=5)
BACK_OFF = (60, 300, 900, 3600)


class Kind(StrEnum):
    failed = "failed"  # the network refused a post
    handed = "handed"  # a post is due, and its owner is to post it herself
    asked = "asked"  # only its owner can say whether a post is there
    late = "late"  # a post missed its time
    signed_out = "signed_out"  # a channel needs its owner to sign in again
    key_ends = "key_ends"  # a channel's key ends soon, and only its owner can get another
    sunset = "sunset"  # a network ends the edition of its API that Hawker speaks
    week = "week"  # how last week went


OF_POSTS = frozenset({Kind.failed, Kind.handed, Kind.asked, Kind.late})

NEEDED: dict[Kind, Right] = {
    Kind.failed: Right.publish_posts,
    Kind.handed: Right.publish_posts,
    Kind.asked: Right.publish_posts,
    Kind.late: Right.publish_posts,
    Kind.signed_out: Right.manage_channels,
    Kind.key_ends: Right.manage_channels,
    Kind.sunset: Right.manage_channels,
    Kind.week: Right.read,
}

KIND_NAMES: dict[Kind, Sentence] = {
    Kind.failed: say("A post was not published"),
    Kind.handed: say("It is time for a post that you post yourself"),
    Kind.asked: say("Only you can say whether a post is there"),
    Kind.late: say("A post missed its time"),
    Kind.signed_out: say("A channel needs its sign-in again"),
    Kind.key_ends: say("The sign-in of a channel is about to end"),
    Kind.sunset: say("A network ends a version of its API"),
    Kind.week: say("How last week went, on Monday at 9 in the morning"),
}

ADVICE: dict[Kind, Sentence] = {
    Kind.failed: say("Open the post, change what is wrong, and publish it again."),
    Kind.handed: say(
        "Open it on your phone: copy the text, save the pictures, post it, then say so to Hawker."
    ),
    Kind.asked: say("Look on the channel whether the post is there, then tell Hawker what you saw."),
    Kind.late: say("Open the post: publish it now, give it another time, or cancel it."),
    Kind.signed_out: say("Sign in to the channel again. Its posts wait until then; none is lost."),
    Kind.key_ends: say(
        "Sign in to the channel again before that day, and nothing stops. Otherwise its posts wait until you "
        "do; none is lost."
    ),
    Kind.sunset: MEND_ENDING,
}


class LetterState(StrEnum):
    waiting = "waiting"
    sending = "sending"  # the intent is committed; the mail server may have it
    sent = "sent"
    dropped = "dropped"  # what it tells was settled, or is nobody's business any more
    failed = "failed"  # the mail server refused it, or did not answer for two days
    lost = "lost"  # nobody knows whether the mail server took it: it is not sent again


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a notice of one post or channel is about, as words. `post`: how it begins. `is_crowd`: it goes to
    people one by one, and it happened to some of its messages."""

    channel: str
    network: str
    post: str = ""
    is_comment: bool = False
    is_crowd: bool = False


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How many posts were planned for a week, went out, and need somebody."""

    planned: int
    out: int
    needing: int


@dataclass(frozen=True)
class Posted:
    """The mail server took it."""


@dataclass(frozen=True)
class Turned:
    """The mail server will not take it for this person."""

    why: str


@dataclass(frozen=True)
class Passing:
    """The mail server certainly did not take it; it may do so later."""

    why: str


@dataclass(frozen=True)
class Vanished:
    """The connection broke while the letter was handed over: the mail server may have it."""

    why: str


Outcome = Posted | Turned | Passing | Vanished


@dataclass(frozen=True, kw_only=True)
class Next:
    """What a letter becomes; `after` is how long it waits where it is tried again."""

    state: LetterState
    tries: int = 0
    after: timedelta = timedelta(0)
    why: str = ""


def kinds_of(role: Role) -> frozenset[Kind]:
    """What somebody in this role is told: all that she can do something about."""
    return frozenset(kind for kind, right in NEEDED.items() if right in RIGHTS[role])


def headline(kind: Kind, subject: Subject) -> Sentence:
    """What happened to a post or a channel."""
    named = {"post": subject.post, "channel": subject.channel, "network": subject.network}
    if kind is Kind.signed_out:
        del named["post"]
        return say("%(network)s no longer accepts the sign-in of %(channel)s.", **named)
    said = _MESSAGES if subject.is_crowd else _FOLLOWING if subject.is_comment else _HEADLINES
    return Sentence(said.get(kind, _HEADLINES[kind]).text, named)


def key_ends(subject: Subject, day: date) -> Sentence:
    named = {"channel": subject.channel, "network": subject.network}
    return say("The sign-in of %(channel)s at %(network)s ends on %(day)s.", day=day.isoformat(), **named)


def week(figures: Figures) -> Sentence:
    if figures.out == figures.planned == 1:
        return say("The one post of last week went out.")
    if figures.out == figures.planned:
        return say("All %(planned)s posts of last week went out.", planned=figures.planned)
    counted = {"out": figures.out, "planned": figures.planned}
    if figures.needing:
        return say(
            "%(out)s of %(planned)s posts of last week went out. Waiting for you: %(needing)s.",
            needing=figures.needing,
            **counted,
        )
    return say(
        "%(out)s of %(planned)s posts of last week went out. The others wait or are on hold.", **counted
    )


def after(outcome: Outcome, *, tries: int, age: timedelta) -> Next:
    """What an outcome makes of a letter that has waited for `age`. Only what certainly was not sent is tried
    again, and not for ever: a week-old alarm helps nobody."""
    match outcome:
        case Posted():
            return Next(state=LetterState.sent)
        case Vanished(why):
            return Next(state=LetterState.lost, why=why)
        case Passing(why) if age < GIVE_UP_AFTER:
            wait = timedelta(seconds=BACK_OFF[min(tries, len(BACK_OFF) - 1)])
            return Next(state=LetterState.waiting, tries=tries + 1, after=wait, why=why)
        case Turned(why) | Passing(why):
            return Next(state=LetterState.failed, tries=tries, why=why)


def first_instant(day: date) -> datetime:
    """The occurrence of what belongs to a whole day."""
    return datetime.combine(day, time(0), tzinfo=UTC)


def monday_told(monday: datetime, now: datetime) -> bool:
    """Whether it is the time to tell of the week before `monday` (9 o'clock in the business's zone)."""
    return monday <= now < monday + WEEK_TOLD_WITHIN


_HEADLINES: dict[Kind, Sentence] = {
    Kind.failed: say("“%(post)s” was not published on %(channel)s (%(network)s)."),
    Kind.handed: say("It is time to post “%(post)s” to %(channel)s (%(network)s)."),
    Kind.asked: say("Is “%(post)s” on %(channel)s (%(network)s)? Hawker cannot find out."),
    Kind.late: say("“%(post)s” missed its time on %(channel)s (%(network)s)."),
}
_FOLLOWING: dict[Kind, Sentence] = {
    Kind.failed: say("What follows “%(post)s” was not published on %(channel)s (%(network)s)."),
    Kind.asked: say("Is what follows “%(post)s” on %(channel)s (%(network)s)? Hawker cannot find out."),
    Kind.late: say("What follows “%(post)s” missed its time on %(channel)s (%(network)s)."),
}
_MESSAGES: dict[Kind, Sentence] = {
    Kind.failed: say("“%(post)s” did not reach everybody through %(channel)s (%(network)s)."),
    Kind.asked: say(
        "Did all messages of “%(post)s” go out through %(channel)s (%(network)s)? Hawker cannot find out."
    ),
    Kind.late: say("Messages of “%(post)s” missed their time on %(channel)s (%(network)s)."),
}
