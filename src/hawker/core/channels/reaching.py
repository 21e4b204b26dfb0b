"""What one sign-in opens: one account, or several of which the owner chooses."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.platform import Platform
from hawker.connect.text import Sentence, say
from hawker.connect.values import Account
from hawker.core.problems import Conflict, invalid

_ACCOUNTS = TypeAdapter(list[Account])


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An account as its owner tells it from the others. `connected`: it is a channel of hers already."""

    remote_id: str
    handle: str
    name: str
    url: str
    connected: bool


class Several(Conflict):
    """One sign-in opened several accounts, and nobody said which. Nothing was connected."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        super().__init__(say("This sign-in opens several accounts. Say which of them to connect."))
        self.candidates = tuple(candidates)


async def reached(http: Http, platform: Platform, person: Account) -> list[Account]:
    """Each with the keys of the app through which it came. Raises Refused where there is none."""
    if platform.reaches is None:
        return [person]
    found = await platform.reaches.reached(http, person)
    if not found:
        raise Refused(_nothing(person, platform))
    return [replace(account, app=person.app) for account in found]


def _nothing(person: Account, platform: Platform) -> Sentence:
    return say(
        "Signed in as %(who)s, but that opens nothing at %(network)s on which Hawker could publish. Sign in "
        "as somebody who manages the account, and let Hawker act for it.",
        who=person.name or person.handle,
        network=platform.title,
    )


def chosen(accounts: Sequence[Account], ids: Collection[str]) -> list[Account]:
    """Raises Invalid for an id that none of them has, or where nothing is chosen."""
    known = {account.remote_id for account in accounts}
    strange = [each for each in ids if each not in known]
    if not strange and ids:
        return [account for account in accounts if account.remote_id in ids]
    sentence = (
        say("This sign-in does not open the account %(id)s.", id=strange[0])
        if strange
        else say("Choose at least one account.")
    )
    raise invalid("accounts", sentence)


def packed(accounts: Iterable[Account]) -> str:
    """As text, with all secrets but those of the app: seal it at once."""
    return _ACCOUNTS.dump_json([replace(account, app={}) for account in accounts]).decode()


def unpacked(text: str) -> list[Account]:
    return _ACCOUNTS.validate_json(text)
