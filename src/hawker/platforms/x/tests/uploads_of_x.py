"""What X answers about uploads, tokens and what it refuses: facts of its OpenAPI document 2.167 (docs.x.com,
2026-08-22), in a form of our own. Of tokens it tells nothing: fundamentals/authentication/oauth-2-0 does, of
their refusals RFC 6749. Of an upload the document demands the id only; that the rest is there is stricter
than it."""

from typing import Annotated, Literal

from pydantic import Field, RootModel

from hawker.platforms.x.tests.exact import Exact, Id, Words


class Begun(Exact):
    id: Id
    media_key: Words
    expires_after_secs: int


class Image(Exact):
    image_type: Words
    w: int
    h: int


class Work(Exact):
    """The states are of the page on media uploads; to the document any text is one."""

    state: Literal["pending", "in_progress", "succeeded", "failed"]
    check_after_secs: int | None = None


class Uploaded(Begun):
    size: int
    image: Image | None = None
    processing_info: Work | None = None


class Appended(Exact):
    expires_at: int


class AltText(Exact):
    text: str


class Metadata(Exact):
    alt_text: AltText


class Described(Exact):
    """What is inside the metadata the document leaves open."""

    id: Id
    associated_metadata: Metadata


class Tokens(Exact):
    token_type: Literal["bearer"]
    expires_in: int
    access_token: Words
    scope: Words
    refresh_token: Words | None = None


class Refusal(Exact):
    error: Words
    error_description: Words | None = None


class Problem(Exact):
    title: Words
    detail: Words


class Plain(Problem):
    """Of the pages on errors; the document has none without a type of its own, and not that of credit."""

    type: Literal["about:blank", "https://api.x.com/2/problems/credits-depleted"]
    status: int


class Missing(Problem):
    type: Literal["https://api.x.com/2/problems/resource-not-found"]
    resource_type: Words
    resource_id: Words | None = None
    parameter: Words | None = None
    value: Words | None = None
    status: int | None = None


class Wrong(Exact):
    message: Words
    parameters: dict[str, list[str]]


class Invalid(Problem):
    """The list of errors is of the pages on errors only."""

    type: Literal["https://api.x.com/2/problems/invalid-request"]
    errors: list[Wrong] = []
    status: int | None = None


class AnyProblem(RootModel[Annotated[Plain | Missing | Invalid, Field(discriminator="type")]]):
    pass
