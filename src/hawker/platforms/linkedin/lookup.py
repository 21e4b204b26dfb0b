"""Looking through an account's own posts for one whose answer was lost."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BeforeValidator

from hawker.connect import clock
from hawker.connect.errors import CannotLook
from hawker.connect.refusals import read
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.linkedin.account import is_page
from hawker.platforms.linkedin.posts import Post, Sought
from hawker.platforms.linkedin.refusals import NoRight, Said
from hawker.platforms.linkedin.wire import Api

COUNT, LISTS = 100, 5
# Lists come by when posts were made; what counts here is when they came out.
REACH = timedelta(hours=1)
CLOSED = say(
    "LinkedIn lets Hawker read no posts of your own profile, so that Hawker cannot look whether this one is "
    "out. Look at your profile, and say so here."
)


class _Page(Said):
    elements: Annotated[tuple[Post, ...], BeforeValidator(lambda value: value or ())]


async def look(api: Api, account: Account, wanted: Sought, since: datetime) -> Post | None:
    """The first that fits. Raises CannotLook where a member's posts are closed to Hawker, or there are too
    many to list."""
    found = list[Post]()
    for number in range(LISTS):
        params = {"author": account.remote_id, "q": "author", "count": str(COUNT), "sortBy": "CREATED"}
        try:
            answer = await api.ask("/rest/posts", {**params, "start": str(number * COUNT)}, method="FINDER")
        except NoRight as closed:
            if is_page(account):
                raise
            raise CannotLook(CLOSED, code=closed.code) from closed
        begun = since + clock.ahead(answer) - clock.TOLERANCE
        posts = read("LinkedIn", answer, _Page).elements
        found += [post for post in posts if post.at >= begun and wanted.fits(post)]
        if len(posts) < COUNT or posts[-1].at < begun - REACH:
            return min(found, key=lambda post: post.at, default=None)
    raise CannotLook(
        say("The account has too many posts of late to find this one. Look at LinkedIn whether it is out.")
    )
