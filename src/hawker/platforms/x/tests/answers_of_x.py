"""What X answers: facts of its OpenAPI document 2.167 (docs.x.com, 2026-08-22), in a form of our own, as the
document has no open licence. Only what Hawker's sandbox answers stands here: whoever lets it answer more
looks it up there first.

The document has `post` in names where the other pages of that day, and the events that X sent in July 2026,
have `tweet`: both are right here, as Hawker reads both. What is always there of a post, a user or a medium is
of the data dictionary: the document demands nothing."""

from typing import Literal

from pydantic import AliasChoices, Field

from hawker.platforms.x.tests.exact import Exact, Id, Moment, Words

Category = Literal["photo", "animated_gif", "video"]
Who = Literal["everyone", "following", "mentionedUsers", "subscribers", "verified"]


class Url(Exact):
    start: int
    end: int
    url: Words
    expanded_url: Words | None = None
    display_url: Words | None = None


class PostUrl(Url):
    media_key: Words | None = None


class Entities(Exact):
    urls: list[PostUrl] = []


class NoteEntities(Exact):
    urls: list[Url] = []


class Note(Exact):
    text: Words
    entities: NoteEntities | None = None


class Attachments(Exact):
    media_keys: list[Words] = []


class Referenced(Exact):
    type: Literal["retweeted", "quoted", "replied_to"]
    id: Id


class Created(Exact):
    id: Id
    text: str
    history: list[Id] = Field(
        validation_alias=AliasChoices("edit_history_tweet_ids", "edit_history_post_ids")
    )


class Post(Created):
    author_id: Id | None = None
    created_at: Moment | None = None
    conversation_id: Id | None = None
    entities: Entities | None = None
    attachments: Attachments | None = None
    reply_settings: Who | None = None
    note: Note | None = Field(None, validation_alias=AliasChoices("note_tweet", "note_post"))
    referenced: list[Referenced] = Field(
        [], validation_alias=AliasChoices("referenced_tweets", "referenced_posts")
    )


class Medium(Exact):
    media_key: Words
    type: Category
    alt_text: Words | None = None
    url: Words | None = None


class Counts(Exact):
    followers_count: int
    following_count: int
    listed_count: int
    posts: int = Field(validation_alias=AliasChoices("tweet_count", "post_count"))


class User(Exact):
    id: Id
    name: Words
    username: Words
    subscription_type: Words | None = None
    verified_type: Words | None = None
    public_metrics: Counts | None = None


class Includes(Exact):
    media: list[Medium] = []


class Meta(Exact):
    result_count: int
    newest_id: Id | None = None
    oldest_id: Id | None = None
    next_token: Words | None = None


class Deletion(Exact):
    deleted: bool
