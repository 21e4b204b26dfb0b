"""The composer's page: what is being written there, and how it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from hawker.connect.platform import Audience
from hawker.connect.registry import platform
from hawker.connect.values import Media
from hawker.core.channels.models import Channel
from hawker.core.contacts import queries as contacts
from hawker.core.contacts.models import ContactList
from hawker.core.media import queries as media
from hawker.core.people.rules import Right
from hawker.core.planning.models import Recurrence
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Post
from hawker.core.posts.queries import Review
from hawker.core.problems import Problem
from hawker.core.publishing.states import State
from hawker.web.media.uploads import Uploads
from hawker.web.posts.clock import as_typed
from hawker.web.posts.languages import choices, spelt
from hawker.web.posts.repeat import Repeat
from hawker.web.posts.sheet import Sheet, lay_out
from hawker.web.posts.typed import Box, Part, Typed, When, read
from hawker.web.session import HawkerRequest


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What stays the same while something is written: a fresh post where neither `post` nor `recurrence` is
    there. `states`: of the post's deliveries, where it has some."""

    request: HawkerRequest
    known: Sequence[Channel]
    post: Post | None = None
    states: frozenset[State] = frozenset()
    recurrence: Recurrence | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.request.membership.workspace.time_zone)

    def lay_out(
        self, typed: Typed, reviews: Sequence[Review] = (), problems: Sequence[Problem] = ()
    ) -> Sheet:
        known = self._media(typed, reviews)
        return lay_out(typed, self.known, reviews, problems, lists=self._lists, media=known)

    def _media(self, typed: Typed, reviews: Sequence[Review]) -> dict[str, Media]:
        """Asked for only where neither the post nor the reviews bring them."""
        rows = [each.media for each in self.post.attachments.all()] if self.post else []
        known = {str(row.id): media.value(row, "") for row in rows}
        known |= {each.id: each for review in reviews for each in review.media}
        wanted = {each.media for each in typed.every_picture if str(each.media) not in known}
        if not wanted:
            return known
        others = media.media(self.request.actor, wanted)
        return known | {str(row.id): media.value(row, "") for row in others}

    @property
    def _lists(self) -> Sequence[ContactList]:
        """Asked for only where a channel's network delivers to people."""
        if all(platform(channel.platform).audience is Audience.none for channel in self.known):
            return ()
        return list(contacts.lists(self.request.actor))

    @property
    def typed(self) -> Typed:
        return read(self.request.POST, [channel.id for channel in self.known], language=self.language)

    @property
    def language(self) -> str:
        return spelt(self.request.membership.workspace.language)

    @property
    def address(self) -> str:
        if self.recurrence is not None:
            return reverse("posts:edit_repeat", args=[self.recurrence.id])
        return reverse("posts:edit", args=[self.post.id]) if self.post else reverse("posts:new")

    @property
    def shape_address(self) -> str:
        if self.recurrence is not None:
            return reverse("posts:reshape_repeat", args=[self.recurrence.id])
        return reverse("posts:reshape", args=[self.post.id]) if self.post else reverse("posts:shape")


def blank(desk: Desk) -> Typed:
    """For the next full hour that leaves time to write, and for the one channel where there is one."""
    only = {channel.id: Part(chosen=True) for channel in desk.known} if len(desk.known) == 1 else {}
    soon = (timezone.now() + timedelta(hours=2)).replace(minute=0).astimezone(desk.zone)
    return Typed(
        language=desk.language,
        parts=only,
        when=When.now if desk.request.actor.may(Right.publish_posts) else When.draft,
        at=as_typed(soon, desk.zone),
        repeat=Repeat(
            weekdays=(str(soon.weekday()),),
            day=str(soon.day),
            wall=f"{soon:%H:%M}",
            start=soon.date().isoformat(),
        ),
    )


def refused(
    desk: Desk, typed: Typed, problems: Sequence[Problem] = (), *, uploads: Uploads | None = None
) -> HttpResponse:
    reviews = posts.reviews(desk.request.actor, typed.writing)
    sheet = desk.lay_out(typed, reviews, problems)
    return page(desk, sheet, uploads=uploads, checked=True)


def page(
    desk: Desk,
    sheet: Sheet,
    *,
    uploads: Uploads | None = None,
    checked: bool = False,
    fresh: Sequence[Box] = (),
) -> HttpResponse:
    """`checked`: a form that comes back with what must be changed. `fresh`: the box that is written next."""
    context = {
        "sheet": sheet,
        "post": desk.post,
        "recurrence": desk.recurrence,
        "address": desk.address,
        "shape": desk.shape_address,
        "scheduled": bool(desk.states),
        "partly": State.published in desk.states,
        "uploads": uploads,
        "checked": checked,
        "fresh": fresh[0] if fresh else None,
        "languages": choices(sheet.typed.language),
        "zone": desk.zone.key,
    }
    return render(desk.request, "posts/compose.html", context, status=422 if checked else 200)
