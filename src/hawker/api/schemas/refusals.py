"""How a door for programs says no: one shape for everything."""

from uuid import UUID

from ninja import Schema


class ProblemOut(Schema):
    """Something to change. `channel` is set where only that channel's network minds; `part` is 0 for the
    post itself, 2 … for the further posts of its thread."""

    field: str
    part: int
    channel: UUID | None
    sentence: str


class AccountOut(Schema):
    """An account that a sign-in opens. `connected`: it is a channel already."""

    id: str
    handle: str
    name: str
    url: str
    connected: bool


class RefusalOut(Schema):
    """`code`: unauthorised, not_allowed, not_found, conflict, several, invalid, too_many, unavailable,
    network, wrong_method. `accounts`: of `several`, those among which to choose."""

    code: str
    sentence: str
    problems: list[ProblemOut]
    accounts: list[AccountOut] = []


class ErrorOut(Schema):
    error: RefusalOut
