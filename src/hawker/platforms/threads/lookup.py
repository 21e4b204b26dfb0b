"""Looking for a post or a reply whose answer was lost, among what the account published since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hawker.connect.errors import SignInAgain
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Unseen
from hawker.connect.refusals import Gone
from hawker.connect.values import Account, Draft, Published
from hawker.platforms.threads.posts import FIELDS, REPLY_FIELDS, Post, kind_of
from hawker.platforms.threads.text import bare

PAGE, PAGES = "50", 10
# Threads tells whole seconds, by a clock of its own.
SKEW = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Search:
    """`known`: ids that belong to other drafts."""

    api: Graph
    account: Account
    draft: Draft
    since: datetime
    known: Collection[str]

    async def look(self) -> Published | None:
        """The one nearest to the call, of those that look alike."""
        return await self._reply(self.draft.reply_to) if self.draft.reply_to else await self._post()

    async def _post(self) -> Published | None:
        since = str(int((self.since - SKEW).timestamp()))
        params = {"fields": FIELDS, "since": since, "limit": PAGE}
        return self._nearest(await self._alike(f"{self.account.remote_id}/threads", params))

    async def _reply(self, parent: Published) -> Published | None:
        """Whether the account's list of replies has those to its own posts is not documented: the answered
        post is asked too."""
        params = {"fields": REPLY_FIELDS, "limit": PAGE}
        for path in (f"{self.account.remote_id}/replies", f"{parent.remote_id}/replies"):
            try:
                alike = await self._alike(path, params)
            except (Gone, Unseen, SignInAgain):  # gone with its post, or not for this key to list
                continue
            below = [
                each for each in alike if each.replied_to is None or each.replied_to.id == parent.remote_id
            ]
            if below:
                return self._nearest(below)
        return None

    async def _alike(self, path: str, params: Mapping[str, str]) -> list[Post]:
        """From the newest on; what was there before the call is not read to its end."""
        found = list[Post]()
        async for post in self.api.listed(path, Post, params, pages=PAGES):
            if post.timestamp < self.since - SKEW:
                break
            found += [post] if self._is_alike(post) else []
        return found

    def _is_alike(self, post: Post) -> bool:
        own = post.username in {"", self.account.handle.lstrip("@")}
        worded = bare(post.text) == bare(self.draft.text)
        shown = post.media_type in {"", kind_of(self.draft.media)}
        return own and worded and shown and post.id not in self.known

    def _nearest(self, posts: list[Post]) -> Published | None:
        nearest = min(posts, key=lambda each: abs(each.timestamp - self.since), default=None)
        return nearest.published(self.account) if nearest else None
