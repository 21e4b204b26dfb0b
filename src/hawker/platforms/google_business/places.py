"""The places of a person at Google: her accounts, and the locations in each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from hawker.connect import google
from hawker.connect.errors import Refused
from hawker.connect.google_errors import NAME
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.google_business.limits import LIMITS
from hawker.platforms.google_business.post import Said
from hawker.platforms.google_business.wire import ACCOUNTS, PLACES, POSTS, api

SITE = "https://business.google.com"
# Without a mask Google refuses to tell anything.
MASK = {"readMask": "name,title,storeCode,storefrontAddress,metadata"}


class Group(Said):
    """An account of Business Profile: a person's own, a group of places, an organization."""

    name: str
    account_name: str = ""


class Groups(google.Paged):
    accounts: tuple[Group, ...] = ()


class Address(Said):
    address_lines: tuple[str, ...] = ()
    locality: str = ""


class Metadata(Said):
    """`can_operate_local_post`: not where nobody has verified the place; Google leaves out what is false."""

    maps_uri: str = ""
    can_operate_local_post: bool = False


def _or_empty(value: object) -> object:
    return value or {}


class Place(Said):
    name: str
    title: str = ""
    store_code: str = ""
    address: Annotated[Address, BeforeValidator(_or_empty), Field(alias="storefrontAddress")] = Address()
    metadata: Annotated[Metadata, BeforeValidator(_or_empty)] = Metadata()

    @property
    def takes_posts(self) -> bool:
        return self.metadata.can_operate_local_post

    @property
    def handle(self) -> str:
        """By what an owner tells places of one name apart."""
        where = ", ".join(part for part in (*self.address.address_lines, self.address.locality) if part)
        return self.store_code or where or self.name


class Places(google.Paged):
    locations: tuple[Place, ...] = ()


def person_of(app: Mapping[str, str], secrets: Mapping[str, str], expires_at: datetime | None) -> Account:
    """Who signed in, before a place is chosen."""
    return Account(
        remote_id="accounts/-",
        handle=NAME,
        name=NAME,
        server=google.base(app, POSTS),
        site=app.get("site") or SITE,
        url=app.get("site") or SITE,
        limits=LIMITS,
        secrets=secrets,
        expires_at=expires_at,
        app=app,
    )


async def groups(http: Http, person: Account) -> list[Group]:
    pages = api(http, person, ACCOUNTS).pages("/v1/accounts", {"pageSize": "20"}, Groups)
    return [group async for page in pages for group in page.accounts]


async def places(http: Http, person: Account) -> list[tuple[str, Place]]:
    """Each place with the id that posts are written under: that of the account, then its own. One that
    several accounts lead to counts once."""
    found: dict[str, tuple[str, Place]] = {}
    for group in await groups(http, person):
        params = {**MASK, "pageSize": "100", "orderBy": "title"}
        pages = api(http, person, PLACES).pages(f"/v1/{group.name}/locations", params, Places)
        async for page in pages:
            for place in page.locations:
                found.setdefault(place.name, (f"{group.name}/{place.name}", place))
    return list(found.values())


async def read_place(http: Http, account: Account) -> Place:
    own = account.remote_id[account.remote_id.index("locations/") :]
    return google.read(await api(http, account, PLACES).call("GET", f"/v1/{own}", MASK), Place)


def unverified(names: list[str]) -> Refused:
    return Refused(
        say(
            "Google takes no posts for %(places)s yet: nobody has verified this. Verify it at "
            "business.google.com, then try again.",
            places=", ".join(names),
        ),
        code="canOperateLocalPost",
    )
