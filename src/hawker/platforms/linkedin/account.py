"""A member, or a page, as an account; and what LinkedIn takes from either."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field

from hawker.connect.errors import Refused
from hawker.connect.refusals import Gone, read
from hawker.connect.text import say
from hawker.connect.values import Account, Limits
from hawker.platforms.linkedin.app import BASIC, OPENID, place
from hawker.platforms.linkedin.refusals import NoRight, Said, Word
from hawker.platforms.linkedin.wire import Api, escape

# Posts, Images, MultiImage and Videos API, read 2026-11-22. No size of a picture's file is documented.
LIMITS = Limits(
    text=3_000,
    media=20,
    alt_text=4_000,
    image_bytes=8_000_000,
    image_pixels=36_152_319,
    image_types=("image/jpeg", "image/png", "image/gif"),
    video_bytes=500_000_000,
    video_seconds=30 * 60,
    video_types=("video/mp4",),
)
PERSON, PAGE = "urn:li:person:", "urn:li:organization:"
# “Organization Access Control”; the guide to posts writes the second one shorter.
ROLES = {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "CONTENT_ADMIN"}
COUNT, LISTS = 100, 10
_PAGE_GONE = say(
    "This page is gone from LinkedIn. Look there whether it was closed, and remove the channel here."
)


class _UserInfo(Said):
    sub: str
    name: Word = ""


class _Me(Said):
    id: str
    localized_first_name: Word = ""
    localized_last_name: Word = ""
    vanity_name: Word = ""


class _Page(Said):
    localized_name: Word = ""
    vanity_name: Word = ""


class _Role(Said):
    """The name of the page's field differs between editions of the API."""

    page: Word = Field(
        default="",
        validation_alias=AliasChoices("organization", "organizationTarget", "organizationalTarget"),
    )
    role: Word = ""
    state: Word = "APPROVED"


class _Roles(Said):
    elements: Annotated[tuple[_Role, ...], BeforeValidator(lambda value: value or ())] = ()


class PageGone(Refused):
    """LinkedIn has no such page any more."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """What a sign-in gave, for whichever accounts it opens."""

    secrets: Mapping[str, str]
    expires_at: datetime | None
    app: Mapping[str, str]

    def account(self, urn: str, name: str, vanity: str) -> Account:
        server, site = place(self.app)
        number = urn.rpartition(":")[2]
        path = f"company/{vanity or number}" if urn.startswith(PAGE) else f"in/{vanity or 'me'}"
        return Account(
            remote_id=urn,
            handle=vanity or name or number,
            name=name or vanity or number,
            server=server,
            site=site,
            url=f"{site}/{path}",
            limits=LIMITS,
            secrets=self.secrets,
            expires_at=self.expires_at,
            app=self.app,
        )


def key_of(account: Account) -> Key:
    places = {"server": account.server, "site": account.site}
    return Key(secrets=account.secrets, expires_at=account.expires_at, app={**account.app, **places})


def is_page(account: Account) -> bool:
    return account.remote_id.startswith(PAGE)


async def read_member(api: Api, key: Key, scopes: frozenset[str]) -> Account:
    """Which call tells who somebody is depends on the product of the app."""
    if OPENID in scopes and BASIC not in scopes:
        info = read("LinkedIn", await api.ask("/v2/userinfo"), _UserInfo)
        return key.account(f"{PERSON}{info.sub}", info.name, "")
    me = read("LinkedIn", await api.ask("/v2/me"), _Me)
    return key.account(
        f"{PERSON}{me.id}", f"{me.localized_first_name} {me.localized_last_name}".strip(), me.vanity_name
    )


async def read_again(api: Api, account: Account) -> Account:
    """The same account, as it is now."""
    key = key_of(account)
    if is_page(account):
        return await read_page(api, key, account.remote_id)
    try:
        return await read_member(api, key, frozenset())
    except NoRight:
        return await read_member(api, key, frozenset([OPENID]))


async def read_page(api: Api, key: Key, urn: str) -> Account:
    """Raises PageGone."""
    try:
        answer = await api.ask(f"/rest/organizations/{escape(urn.removeprefix(PAGE))}")
    except Gone as gone:
        raise PageGone(_PAGE_GONE, code=gone.code) from gone
    page = read("LinkedIn", answer, _Page)
    return key.account(urn, page.localized_name, page.vanity_name)


async def pages(api: Api) -> AsyncIterator[str]:
    """The URNs of the pages on which the member may publish, each once."""
    found = dict[str, None]()
    for number in range(LISTS):
        params = {"q": "roleAssignee", "state": "APPROVED", "start": str(number * COUNT), "count": str(COUNT)}
        roles = read("LinkedIn", await api.ask("/rest/organizationAcls", params), _Roles).elements
        own = [each.page for each in roles if each.role in ROLES and each.state == "APPROVED"]
        found |= dict.fromkeys(urn for urn in own if urn.startswith(PAGE))
        if len(roles) < COUNT:
            break
    for urn in found:
        yield urn
