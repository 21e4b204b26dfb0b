"""The post that another one quotes: named by its number, or by its address, which the API does not take."""

import re

from pydantic import BaseModel

from hawker.connect.errors import CannotLook, Refused, SignInAgain
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Name, Text
from hawker.connect.text import say
from hawker.connect.values import Account

_NUMBER = re.compile(r"\d{5,25}")
_ADDRESS = re.compile(r"https?://[^/\s]+(?:/[^\s@]*)?/@([\w.]+)/post/([\w-]+)/?(?:[?#]\S*)?")
PAGE, PAGES = "100", 5


class _Post(BaseModel):
    id: Name
    permalink: Text = ""
    shortcode: Text = ""


def is_quotable(typed: str) -> bool:
    return bool(_NUMBER.fullmatch(typed) or _ADDRESS.fullmatch(typed))


async def quoted(api: Graph, account: Account, typed: str) -> str:
    """The id of the post; raises Refused where it cannot be found. Only its author's list tells which id
    belongs to an address."""
    match = _ADDRESS.fullmatch(typed)
    if match is None:
        return typed
    author, shortcode = match[1], match[2]
    own = f"@{author}".lower() == account.handle.lower()
    params = {"fields": "id,permalink,shortcode", "limit": PAGE, **({} if own else {"username": author})}
    path = f"{account.remote_id}/threads" if own else "profile_posts"
    try:
        async for post in api.listed(path, _Post, params, pages=PAGES):
            if shortcode in {post.shortcode, post.permalink.rstrip("/").rpartition("/")[2]}:
                return post.id
    except CannotLook as deep:
        raise Refused(_MISSING, field="quote") from deep
    except (Refused, SignInAgain) as refused:
        if own:
            raise
        raise Refused(_UNREADABLE, code=refused.code, field="quote") from refused
    raise Refused(_MISSING, field="quote")


_MISSING = say(
    "Threads does not list the post to quote among its author's latest. Check the address, or enter the"
    " post's number."
)
_UNREADABLE = say(
    "Threads does not let Hawker read posts of this account, so that it cannot be quoted by its address."
    " Enter the post's number, or take the quote out."
)
