"""A local post as Google tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from hawker.connect.google import Paged
from hawker.connect.http import Json
from hawker.connect.values import Account, Published

PROCESSING, REJECTED = "PROCESSING", "REJECTED"


class Said(BaseModel):
    """Google leaves out what is empty."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class Day(Said):
    year: int = 0
    month: int = 0
    day: int = 0


class Time(Said):
    hours: int = 0
    minutes: int = 0


class Schedule(Said):
    start_date: Day = Day()
    start_time: Time | None = None
    end_date: Day = Day()
    end_time: Time | None = None


class Event(Said):
    title: str = ""
    schedule: Schedule = Schedule()


class Offer(Said):
    coupon_code: str = ""


class Button(Said):
    action_type: str = ""


class Picture(Said):
    google_url: str = ""


def _or_empty(value: object) -> object:
    return value or {}


class LocalPost(Said):
    summary: str = ""
    topic_type: str = "STANDARD"
    event: Annotated[Event, BeforeValidator(_or_empty)] = Event()
    offer: Annotated[Offer, BeforeValidator(_or_empty)] = Offer()
    call_to_action: Annotated[Button, BeforeValidator(_or_empty)] = Button()
    media: tuple[Picture, ...] = ()

    def fits(self, wanted: "LocalPost") -> bool:
        """Whether this may be the post that was wanted: what Google may write anew is left out, and times of
        day where none were given."""
        return self._essence == wanted._essence and self._times(wanted) == wanted._times(wanted)

    @property
    def _essence(self) -> tuple[object, ...]:
        words, title = self.summary.split(), self.event.title.split()
        days = self.event.schedule.start_date, self.event.schedule.end_date
        said = self.offer.coupon_code.strip(), self.call_to_action.action_type
        return self.topic_type, words, title, days, said, len(self.media)

    def _times(self, wanted: "LocalPost") -> tuple[Time | None, Time | None]:
        if wanted.event.schedule.start_time is None:
            return None, None
        return self.event.schedule.start_time, self.event.schedule.end_time


class Kept(LocalPost):
    """One that Google has. `state`: in which part of its life it is; there are more than are documented."""

    name: Annotated[str, Field(min_length=1)]
    state: str = ""
    create_time: datetime | None = None
    search_url: str = ""

    def published(self, account: Account) -> Published:
        return Published(remote_id=self.name, url=self.search_url or account.url)


class Page(Paged):
    posts: Annotated[tuple[Kept, ...], Field(alias="localPosts")] = ()


def wanted_of(body: Mapping[str, Json]) -> LocalPost:
    """What is looked for, read from what was sent."""
    return LocalPost.model_validate(body)
