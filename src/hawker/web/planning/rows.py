"""A post that comes back, as its list and its page show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from hawker.connect.text import Sentence
from hawker.core.channels.models import Channel
from hawker.core.planning import queries, rules
from hawker.core.planning.models import Recurrence
from hawker.core.planning.writings import writing_of
from hawker.core.posts.values import Writing
from hawker.web.planning import rhythms
from hawker.web.posts.words import Words, short_moment


@dataclass(frozen=True, kw_only=True)
class Row:
    """`rhythm`: when it comes back, in words; `trouble`: why its latest posts could not be made."""

    recurrence: Recurrence
    writing: Writing
    channels: tuple[Channel, ...]
    rhythm: str
    state: Words
    trouble: Sentence | None


def row(found: Recurrence, known: Mapping[UUID, Channel], now: datetime, zone: str) -> Row:
    writing = writing_of(found.writing)
    return Row(
        recurrence=found,
        writing=writing,
        channels=tuple(known[each.channel] for each in writing.wordings if each.channel in known),
        rhythm=rhythms.words(queries.rhythm_of(found)),
        state=_state(found, rules.following(queries.rhythm_of(found), now, zone)),
        trouble=queries.trouble_of(found),
    )


def _state(found: Recurrence, following: datetime | None) -> Words:
    if found.error:
        return Words(label=gettext("Needs you"), kind="bad", icon="alert-triangle")
    if found.paused_at is not None:
        return Words(label=gettext("Paused"), kind="wait", icon="player-pause")
    if following is None:
        return Words(label=gettext("It has come for the last time"), kind="plain", icon="check")
    label = gettext("Next: %(time)s") % {"time": short_moment(following)}
    return Words(label=label, kind="good", icon="refresh")
