"""What is said of posts and their deliveries, in the reader's language and the business's time."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from hawker.core.channels.rules import State as ChannelState
from hawker.core.posts.models import Post
from hawker.core.posts.values import THREAD
from hawker.core.publishing import budgets, queries
from hawker.core.publishing.crowds import Crowd
from hawker.core.publishing.making import Making
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.queries import Pulse
from hawker.core.publishing.states import State
from hawker.web.posts.clock import instant
from hawker.web.posts.typed import Typed, When


@dataclass(frozen=True, kw_only=True)
class Words:
    """A state in the look of `components/state.html`. `kind`: good, busy, wait, bad or plain."""

    label: str | Promise
    kind: str
    icon: str


GETTING_READY = Words(label=gettext_lazy("Getting ready…"), kind="busy", icon="hourglass")
_DELIVERIES: dict[State, Words] = {
    State.preparing: GETTING_READY,
    State.ready: GETTING_READY,
    State.handed: Words(label=gettext_lazy("Your turn to post"), kind="bad", icon="send"),
    State.sending: Words(label=gettext_lazy("Sending…"), kind="busy", icon="send"),
    State.failed: Words(label=gettext_lazy("Not published"), kind="bad", icon="alert-triangle"),
    State.held: Words(label=gettext_lazy("On hold"), kind="wait", icon="player-pause"),
    State.cancelled: Words(label=gettext_lazy("Cancelled"), kind="plain", icon="x"),
    State.needs_sign_in: Words(label=gettext_lazy("Waits for your sign-in"), kind="bad", icon="key"),
    State.late: Words(label=gettext_lazy("Missed its time"), kind="bad", icon="clock"),
    State.removed: Words(label=gettext_lazy("Taken down"), kind="plain", icon="trash"),
}
_STATES = {
    State.scheduled: Words(label=gettext_lazy("Waiting"), kind="wait", icon="clock"),
    State.published: Words(label=gettext_lazy("Gone out"), kind="good", icon="check"),
    State.unknown: Words(label=gettext_lazy("Nobody knows"), kind="bad", icon="alert-triangle"),
}
_POSTS: dict[str, Words] = {
    "draft": Words(label=gettext_lazy("Draft"), kind="plain", icon="file-text"),
    "scheduled": Words(label=gettext_lazy("Scheduled"), kind="wait", icon="clock"),
    "publishing": Words(label=gettext_lazy("Going out…"), kind="busy", icon="send"),
    "published": Words(label=gettext_lazy("Published"), kind="good", icon="check"),
    "partly_published": Words(label=gettext_lazy("Partly published"), kind="wait", icon="circle-dashed"),
    "handed": Words(label=gettext_lazy("Your turn to post"), kind="bad", icon="send"),
    "failed": Words(label=gettext_lazy("Needs you"), kind="bad", icon="alert-triangle"),
    "held": Words(label=gettext_lazy("On hold"), kind="wait", icon="player-pause"),
    "cancelled": Words(label=gettext_lazy("Cancelled"), kind="plain", icon="x"),
    "removed": Words(label=gettext_lazy("Taken down"), kind="plain", icon="trash"),
}


def moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), gettext("D j M Y, H:i"))


def short_moment(at: datetime) -> str:
    """Without the year where it is this one."""
    if timezone.localtime(at).year != timezone.localtime().year:
        return moment(at)
    return date_format(timezone.localtime(at), gettext("j M, H:i"))


def of_post(post: Post) -> Words:
    """`post` has its deliveries at hand. What is scheduled and may not go out is on hold."""
    summary = queries.state_of(post)
    on_hold = summary == "scheduled" and any(queries.is_paused(row) for row in post.deliveries.all())
    return _POSTS["held" if on_hold else summary]


def of_delivery(row: Delivery, now: datetime) -> Words:
    match State(row.state):
        case State.scheduled if row.channel.state == ChannelState.needs_sign_in:
            return _DELIVERIES[State.needs_sign_in]
        case State.scheduled:
            return _scheduled(row, now)
        case State.unknown:
            return _unknown(row)
        case State.published:
            at = short_moment(row.published_at) if row.published_at else ""
            return Words(label=gettext("Published %(time)s") % {"time": at}, kind="good", icon="check")
        case state:
            return _DELIVERIES[state]


def of_making(making: Making) -> Words:
    """Without how far it is, which changes by the second."""
    if making.percent is None:
        return Words(label=gettext("Uploading…"), kind="busy", icon="upload")
    label = gettext("Making the video right…") if making.is_video else gettext("Making the pictures right…")
    return Words(label=label, kind="busy", icon="hourglass")


def of_state(state: State) -> Words:
    """Of many that are in this state."""
    return _STATES.get(state) or _DELIVERIES[state]


def of_crowd(crowd: Crowd, now: datetime) -> Words:
    """A post's messages to people, in one phrase."""
    counted = {"sent": crowd.sent, "everybody": crowd.everybody}
    if crowd.asked:
        label = gettext("Sent to %(sent)s of %(everybody)s; Hawker asks you about the others") % counted
        return Words(label=label, kind="bad", icon="alert-triangle")
    if crowd.sent and crowd.waiting:
        return Words(label=gettext("Sent to %(sent)s of %(everybody)s…") % counted, kind="busy", icon="send")
    if crowd.sent:
        label = gettext("Sent to %(sent)s of %(everybody)s") % counted
        return Words(label=label, kind="good" if crowd.sent == crowd.everybody else "wait", icon="check")
    return _unsent_crowd(crowd, now)


