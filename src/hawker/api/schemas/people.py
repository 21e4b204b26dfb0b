"""Who asks, and for which business."""

from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from hawker.api.schemas.text import Line, Wish
from hawker.core.people.actions import Business
from hawker.core.people.models import Workspace
from hawker.core.people.rules import Actor, Right, Role

A_MINUTE = timedelta(minutes=1)
Name = Annotated[Line, StringConstraints(max_length=120)]


class BusinessIn(Wish):
    """What to change of the business; what is left out stays. `late_after_minutes`: 15, 60, 120, 360 or
    1440."""

    name: Name = ""
    language: Literal["zh-hant", "en"] = "zh-hant"
    time_zone: Line = ""
    late_after_minutes: int = 0


class WorkspaceOut(Schema):
    """A post that could not go out within `late_after_minutes` of its time is not sent without asking."""

    id: UUID
    name: str
    language: str
    time_zone: str
    late_after_minutes: int


class MeOut(Schema):
    """`rights` are what this key may do."""

    name: str
    role: Role
    rights: list[Right]
    workspace: WorkspaceOut


def me_of(actor: Actor, workspace: Workspace) -> MeOut:
    return MeOut(
        name=actor.label,
        role=actor.role,
        rights=[right for right in Right if actor.may(right)],
        workspace=workspace_of(workspace),
    )


def workspace_of(workspace: Workspace) -> WorkspaceOut:
    return WorkspaceOut(
        id=workspace.id,
        name=workspace.name,
        language=workspace.language,
        time_zone=workspace.time_zone,
        late_after_minutes=workspace.late_after // A_MINUTE,
    )


def business_of(wish: BusinessIn, before: Workspace) -> Business:
    """The business with the wish fulfilled."""
    given = wish.model_fields_set
    late_after = timedelta(minutes=wish.late_after_minutes)
    return Business(
        name=wish.name if "name" in given else before.name,
        language=wish.language if "language" in given else before.language,
        time_zone=wish.time_zone if "time_zone" in given else before.time_zone,
        late_after=late_after if "late_after_minutes" in given else before.late_after,
    )
