"""What X takes: facts of its OpenAPI document 2.167 (docs.x.com, 2026-08-22), in a form of our own, as the
document has no open licence. Only what Hawker or tweepy sends stands here: whoever sends more looks it up
there first. Of tokens the document tells the address only; those facts are of
fundamentals/authentication/oauth-2-0 of that day."""

from typing import Annotated, Literal

from pydantic import Field

from hawker.platforms.x.tests.exact import Exact, Id, Moment, Number, Words, some_of

FILE = "a file"
Category = Literal["tweet_image", "tweet_gif", "tweet_video"]
# The document calls the parameter post.fields, and two of these note_post and referenced_posts; the other
# pages of that day, and what X answers, have the names that are used here.
PostFields = Annotated[
    str,
    some_of(
        *("attachments", "conversation_id", "created_at", "entities", "reply_settings"),
        *("note_tweet", "referenced_tweets"),
    ),
]
UserFields = Annotated[str, some_of("public_metrics", "subscription_type", "verified_type")]
MediaFields = Annotated[str, some_of("alt_text", "url")]


class Media(Exact):
    media_ids: Annotated[list[Id], Field(min_length=1, max_length=4)]


class Poll(Exact):
    options: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=25)]], Field(min_length=2, max_length=4)
    ]
    duration_minutes: Annotated[int, Field(ge=5, le=10_080)]


class Reply(Exact):
    in_reply_to_tweet_id: Id


class Post(Exact):
    text: str = ""
    media: Media | None = None
    poll: Poll | None = None
    reply: Reply | None = None
    reply_settings: Literal["following", "mentionedUsers", "subscribers", "verified"] | None = None
    made_with_ai: bool = False
    paid_partnership: bool = False


class Reading(Exact):
    fields: PostFields | None = Field(None, alias="tweet.fields")
    media_fields: MediaFields | None = Field(None, alias="media.fields")
    expansions: Annotated[str, some_of("attachments.media_keys")] | None = None


class Listing(Exact):
    max_results: Annotated[Number, Field(ge=5, le=100)] = 10
    pagination_token: Words | None = None
    start_time: Moment | None = None
    fields: PostFields | None = Field(None, alias="tweet.fields")


class Me(Exact):
    fields: UserFields | None = Field(None, alias="user.fields")


class Upload(Exact):
    media: Literal["a file"]
    media_category: Category


class Beginning(Exact):
    """The document demands none of these; without them it names no other way to tell what comes."""

    media_type: Literal["image/gif", "video/mp4"]
    media_category: Category
    total_bytes: Annotated[int, Field(ge=0, le=16 * 2**30)]


class Part(Exact):
    media: Literal["a file"]
    segment_index: Annotated[Number, Field(ge=0, le=999)]


class Status(Exact):
    media_id: Id
    command: Literal["STATUS"] = "STATUS"


class AltText(Exact):
    text: Annotated[str, Field(max_length=1_000)]


class Metadata(Exact):
    alt_text: AltText


class Description(Exact):
    id: Id
    metadata: Metadata


class Grant(Exact):
    """Of both kinds; a confidential app names itself in a header."""

    grant_type: Literal["authorization_code", "refresh_token"]
    code: Words | None = None
    redirect_uri: Words | None = None
    code_verifier: Words | None = None
    refresh_token: Words | None = None
    client_id: Words | None = None
