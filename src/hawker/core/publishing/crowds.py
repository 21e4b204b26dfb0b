"""How the messages of a post stand: counted, and a page of them at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from hawker.connect.hooks import Stage
from hawker.core.channels.models import Channel
from hawker.core.people.rules import Actor
from hawker.core.publishing import queries
from hawker.core.publishing.models import OF_MESSAGES, Delivery
from hawker.core.publishing.states import IN_HAND, WAITING, Reason, State


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """A post's messages to people on one channel, counted: never the people themselves. `look_at`: when the
    next one moves on by itself. `asked`: of so many only their owner can say whether they went out."""

    channel: Channel
    states: Mapping[State, int]
    stages: Mapping[Stage, int]
    asked: int
    look_at: datetime | None

    @property
    def everybody(self) -> int:
        return sum(self.states.values())

    @property
    def sent(self) -> int:
        return self.states.get(State.published, 0)

    @property
    def delivered(self) -> int:
        return self.stages.get(Stage.delivered, 0) + self.read

    @property
    def read(self) -> int:
        return self.stages.get(Stage.read, 0)

    @property
    def failed(self) -> int:
        return self.states.get(State.failed, 0)

    @property
    def cancelled(self) -> int:
        return self.states.get(State.cancelled, 0)

    @property
    def waiting(self) -> int:
        return sum(self.states.get(state, 0) for state in (State.scheduled, *IN_HAND, State.held))


def crowds(post_ids: Iterable[UUID]) -> dict[UUID, list[Crowd]]:
    """Of posts that go to people one by one: how their messages stand, channel by channel."""
    wanted = list(post_ids)
    if not wanted:
        return {}
    found = Delivery.objects.filter(OF_MESSAGES, post__in=wanted).order_by()
    counts = {"number": Count("pk"), "asked": Count("pk", filter=queries.asked()), "look_at": Min("look_at")}
    rows: Iterable[Any] = found.values("post_id", "channel_id", "state", "stage").annotate(**counts)
    groups, told = _grouped(rows), dict[UUID, list[Crowd]]()
    known = Channel.objects.in_bulk({channel_id for _, channel_id in groups}) if groups else {}
    for (post_id, channel_id), group in groups.items():
        told.setdefault(post_id, []).append(_crowd_of(known[channel_id], group))
    return told


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[tuple[UUID, UUID], list[dict[str, Any]]]:
    groups: dict[tuple[UUID, UUID], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["post_id"], row["channel_id"]), []).append(row)
    return groups


def _crowd_of(channel: Channel, rows: Iterable[dict[str, Any]]) -> Crowd:
    states, stages = Counter[State](), Counter[Stage]()
    looks, asked_of = [], 0
    for row in rows:
        states[State(row["state"])] += row["number"]
        if row["stage"]:
            stages[Stage(row["stage"])] += row["number"]
        if row["state"] in WAITING and row["look_at"]:
            looks.append(row["look_at"])
        asked_of += row["asked"]
    return Crowd(
        channel=channel, states=states, stages=stages, asked=asked_of, look_at=min(looks, default=None)
    )


def reasons(post_id: UUID, channel_id: UUID, *, most: int) -> list[tuple[Reason, int]]:
    """Why messages failed, the commonest reason first, and how many did for it."""
    found = Delivery.objects.filter(OF_MESSAGES, post=post_id, channel=channel_id, state=State.failed)
    rows = found.order_by().values_list("error").annotate(number=Count("pk")).order_by("-number")
    told = ((queries.said(error), number) for error, number in rows[:most])
    return [(reason, number) for reason, number in told if reason]


def messages(actor: Actor, post_id: UUID, channel_id: UUID, state: str = "") -> QuerySet[Delivery]:
    """One by one, with the people whom they are for; in the order in which they go out."""
    mine = Delivery.objects.filter(
        OF_MESSAGES, workspace_id=actor.workspace, post=post_id, channel=channel_id
    )
    found = mine.select_related("contact", "channel").annotate(paused=queries.paused()).order_by("id")
    return found.filter(state=state) if state else found
