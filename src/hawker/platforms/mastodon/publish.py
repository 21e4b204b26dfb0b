"""Publishing on Mastodon: uploads, the one call that publishes, looking for a lost answer, deleting."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import NetworkError, OutcomeUnknown, Refused
from hawker.connect.http import Answer, Http, Json
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.mastodon.entity import entity
from hawker.platforms.mastodon.lookup import look, sought
from hawker.platforms.mastodon.media import is_usable, upload, wait
from hawker.platforms.mastodon.refusals import reason_of
from hawker.platforms.mastodon.status import read_status
from hawker.platforms.mastodon.text import iso_639, length
from hawker.platforms.mastodon.wire import Server, server_of

VISIBILITIES = ("public", "unlisted", "private", "direct")
# Seconds between looks at an upload; most pictures are ready at once, the largest in a few seconds.
PAUSES = (0.2, 0.5, 1, 2, 3, 5, 5, 5)


ONE_VIDEO = say("Mastodon takes up to four pictures or one video. Take the others out.")


class Publish:
    # A server reads from where it writes; some read from a replica that is seconds behind.
    read_delay = timedelta(seconds=10)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:
        return length(text, options, limits)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        problems = []
        if not draft.text.strip() and not draft.media:
            problems.append(Problem(field="text", sentence=say("Write a text or add a picture.")))
        if len(draft.media) > 1 and any(each.is_video for each in draft.media):
            problems.append(Problem(field="media", sentence=ONE_VIDEO))
        if (draft.options.get("visibility") or "public") not in VISIBILITIES:
            problems.append(Problem(field="visibility", sentence=say("Choose who may see the post.")))
        return problems

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        """An upload that the server has swept in the meantime is made once more under the same name."""
        server = server_of(http, account)
        for place, picture in enumerate(draft.media):
            kept = done.get(picture.id)
            if kept and await is_usable(server, kept, self._pauses):
                continue
            # snac2 makes an upload's id of its file name: no two posts may share one.
            uploaded = await upload(server, picture, f"{draft.key}-{place}")
            yield Step(name=picture.id, value=uploaded.id)
            if not uploaded.ready:
                await wait(server, uploaded.id, self._pauses)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        server = server_of(http, account)
        answer = await server.call(
            "POST",
            "/api/v1/statuses",
            json=_status(draft, done),
            headers={"Idempotency-Key": str(draft.key)},
            irreversible=True,
            explain=lambda answer: _refusal(server, draft, answer),
        )
        status = read_status(entity(answer.json()))
        if status is None:
            raise OutcomeUnknown(
                say("%(host)s did not say what became of the post. Hawker looks for it.", host=server.host)
            )
        return status.published()

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        status = await look(server_of(http, account), account.remote_id, sought(draft, done, known), since)
        return status.published() if status else None

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        """Raises Refused where the server goes on showing the post, as snac2 2.75 does."""
        server, path = server_of(http, account), f"/api/v1/statuses/{published.remote_id}"
        if not await _is_gone(server, "DELETE", path) or await _is_gone(server, "GET", path):
            return
        raise Refused(
            say("%(host)s lets no program delete a post. Delete it there yourself.", host=server.host),
            code="404",
        )


async def _is_gone(server: Server, method: str, path: str) -> bool:
    """Whether the server says that it has no such post."""
    try:
        await server.call(method, path)
    except Refused as refused:
        if refused.code not in {"404", "410"}:
            raise
        return True
    return False


def _refusal(server: Server, draft: Draft, answer: Answer) -> NetworkError | None:
    if answer.status == 404 and draft.reply_to:
        return Refused(
            say(
                "The post that this one answers is no longer on %(host)s. Post it on its own.",
                host=server.host,
            ),
            code="404",
            field="reply_to",
        )
    if answer.status == 422 and "already attached" in reason_of(answer):
        # Either the server has swept an upload, or an earlier call did arrive: looking tells which.
        return OutcomeUnknown(
            say(
                "%(host)s says that a picture may be in a post already. Hawker looks for it.",
                host=server.host,
            ),
            code="422",
        )
    return server.explain(answer)


def _status(draft: Draft, done: Mapping[str, str]) -> dict[str, Json]:
    """The body of the call; what is empty is left out, so that the server's own defaults hold."""
    warning = draft.options.get("content_warning", "").strip()
    body: dict[str, Json] = {
        "status": draft.text,
        "visibility": draft.options.get("visibility") or "public",
        "media_ids": [done[picture.id] for picture in draft.media],
        "spoiler_text": warning,
        "sensitive": bool(warning),
        "language": iso_639(draft.language),
        "in_reply_to_id": draft.reply_to.remote_id if draft.reply_to else "",
    }
    return {name: value for name, value in body.items() if value}
