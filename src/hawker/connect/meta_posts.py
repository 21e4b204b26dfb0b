"""Posts on the Graph API: how their words are compared, and how they are taken down."""

import unicodedata

from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.meta import Graph, Id, Success
from hawker.connect.text import say


def essence(text: str) -> str:
    """What is left of a text whatever is done to its spaces."""
    return "".join(unicodedata.normalize("NFC", text).split())


async def take_down(api: Graph, remote_id: str) -> None:
    """One that is gone counts as taken down. Meta says the same of what is gone and of what no program may
    take down: a second look tells them apart. Raises Refused for the latter."""
    try:
        done = api.parse(await api.remove(remote_id), Success).success
        code = ""
    except (Refused, SignInAgain) as refused:
        done, code = not await _is_there(api, remote_id), refused.code
    if not done:
        sentence = say(
            "%(network)s does not let a program take this down. Delete it there yourself.",
            network=api.refusals.network,
        )
        raise Refused(sentence, code=code)


async def _is_there(api: Graph, remote_id: str) -> bool:
    """Raises Later and SignInAgain where that cannot be asked."""
    try:
        await api.read(remote_id, Id, {"fields": "id"})
    except Refused:
        return False
    return True
