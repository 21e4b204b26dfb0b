"""The login at Instagram itself ("Business Login for Instagram", read 2026-11-22): keys of sixty days."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from pydantic import BaseModel, ValidationError

from hawker.connect import oauth
from hawker.connect.abilities import Errand
from hawker.connect.errors import Refused
from hawker.connect.http import Answer, Http
from hawker.connect.meta_app import kept
from hawker.connect.meta_oauth import explain_key, trade
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.instagram.account import account_of, read_own
from hawker.platforms.instagram.developer import CLIENT_ID, CLIENT_SECRET, OWN_SCOPES
from hawker.platforms.instagram.hosts import (
    INSTAGRAM_KEY,
    at_instagram,
    instagram_api,
    instagram_tokens,
    site,
)
from hawker.platforms.instagram.refusals import REFUSALS

LIFE = timedelta(days=60)


def app_of(keys: Mapping[str, str]) -> dict[str, str]:
    """This login has an ID and a secret of its own, beside those of the app at Meta."""
    return {"client_id": keys.get(CLIENT_ID, ""), "client_secret": keys.get(CLIENT_SECRET, "")}


def errand(keys: Mapping[str, str], back: str) -> Errand:
    own = app_of(keys)
    if not all(own.values()):
        raise Refused(_NO_APP)
    begun = oauth.begin(
        f"{site(keys)}/oauth/authorize",
        oauth.app_of(own),
        back=back,
        scope=",".join(scope.name for scope in OWN_SCOPES),
        pkce=False,
    )
    known = kept(keys, CLIENT_ID, CLIENT_SECRET)
    return replace(begun, memory={**begun.memory, **known, "way": "instagram"})


async def finish(http: Http, memory: Mapping[str, str], code: str, app: Mapping[str, str]) -> Account:
    """A key of an hour is changed for one of sixty days at once."""
    short = await _exchange(http, memory, code.removesuffix("#_"))
    api, own = at_instagram(http, app), app_of(app)
    params = {"grant_type": "ig_exchange_token", "client_secret": own["client_secret"], "access_token": short}
    long = await trade(api, f"{instagram_api(app)}/access_token", params)
    profile = await read_own(at_instagram(http, app, long.access))
    return account_of(profile, app, {INSTAGRAM_KEY: long.access}, long.expires_at or _ends())


async def renew(http: Http, account: Account) -> Account:
    """Raises SignInAgain where the key is dead: an expired one cannot be revived."""
    params = {"grant_type": "ig_refresh_token", "access_token": account.secrets[INSTAGRAM_KEY]}
    address = f"{instagram_api(account.app)}/refresh_access_token"
    given = await trade(at_instagram(http, account.app), address, params)
    return replace(account, secrets={INSTAGRAM_KEY: given.access}, expires_at=given.expires_at or _ends())


async def _exchange(http: Http, memory: Mapping[str, str], code: str) -> str:
    address = f"{instagram_tokens(memory)}/oauth/access_token"
    form = {
        **app_of(memory),
        "grant_type": "authorization_code",
        "redirect_uri": memory["back"],
        "code": code,
    }
    explain = partial(explain_key, REFUSALS)
    answer = await http.request("POST", address, form=form, explain=explain)
    return oauth.read_tokens(oauth.Endpoint(address=address, explain=explain), _unwrapped(answer)).access


class _Wrapped(BaseModel):
    data: tuple[dict[str, object], ...]


def _unwrapped(answer: Answer) -> Answer:
    """Some answers stand in a list."""
    try:
        data = _Wrapped.model_validate_json(answer.body).data
    except ValidationError:
        return answer
    return replace(answer, body=json.dumps(data[0] if data else {}).encode())


def _ends() -> datetime:
    return datetime.now(UTC) + LIFE


_NO_APP = say(
    "For signing in at Instagram the Instagram app ID and the Instagram app secret are missing among your"
    " app's keys. Enter them, or sign in at Facebook."
)
