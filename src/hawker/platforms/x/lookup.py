"""Looking through an account's own posts for one whose answer was lost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel

from hawker.connect import clock
from hawker.connect.errors import CannotLook, Later
from hawker.connect.refusals import forgotten, read
from hawker.connect.text import say
from hawker.connect.values import Draft
from hawker.platforms.x.media import upload_id
from hawker.platforms.x.post import UNTOLD, Post, essence
from hawker.platforms.x.wire import Api

# Each post that is read costs 0.001 US dollars (pricing, 2026-08-22): only this far before the call.
REACH = timedelta(hours=1)
PAGE, PAGES = 100, 5
FIELDS = "created_at,entities,attachments,referenced_tweets,note_tweet"


class _Meta(BaseModel):
    result_count: int | None = None
    next_token: str = ""


class _Page(BaseModel):
    data: tuple[Post, ...] = ()
    meta: _Meta = _Meta()

    def tells(self) -> bool:
        """Not where X lists nothing without saying that there is nothing, nor where it leaves out what it was
        asked for: it calls the fields by other names in its OpenAPI document."""
        timed = all(post.created_at != UNTOLD for post in self.data)
        return timed and (bool(self.data) or self.meta.result_count == 0)


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What a post is known by. `known`: ids of posts that are other drafts'."""

    text: str
    uploads: frozenset[str]
    pictures: int
    reply_to: str
    known: Collection[str]

    def fits(self, post: Post) -> bool:
        """One of our uploads proves it; else words, number of pictures and the post it answers are alike."""
        if not self.uploads.isdisjoint(post.uploads):
            return True
        return bool(self.text) and self._is_alike(post)

    def leaves_open(self, post: Post) -> bool:
        """Without words, and with no upload that is known, nothing tells one post from another."""
        return not (self.text or self.uploads) and self._is_alike(post)

    def _is_alike(self, post: Post) -> bool:
        framed = len(post.attachments.media_keys) == self.pictures and post.reply_to == self.reply_to
        return framed and self.text in post.essences()


def sought(draft: Draft, done: Mapping[str, str], known: Collection[str] = ()) -> Sought:
    return Sought(
        text=essence(draft.text),
        uploads=frozenset(upload_id(done[medium.id]) for medium in draft.media if medium.id in done),
        pictures=len(draft.media),
        reply_to=draft.reply_to.remote_id if draft.reply_to else "",
        known=known,
    )


async def look(
    api: Api, user: str, wanted: Sought, *, since: datetime, begun: datetime | None
) -> Post | None:
    """The first that fits, made since `since` or after `begun`: there is no tolerance for the latter, as a
    post of the same words may have gone out just before. Raises CannotLook where one may be it."""
    ahead, posts = await recent(api, user, min(since, begun or since))

    def is_late(post: Post) -> bool:
        after = begun is not None and post.created_at > begun + ahead
        return after or post.created_at >= since + ahead - clock.TOLERANCE

    late = [post for post in posts if post.id not in wanted.known and is_late(post)]
    if any(map(wanted.leaves_open, late)):
        raise forgotten("X")
    fits = filter(wanted.fits, late)
    return min(fits, key=lambda post: post.created_at, default=None)


async def recent(api: Api, user: str, since: datetime) -> tuple[timedelta, list[Post]]:
    """How far X's clock is ahead, and the account's posts since then. Raises CannotLook where there are too
    many to list."""
    params = {
        "max_results": str(PAGE),
        "start_time": (since - REACH).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "tweet.fields": FIELDS,
    }
    ahead, posts = None, list[Post]()
    for _ in range(PAGES):
        answer = await api.ask(f"/2/users/{user}/tweets", params)
        ahead = clock.ahead(answer) if ahead is None else ahead
        page = read("X", answer, _Page)
        if not page.tells():
            raise Later(say("X did not list the account's posts. Hawker asks again soon."))
        posts += page.data
        if not page.meta.next_token:
            return ahead, posts
        params["pagination_token"] = page.meta.next_token
    raise CannotLook(
        say("The account has too many posts of late to find this one. Look at X whether it is out.")
    )
