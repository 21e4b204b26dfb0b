"""When a post comes back, in words."""

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from hawker.core.planning.rules import LAST_DAY, Kind, Rhythm

KINDS: dict[Kind, str | Promise] = {
    Kind.daily: gettext_lazy("every day"),
    Kind.weekdays: gettext_lazy("Monday to Friday"),
    Kind.weekly: gettext_lazy("on days of the week"),
    Kind.monthly: gettext_lazy("once a month"),
}


def words(rhythm: Rhythm) -> str:
    """“Every Monday, Friday · 09:00”, and until when."""
    parts = [_days(rhythm), f"{rhythm.wall:%H:%M}"]
    if rhythm.until is not None:
        parts.append(gettext("until %(day)s") % {"day": rhythm.until.isoformat()})
    if rhythm.count is not None:
        times = ngettext("%(count)s time", "%(count)s times", rhythm.count)
        parts.append(times % {"count": rhythm.count})
    return " · ".join(parts)


def _days(rhythm: Rhythm) -> str:
    match rhythm.kind:
        case Kind.daily:
            return gettext("Every day")
        case Kind.weekdays:
            return gettext("Monday to Friday")
        case Kind.monthly if rhythm.day == LAST_DAY:
            return gettext("On the last day of every month")
        case Kind.monthly:
            return gettext("Every month on the %(day)s.") % {"day": rhythm.day}
    names = [str(WEEKDAYS[day]) for day in sorted(rhythm.weekdays)]
    if len(names) > 2:
        names = [str(WEEKDAYS_ABBR[day]) for day in sorted(rhythm.weekdays)]
    return gettext("Every %(days)s") % {"days": gettext(", ").join(names)}
