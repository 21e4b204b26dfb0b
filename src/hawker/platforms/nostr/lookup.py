"""Looking for a note by its words, where nobody knows its id any more."""

from collections.abc import Collection
from datetime import datetime, timedelta

from hawker.connect.http import Http
from hawker.connect.values import Account, Draft
from hawker.platforms.nostr import note
from hawker.platforms.nostr.events import Event, Kind
from hawker.platforms.nostr.reach import Reach
from hawker.platforms.nostr.relay import Filter
from hawker.platforms.nostr.relays import ask_all, gravest
from hawker.platforms.nostr.remote import signer_of

# A note tells whole seconds, and may be dated by another machine's clock.
SKEW = timedelta(seconds=60)
MOST = 500


async def worded(
    http: Http, account: Account, draft: Draft, since: datetime, known: Collection[str]
) -> Event | None:
    """The first note of the account since then with these words, as many files, and the same place in a
    thread."""
    reach, begun = Reach.of(account), int((since - SKEW).timestamp())
    wish: Filter = {"authors": [account.remote_id], "kinds": [int(Kind.note)], "since": begun, "limit": MOST}
    told = await ask_all(http, reach.relays, signer_of(http, account), wish)
    if len(told.found) < reach.enough:
        raise gravest(told.errors)
    fitting = [each for each in told.events if each.id not in known and _fits(each, draft, account)]
    return min(fitting, key=lambda event: event.created_at, default=None)


def _fits(event: Event, draft: Draft, account: Account) -> bool:
    words, files = note.clean(draft.text), [tag for tag in event.tags if tag[0] == "imeta"]
    same = event.content.startswith(words) if draft.media else event.content == words
    answered = [tag[1] for tag in event.tags if tag[0] == "e"]
    return same and len(files) == len(draft.media) and answered == note.answered(draft, account)
