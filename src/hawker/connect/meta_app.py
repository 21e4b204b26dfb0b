"""An app at Meta, as all of its networks ask for it: its keys, its editions, and what it must be given."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TypeVar

from pydantic import BaseModel

from hawker.connect.abilities import Field
from hawker.connect.apps import VERSION, Version
from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.meta import Graph, Id
from hawker.connect.meta_oauth import Inspected, exchange, inspect, prolong
from hawker.connect.oauth import Tokens
from hawker.connect.text import say

T = TypeVar("T", bound=BaseModel)
# Graph API changelog, read 2026-11-22; v20.0 went on 2026-09-24.
VERSIONS = (
    Version(name="v26.0"),
    Version(name="v25.0", sunset=date(2028, 7, 29)),
    Version(name="v24.0", sunset=date(2028, 2, 18)),
    Version(name="v23.0", sunset=date(2027, 10, 8)),
    Version(name="v22.0", sunset=date(2027, 5, 20)),
    Version(name="v21.0", sunset=date(2027, 1, 21)),
)
FIELDS = (
    Field(
        name="client_id",
        label=say("App ID"),
        hint=say("In Meta's developer pages, under App settings, Basic."),
    ),
    Field(
        name="client_secret",
        label=say("App secret"),
        kind="password",
        hint=say("Beside the app ID; Meta asks for your password before it shows it."),
    ),
)
COPY = say("Under App settings, Basic, copy the app ID and the app secret to the fields here.")
ADD = say("Add the permissions that are listed here under Use cases, Customize.")
KEPT = ("client_id", "client_secret", VERSION, "server", "site")


def kept(keys: Mapping[str, str], *more: str) -> dict[str, str]:
    """What an account needs of its app's keys; `more` names further ones."""
    return {name: keys[name] for name in (*KEPT, *more) if name in keys}


async def recognise(api: Graph, app: Mapping[str, str], token: str, needed: Collection[str]) -> Inspected:
    """What a token may do that was pasted in. Raises Refused where it is dead, another app's, or may not do
    what is `needed`."""
    key = await inspect(api, app, token)
    if not key.is_valid or key.app_id != app.get("client_id"):
        raise Refused(_FOREIGN, field="access_token")
    demand(key.scopes, needed)
    return key


def demand(scopes: Collection[str], needed: Collection[str]) -> None:
    missing = [name for name in needed if name not in scopes]
    if missing:
        sentence = say(
            "Hawker also needs the permission %(scopes)s. Begin again, and leave everything switched on that"
            " Meta asks about.",
            scopes=", ".join(missing),
        )
        raise Refused(sentence, code="scopes", field="access_token")


async def lasting(
    api: Graph, app: Mapping[str, str], token: str, key: Inspected
) -> tuple[str, datetime | None]:
    """A person's key of an hour becomes one of some sixty days; others live as long as they do."""
    if key.kind != "USER" or key.expires_at is None:
        return token, key.expires_at
    long = await prolong(api, app, token)
    return long.access, long.expires_at


async def enter(api: Graph, errand: Mapping[str, str], code: str) -> Tokens:
    """Ends a sign-in. The key of an hour is changed for a long one at once: those of pages then have no
    end."""
    short = await exchange(api, errand, code)
    return await prolong(api, errand, short.access)


async def listen(api: Graph, node: str, fields: str) -> None:
    """Asks for webhooks of what happens there; without the right to that the account works all the same."""
    try:
        await api.do(f"{node}/subscribed_apps", {"subscribed_fields": fields})
    except (Refused, SignInAgain):
        return


async def pages(api: Graph, kind: type[T], fields: str, scopes: Collection[str]) -> list[T]:
    """The pages of whose key it is: those she runs herself, and those of her businesses; some come twice."""
    params = {"fields": fields, "limit": "100"}
    found = [page async for page in api.listed("me/accounts", kind, params)]
    if "business_management" not in scopes:
        return found
    async for business in api.listed("me/businesses", Id, {"fields": "id", "limit": "100"}):
        for edge in ("owned_pages", "client_pages"):
            found += [page async for page in api.listed(f"{business.id}/{edge}", kind, params)]
    return found


_FOREIGN = say(
    "This token does not work, or was made for another app than the one entered in Hawker. Make one for your"
    " own app and enter it again."
)
