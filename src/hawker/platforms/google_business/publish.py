"""Publishing local posts: the one call that publishes, what the review says, looking, deleting."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from hawker.connect import clock, google
from hawker.connect.at_once import AtOnce
from hawker.connect.errors import CannotLook, NetworkError
from hawker.connect.http import Answer, Http
from hawker.connect.refusals import Gone, read_sent
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.google_business import refusals
from hawker.platforms.google_business.body import body
from hawker.platforms.google_business.checks import problems
from hawker.platforms.google_business.limits import count
from hawker.platforms.google_business.post import REJECTED, Kept, LocalPost, Page, wanted_of
from hawker.platforms.google_business.review import PAUSES, await_review
from hawker.platforms.google_business.wire import POSTS, api, post_path, posts_path

PAGE, PAGES = 100, 20


class Publish(AtOnce):
    network = refusals.NAME
    # Google does not say how far its list lags behind.
    read_delay = timedelta(seconds=15)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return count(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        return list(problems(draft, limits))

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:  # noqa: ARG002
        """Raises Refused also where Google took the post and rejects it at once: nobody has seen it."""
        if draft.reply_to:
            raise refusals.NO_REPLIES()
        api_ = api(http, account, POSTS)
        answer = await api_.call(
            "POST",
            posts_path(account),
            json=body(draft, [medium.address() for medium in draft.media]),
            irreversible=True,
            explain=lambda answer: _refusal(draft, account.limits, answer),
        )
        post = read_sent(refusals.NAME, answer, Kept)
        return (await await_review(api_, account, post, self._pauses)).published(account)

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],  # noqa: ARG002
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        """Raises Refused where the post is there, and Google has rejected it."""
        wanted = wanted_of(body(draft, [medium.id for medium in draft.media]))
        found = await _look(api(http, account, POSTS), account, wanted, since, known)
        if found and found.state == REJECTED:
            raise refusals.REJECTED()
        return found.published(account) if found else None

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        api_, path = api(http, account, POSTS), post_path(account.app, published.remote_id)
        try:
            await api_.call("DELETE", path, explain=refusals.explain_post)
        except Gone:
            # Google says the same where it is the place that is gone, or out of the owner's reach.
            await api_.call("GET", posts_path(account), {"pageSize": "1"})


async def _look(
    api_: google.Api, account: Account, wanted: LocalPost, since: datetime, known: Collection[str]
) -> Kept | None:
    """The first that fits and was made since. In which order Google lists is not documented: all are read.
    Raises CannotLook where there are too many."""
    found, following, ahead = list[Kept](), "", None
    for _ in range(PAGES):
        params = {"pageSize": str(PAGE), **({"pageToken": following} if following else {})}
        answer = await api_.call("GET", posts_path(account), params)
        ahead = clock.ahead(answer) if ahead is None else ahead
        page, begun = google.read(answer, Page), since + ahead - clock.TOLERANCE
        made = [post for post in page.posts if post.create_time and post.create_time >= begun]
        found += [post for post in made if post.name not in known and post.fits(wanted)]
        following = page.following
        if not following:
            return min(found, key=lambda post: (post.create_time or since, post.name), default=None)
    raise CannotLook(say("This place has too many posts to find this one. Look at Google whether it is out."))


def _refusal(draft: Draft, limits: Limits, answer: Answer) -> NetworkError | None:
    """Often Google says no more than “invalid argument”: what the draft shows tells."""
    if answer.status == 400 and count(draft.text) > limits.text:
        return refusals.TOO_LONG(code="INVALID_ARGUMENT")
    return refusals.explain(answer)
