"""Signing in through an app at Meta: the dialog, keys for codes, long keys for short, what a key may do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from pydantic import BaseModel

from hawker.connect import oauth
from hawker.connect.abilities import Errand
from hawker.connect.apps import VERSION
from hawker.connect.errors import NetworkError, Refused
from hawker.connect.http import Answer
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Name, Number, Refusals, read_trouble
from hawker.connect.text import say

TOKEN = "oauth/access_token"  # noqa: S105


def dialog(page: str, app: Mapping[str, str], *, back: str, scopes: Collection[str]) -> Errand:
    """Sends the owner to `page`. The errand remembers the app's keys, its version and its addresses."""
    kept = {name: app[name] for name in (VERSION, "server", "site") if name in app}
    own = oauth.app_of(app)
    return oauth.begin(page, own, back=back, scope=",".join(scopes), pkce=False, memory=kept)


async def exchange(graph: Graph, errand: Mapping[str, str], code: str) -> oauth.Tokens:
    """Networks whose login has another host than the Graph API's give the address themselves: `trade`."""
    params = {**oauth.app_of(errand).memory(), "redirect_uri": errand["back"], "code": code}
    return await trade(graph, graph.address(TOKEN), params)


async def prolong(graph: Graph, app: Mapping[str, str], token: str) -> oauth.Tokens:
    """A key of an hour for one of some sixty days. Raises SignInAgain where it is dead."""
    params = {**oauth.app_of(app).memory(), "grant_type": "fb_exchange_token", "fb_exchange_token": token}
    return await trade(graph, graph.address(TOKEN), params)


async def trade(graph: Graph, address: str, params: Mapping[str, str]) -> oauth.Tokens:
    """A GET that gives a key; the secrets stand in its query, which is never logged."""
    explain = partial(explain_key, graph.refusals)
    answer = await graph.http.request("GET", address, params=params, explain=explain)
    return oauth.read_tokens(oauth.Endpoint(address=address, explain=explain), answer)


def explain_key(refusals: Refusals, answer: Answer) -> NetworkError | None:
    """Token endpoints have the codes of everything else, with other meanings: 1 and 101 are about the app,
    100 (with the subcodes 36007 to 36009) and 400 about the code."""
    trouble = read_trouble(answer)
    words = trouble.words.lower() if trouble else ""
    if trouble and ("client secret" in words or "validating application" in words or trouble.code == 101):
        return oauth.strange_app(refusals.network, trouble.label)
    if trouble and ("redirect_uri" in words or trouble.code == 191):
        return Refused(_BACK, code=trouble.label)
    if trouble and not trouble.transient and trouble.code in {100, 400}:
        return Refused(_CODE, code=trouble.label)
    return refusals.explain(answer)


_BACK = say(
    "Meta does not know the address that leads back to this Hawker. Enter it among the valid OAuth redirect"
    " addresses of your app, exactly as it is shown here, and begin again."
)
_CODE = say("Meta's answer to the sign-in was used already, or is too old. Begin again.")


class _Granular(BaseModel):
    scope: str = ""
    target_ids: tuple[str, ...] = ()


class _Key(BaseModel):
    app_id: Name = ""
    type: str = ""
    is_valid: bool = False
    expires_at: Number = 0
    data_access_expires_at: Number = 0
    scopes: tuple[str, ...] = ()
    granular_scopes: tuple[_Granular, ...] = ()
    user_id: Name = ""


class _Inspection(BaseModel):
    data: _Key = _Key()


@dataclass(frozen=True, kw_only=True)
class Inspected:
    """What Meta says of a key. `expires_at` is None for never; `kind`: USER, PAGE, SYSTEM_USER …; `targets`:
    for each permission the ids it is confined to, where it is."""

    app_id: str
    kind: str
    is_valid: bool
    expires_at: datetime | None
    scopes: frozenset[str]
    user_id: str
    targets: Mapping[str, tuple[str, ...]]


async def inspect(graph: Graph, app: Mapping[str, str], token: str, *, by: str = "") -> Inspected:
    """Asks about `token` with the key `by`, else with the app's own. Raises Refused where the app's keys are
    wrong."""
    own = oauth.app_of(app)
    answer = await graph.http.request(
        "GET",
        graph.address("debug_token"),
        token=by or f"{own.client_id}|{own.client_secret}",
        params={"input_token": token},
        explain=graph.refusals.explain if by else partial(_explain_app, graph.refusals),
    )
    key = graph.parse(answer, _Inspection).data
    ends = min(key.expires_at, 32_503_680_000)
    return Inspected(
        app_id=key.app_id,
        kind=key.type,
        is_valid=key.is_valid,
        expires_at=datetime.fromtimestamp(ends, UTC) if ends > 0 else None,
        scopes=frozenset(key.scopes),
        user_id=key.user_id,
        targets={each.scope: each.target_ids for each in key.granular_scopes},
    )


def _explain_app(refusals: Refusals, answer: Answer) -> NetworkError | None:
    trouble = read_trouble(answer)
    if trouble and trouble.code in {101, 104, 190}:
        return oauth.strange_app(refusals.network, trouble.label)
    return refusals.explain(answer)


class _Permission(BaseModel):
    permission: str
    status: str = ""


async def granted(graph: Graph) -> frozenset[str]:
    """What the owner of this key allowed the app; she can take out single rights in the dialog."""
    listed = [each async for each in graph.listed("me/permissions", _Permission)]
    return frozenset(each.permission for each in listed if each.status == "granted")
