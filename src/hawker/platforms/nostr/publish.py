"""Publishing: a note is signed once and kept, so that sending it again gives the same note."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, Refused
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Media, Problem, Published
from hawker.platforms.nostr import events, note
from hawker.platforms.nostr.bech32 import nevent
from hawker.platforms.nostr.blossom import Blob, upload
from hawker.platforms.nostr.events import Event, Kind, Unsigned
from hawker.platforms.nostr.lookup import forgotten, is_nowhere, is_stale
from hawker.platforms.nostr.reach import Reach, as_socket
from hawker.platforms.nostr.relays import Offered, ask_all, gravest, offer_all
from hawker.platforms.nostr.remote import signer_of
from hawker.platforms.nostr.signing import write

_EVENT = "event"


class Publish:
    """The same event can be sent as often as one likes: it stays one. Rewritten, a note is another: an event
    on its way must have arrived before that is possible."""

    read_delay = timedelta(seconds=10)

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return len(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        """The addresses of media stand in the text."""
        over = len(draft.text) + note.ADDRESS * len(draft.media) - limits.text
        if not draft.media or over <= 0:
            return []
        sentence = say(
            "The addresses of pictures and videos count as well: shorten the text by %(over)s characters.",
            over=over,
        )
        return [Problem(field="text", sentence=sentence)]

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        if len(draft.media) > account.limits.media:
            sentence = say(
                "A note takes at most %(most)s pictures. Take some out.", most=account.limits.media
            )
            raise Refused(sentence, field="media")
        kept = dict(done)
        for media in draft.media:
            if _of(media) not in kept:
                kept[_of(media)] = await _uploaded(http, account, media)
                yield Step(name=_of(media), value=kept[_of(media)])
        if _EVENT not in kept or await _is_outdated(http, account, _kept(kept)):
            blobs = [Blob.model_validate_json(kept[_of(media)]) for media in draft.media]
            unsigned = await asyncio.to_thread(_written, account, draft, blobs)
            event = await signer_of(http, account).sign(unsigned)
            yield Step(name=_EVENT, value=event.json_text)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        event, reach = _kept(done), Reach.of(account)
        offered = await _offer(http, account, event, enough=reach.enough, irreversible=True)
        if offered.taken < reach.enough:
            raise offered.verdict(reach.enough)
        return _published(account, draft, event)

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
        """A note that too few relays have is offered to all of them once more: it is out, and whoever
        refuses it for good does not change that. Where none of those that answer has it, the same one may
        be sent again: that harms nothing, wherever it may have arrived. A stale one may have been signed
        anew since: then each relay is asked for both."""
        event = _kept(done) if _EVENT in done else None
        if event is None or is_stale(event):
            event = await forgotten(http, account, draft, _begun(event, since), known)
        if event is None:
            return None
        reach = Reach.of(account)
        told = await ask_all(http, reach.relays, signer_of(http, account), {"ids": [event.id], "limit": 1})
        having = sum(event.id in {each.id for each in found} for found in told.found)
        if not having and len(told.found) < reach.enough:
            raise gravest(told.errors)
        if not having:
            return None
        if having < reach.enough:
            offered = await _offer(http, account, event, enough=reach.enough)
            passing = [each for each in offered.errors if isinstance(each, Later)]
            if offered.taken < reach.enough and passing:
                raise passing[0]
        return _published(account, draft, event)

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        """A relay that cannot be reached would keep the note: then it is tried again."""
        tags = (("e", published.remote_id), ("k", str(int(Kind.note))))
        wish = await write(signer_of(http, account), Kind.deletion, tags=tags)
        offered = await _offer(http, account, wish, enough=len(Reach.of(account).relays))
        if offered.errors and (not offered.taken or isinstance(gravest(offered.errors), Later)):
            raise gravest(offered.errors)


def _of(media: Media) -> str:
    return f"media.{media.id}"


def _kept(done: Mapping[str, str]) -> Event:
    return Event.model_validate_json(done[_EVENT])


def _begun(event: Event | None, since: datetime) -> datetime:
    return min(since, datetime.fromtimestamp(event.created_at, UTC)) if event else since


async def _is_outdated(http: Http, account: Account, event: Event) -> bool:
    """What waited long, or was dated by a wrong clock, is signed anew, unless a relay may have it."""
    return is_stale(event) and await is_nowhere(http, account, event)


async def _uploaded(http: Http, account: Account, media: Media) -> str:
    data = await asyncio.to_thread(media.read)
    blob = await upload(http, Reach.of(account).media, signer_of(http, account), data, media.content_type)
    return blob.model_dump_json()


def _written(account: Account, draft: Draft, blobs: list[Blob]) -> Unsigned:
    plain = events.compose(
        account.remote_id,
        Kind.note,
        content=note.content(draft.text, [blob.url for blob in blobs]),
        tags=note.tags(draft, account, blobs),
    )
    return events.work(plain, salt=note.salt(draft), bits=Reach.of(account).work)


async def _offer(
    http: Http, account: Account, event: Event, *, enough: int, irreversible: bool = False
) -> Offered:
    relays, signer = Reach.of(account).relays, signer_of(http, account)
    return await offer_all(http, relays, signer, event, enough=enough, irreversible=irreversible)


def _published(account: Account, draft: Draft, event: Event) -> Published:
    """`detail`: where the thread begins that this note belongs to."""
    pointer = nevent(event.id, event.pubkey, as_socket(Reach.of(account).relays[0]))
    return Published(
        remote_id=event.id,
        url=f"{account.site}/{pointer}",
        detail={"root": note.root_of(draft) or event.id},
    )
