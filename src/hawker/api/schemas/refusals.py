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


class RefusalOut(Schema):
    """`code`: unauthorised, not_allowed, not_found, conflict, invalid, too_many, unavailable, network,
    wrong_method."""

    code: str
    sentence: str
    problems: list[ProblemOut]


class ErrorOut(Schema):
    error: RefusalOut
