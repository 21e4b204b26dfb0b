"""The first comment below a post."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator

from hawker.connect import clock
from hawker.connect.errors import CannotLook, Refused
from hawker.connect.refusals import Gone, read, unsaid
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Published
from hawker.platforms.linkedin.lookup import COUNT, LISTS
from hawker.platforms.linkedin.posts import moment
from hawker.platforms.linkedin.refusals import NO_PARENT, NoRight, Said, Word
from hawker.platforms.linkedin.text import alike
from hawker.platforms.linkedin.wire import Api, escape

# In `Published.detail`: the post that a comment hangs on.
UNDER = "under"


class _Message(Said):
    text: Word = ""


class _Created(Said):
    time: int | None = None


class _Comment(Said):
    id: str
    actor: Word = ""
    message: _Message = _Message()
    created: _Created = _Created()


class _Page(Said):
    elements: Annotated[tuple[_Comment, ...], BeforeValidator(lambda value: value or ())]


async def write(api: Api, account: Account, draft: Draft, under: Published) -> Published:
    """Plain text: nothing is escaped here (Comments API, read 2026-11-22)."""
    wish = {"actor": account.remote_id, "object": under.remote_id, "message": {"text": draft.text}}
    try:
        answer = await api.do(_path(under.remote_id), wish, irreversible=True)
    except Gone as gone:
        raise NO_PARENT(code=gone.code) from gone
    except NoRight as closed:  # posts may go out all the same: the channel stays
        raise Refused(_NO_COMMENTS, code=closed.code) from closed
    number = answer.get("id") or answer.headers.get("x-restli-id", "")
    if not number:
        raise unsaid("LinkedIn")
    return _published(account, under.remote_id, number)


async def look(
    api: Api, account: Account, draft: Draft, under: Published, *, since: datetime, known: Collection[str]
) -> Published | None:
    for number in range(LISTS):
        params = {"start": str(number * COUNT), "count": str(COUNT)}
        try:
            answer = await api.ask(_path(under.remote_id), params)
        except Gone:  # with its post, or nobody has commented on it yet
            return None
        except NoRight as closed:
            raise CannotLook(_CLOSED, code=closed.code) from closed
        begun = since + clock.ahead(answer) - clock.TOLERANCE
        listed = read("LinkedIn", answer, _Page).elements
        for each in listed:
            found = _published(account, under.remote_id, each.id)
            fresh = each.created.time is None or moment(each.created.time) >= begun
            own = each.actor == account.remote_id and found.remote_id not in known
            if own and fresh and alike(draft.text, each.message.text):
                return found
        if len(listed) < COUNT:
            return None
    raise CannotLook(
        say("The post has too many comments to find this one. Look at LinkedIn whether it is there.")
    )


async def delete(api: Api, account: Account, comment: Published) -> None:
    number = _number(comment.remote_id)
    path = f"{_path(comment.detail[UNDER])}/{escape(number)}?actor={escape(account.remote_id)}"
    await api.remove(path)


def check_parent(under: Published) -> None:
    """A comment's own comments are not written: Hawker asks for first comments only."""
    if UNDER in under.detail:
        raise Refused(say("Hawker writes comments below posts at LinkedIn, not below other comments."))


def _path(urn: str) -> str:
    return f"/rest/socialActions/{escape(urn)}/comments"


def _number(urn: str) -> str:
    """Of `urn:li:comment:(urn:li:activity:1,2)` the last part; a bare number is itself."""
    return urn.rstrip(")").rpartition(",")[2]


def _published(account: Account, under: str, number: str) -> Published:
    """LinkedIn's own name for a comment has the post's activity in it, which not every answer tells: its post
    stands there instead."""
    urn = f"urn:li:comment:({under},{_number(number)})"
    url = f"{account.site}/feed/update/{under}?commentUrn={escape(urn)}"
    return Published(remote_id=urn, url=url, detail={UNDER: under})


_NO_COMMENTS = say(
    "LinkedIn does not let Hawker comment here. Check that your app has the scope for comments "
    "(w_organization_social_feed for pages, w_member_social_feed for yourself), copy its scopes here again "
    "and sign in again; or write the comment at LinkedIn yourself."
)
_CLOSED = say(
    "LinkedIn does not let Hawker read the comments here, so that Hawker cannot look whether this one is "
    "there. Look at the post, and say so here."
)