def _unsent_crowd(crowd: Crowd, now: datetime) -> Words:
    state = next((each for each in _ORDER if crowd.states.get(each)), State.cancelled)
    if state is State.scheduled and crowd.look_at and crowd.look_at > now:
        at = gettext("Goes out %(time)s") % {"time": short_moment(crowd.look_at)}
        return Words(label=at, kind="wait", icon="clock")
    if state is State.scheduled:
        return Words(label=gettext("About to go out…"), kind="busy", icon="hourglass")
    if state is State.unknown:
        return Words(label=gettext("Waiting for news of it…"), kind="busy", icon="search")
    return _DELIVERIES[state]


_ORDER = (
    State.sending,
    State.ready,
    State.preparing,
    State.unknown,
    State.needs_sign_in,
    State.late,
    State.scheduled,
    State.held,
    State.failed,
)


def _scheduled(row: Delivery, now: datetime) -> Words:
    if row.look_at is None:
        return Words(label=_behind(row.part), kind="plain", icon="clock")
    if queries.is_paused(row):
        return _on_hold(row, now)
    reason = queries.reason_of(row)
    if reason and reason.code != budgets.CODE and row.look_at > now:
        again = gettext("Tries again %(time)s") % {"time": short_moment(row.look_at)}
        return Words(label=again, kind="wait", icon="refresh")
    if row.look_at > now:
        at = gettext("Goes out %(time)s") % {"time": short_moment(row.look_at)}
        return Words(label=at, kind="wait", icon="clock")
    return Words(label=gettext("About to go out…"), kind="busy", icon="hourglass")


def _on_hold(row: Delivery, now: datetime) -> Words:
    at = {"time": short_moment(row.due_at)}
    planned = gettext("Publishing is on hold; planned for %(time)s") % at
    waits = gettext("Publishing is on hold; waits since %(time)s") % at
    return Words(label=planned if row.due_at > now else waits, kind="wait", icon="player-pause")


def _behind(part: int) -> str:
    if part <= THREAD:
        return gettext("Follows the post")
    return gettext("Follows part %(number)s") % {"number": part - 1}


def _unknown(row: Delivery) -> Words:
    if queries.is_asked(row):
        label = gettext("Cannot be found out: look for it there")
        return Words(label=label, kind="bad", icon="alert-triangle")
    if row.channel.state == ChannelState.needs_sign_in:
        return _DELIVERIES[State.needs_sign_in]
    return Words(label=gettext("Looking whether it is there…"), kind="busy", icon="search")


def underway(pulse: Pulse) -> str:
    if any(hold.channel is None for hold in pulse.holds):
        return gettext("It waits: publishing is on hold.")
    return gettext("On its way.")


def saved(typed: Typed, zone: ZoneInfo, post: Post, pulse: Pulse) -> str:
    match typed.when:
        case When.queue if post.planned_at:
            at = moment(post.planned_at)
            return gettext("In the queue; it goes out %(time)s (%(zone)s).") % {"time": at, "zone": zone.key}
        case When.now:
            return underway(pulse)
        case When.later:
            at = moment(instant(typed.at, zone))
            return gettext("Scheduled for %(time)s (%(zone)s).") % {"time": at, "zone": zone.key}
        case When.draft:
            return gettext("Draft saved.")
    return gettext("Saved.")
