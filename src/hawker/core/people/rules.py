"""Who may do what. Values in, a decision out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hawker.connect.text import Sentence, say

INVITATION_LASTS = timedelta(days=7)
SETUP_LINK_LASTS = timedelta(days=1)
LATE_AFTER = timedelta(hours=2)
LATE_AFTER_CHOICES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    LATE_AFTER,
    timedelta(hours=6),
    timedelta(hours=24),
)


class Role(StrEnum):
    owner = "owner"
    manager = "manager"
    editor = "editor"
    approver = "approver"
    analyst = "analyst"


class Right(StrEnum):
    read = "read"
    write_posts = "write_posts"
    publish_posts = "publish_posts"
    resume_all = "resume_all"
    manage_channels = "manage_channels"
    manage_contacts = "manage_contacts"
    manage_people = "manage_people"
    manage_business = "manage_business"
    read_log = "read_log"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.owner: frozenset(Right),
    Role.manager: frozenset(Right) - {Right.manage_business},
    Role.editor: frozenset({Right.read, Right.write_posts, Right.publish_posts}),
    Role.approver: frozenset({Right.read, Right.publish_posts, Right.resume_all}),
    Role.analyst: frozenset({Right.read}),
}

ROLE_NAMES: dict[Role, Sentence] = {
    Role.owner: say("Owner"),
    Role.manager: say("Manager"),
    Role.editor: say("Editor"),
    Role.approver: say("Approver"),
    Role.analyst: say("Analyst"),
}

ROLE_HINTS: dict[Role, Sentence] = {
    Role.owner: say("May do everything."),
    Role.manager: say("Posts, channels and people; not the business itself."),
    Role.editor: say("Writes posts and publishes them."),
    Role.approver: say("Releases, holds and cancels posts; does not write them."),
    Role.analyst: say("Reads everything, changes nothing."),
}


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts, in which workspace. `user` is None for the machine's own key and for Hawker itself."""

    workspace: UUID
    role: Role
    label: str
    user: UUID | None = None

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]


def runs_installation(actor: Actor, first: UUID | None) -> bool:
    """An installation belongs to whoever set it up: to the owners of its `first` business. The others live
    in it as guests, owners or not."""
    return actor.role is Role.owner and actor.workspace == first


def may_give(giver: Role, role: Role) -> bool:
    """Nobody gives a role that may do more than her own."""
    return Right.manage_people in RIGHTS[giver] and RIGHTS[role] <= RIGHTS[giver]


def is_open(*, made_at: datetime, lasts: timedelta, used_at: datetime | None, now: datetime) -> bool:
    """Whether a one-time link still works."""
    return used_at is None and now < made_at + lasts
