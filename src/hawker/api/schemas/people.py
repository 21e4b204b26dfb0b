"""Who asks, and for which business."""

from uuid import UUID

from ninja import Schema

from hawker.core.people.models import Workspace
from hawker.core.people.rules import Actor, Right, Role


class WorkspaceOut(Schema):
    id: UUID
    name: str
    language: str
    time_zone: str


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
        workspace=WorkspaceOut(
            id=workspace.id,
            name=workspace.name,
            language=workspace.language,
            time_zone=workspace.time_zone,
        ),
    )
