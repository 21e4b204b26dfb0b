"""How a notice looks in a list."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hawker.core.notices.queries import Item
from hawker.core.notices.rules import Kind


@dataclass(frozen=True, kw_only=True)
class Looks:
    """`kind`: good, wait, bad or plain, as in `components/state.html`; `go`: what its button says."""

    icon: str
    kind: str
    label: Promise
    go: Promise


ICONS = {
    Kind.failed: "alert-triangle",
    Kind.handed: "send",
    Kind.asked: "search",
    Kind.late: "clock",
    Kind.signed_out: "key",
    Kind.key_ends: "key",
    Kind.sunset: "hourglass",
    Kind.week: "calendar-week",
}
TO_POST = gettext_lazy("Open the post")
GO = {
    Kind.failed: TO_POST,
    Kind.handed: gettext_lazy("Post it"),
    Kind.asked: gettext_lazy("Look and answer"),
    Kind.late: TO_POST,
    Kind.signed_out: gettext_lazy("Go to the channels"),
    Kind.key_ends: gettext_lazy("Go to the channels"),
    Kind.sunset: gettext_lazy("Go to the channels"),
    Kind.week: gettext_lazy("Look at the posts"),
}
SETTLED = gettext_lazy("Settled")
NEEDS_YOU = gettext_lazy("Needs you")
WEEK = gettext_lazy("The week")


def looks(item: Item) -> Looks:
    if item.kind is Kind.week:
        kind, label = ("wait" if item.needing else "good"), WEEK
    else:
        kind, label = ("bad", NEEDS_YOU) if item.stands else ("plain", SETTLED)
    return Looks(icon=ICONS[item.kind], kind=kind, label=label, go=GO[item.kind])
