"""Texts as programs send them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

# PostgreSQL keeps no NUL in a text; the lengths only keep nonsense out, networks have their own.
Text = Annotated[str, StringConstraints(max_length=100_000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=1_000, pattern=r"^[^\x00]*$")]


class Wish(BaseModel):
    """A body that a program sends; a name that is not known is refused, since it is a slip of the pen."""

    model_config = ConfigDict(extra="forbid", frozen=True)
