"""Looking for a note whose id nobody can be sure of: it was signed after a backup was taken, or long ago."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from hawker.connect.errors import CannotLook, Later, NetworkError
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.connect.values import Account, Draft
from hawker.platforms.nostr import note
from hawker.platforms.nostr.events import Event, Kind
from hawker.platforms.nostr.reach import Reach
from hawker.platforms.nostr.relay import Filter
from hawker.platforms.nostr.relays import ask_all, gravest
from hawker.platforms.nostr.remote import signer_of

# A note is dated before its work is done and its signer asked, and by whichever machine's clock.
SKEW = timedelta(minutes=10)
MOST = 500
# As far ahead as relays commonly take a note (strfry, 2026-07).
STALE = timedelta(minutes=15)


async def forgotten(
    http: Http, account: Account, draft: Draft, since: datetime, known: Collection[str]
) -> Event | None:
    """The note that was made of this very draft. Signed again it would be another one: absent it is only
    where each relay says so. Raises Later or CannotLook where one does not, and CannotLook where a note that
    is not `known` has the same words: its draft may have been saved anew since, or its owner wrote it
    herself."""
    begun = int((since - SKEW).timestamp())
    wish: Filter = {"authors": [account.remote_id], "kinds": [int(Kind.note)], "since": begun, "limit": MOST}
    reach = Reach.of(account)
    told = await ask_all(http, reach.relays, signer_of(http, account), wish, whole=True)
    own = [each for each in told.events if each.pubkey == account.remote_id and each.kind == Kind.note]
    found = next((each for each in own if note.is_of(each, draft)), None)
    if found is None and told.errors:
        raise _untold(told.errors) if len(told.found) >= reach.enough else gravest(told.errors)
    if found is None and any(each.id not in known and _is_alike(each, draft, account) for each in own):
        raise _alike()
    return found


async def is_nowhere(http: Http, account: Account, event: Event) -> bool:
    """Whether each relay says that it has neither this note nor its author's wish to delete it."""
    note_itself: Filter = {"ids": [event.id]}
    wish: Filter = {"authors": [event.pubkey], "kinds": [int(Kind.deletion)], "#e": [event.id]}
    told = await ask_all(http, Reach.of(account).relays, signer_of(http, account), note_itself, wish)
    return not told.errors and not any(event.id in {each.id, *each.values("e")} for each in told.events)


def is_stale(event: Event) -> bool:
    """Whether its readers would find it far from its place, or relays refuse its time."""
    return abs(datetime.now(UTC).timestamp() - event.created_at) > STALE.total_seconds()


def _is_alike(event: Event, draft: Draft, account: Account) -> bool:
    files = note.addresses(event)
    answered = [tag[1] for tag in event.tags if tag[0] == "e"]
    same = event.content == note.content(draft.text, files) and len(files) == len(draft.media)
    return same and answered == note.answered(draft, account)


def _untold(errors: Sequence[NetworkError]) -> NetworkError:
    passing = next((each for each in errors if isinstance(each, Later)), None)
    sentence = say(
        "Not all of your relays tell whether this post is out. Look in a Nostr app whether it is, and say so "
        "here."
    )
    return passing or CannotLook(sentence, code="untold")


def _alike() -> CannotLook:
    sentence = say(
        "A note with the same words is out, which may be this post. Look in a Nostr app whether it is, and "
        "say so here."
    )
    return CannotLook(sentence, code="alike")
