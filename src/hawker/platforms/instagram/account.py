"""Who an account is, and what Instagram takes from it."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import AliasChoices, BaseModel, Field

from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Text
from hawker.connect.values import Account, Limits
from hawker.platforms.instagram.hosts import server, site

# Instagram Platform, "IG User media", read 2026-11-22. Of videos some pages say 300 MB, some 1 GB. Pictures
# wider than 1440 pixels are made smaller there; how many pixels it takes at all is not said.
LIMITS = Limits(
    text=2_200,
    media=10,
    alt_text=1_000,
    image_bytes=8_000_000,
    image_pixels=64_000_000,
    image_types=("image/jpeg",),
    video_bytes=300_000_000,
    video_seconds=900,
    video_types=("video/mp4", "video/quicktime"),
)
FIELDS = "id,username,name"
OWN_FIELDS = "user_id,username,name"


class Profile(BaseModel):
    """The login at Instagram tells two ids: `id` is good for one app only, `user_id` is the account's."""

    id: str = Field(validation_alias=AliasChoices("user_id", "id"))
    username: str
    name: Text = ""


class Page(BaseModel):
    """A page of a person, as far as it leads to an account here."""

    id: str
    access_token: Text = ""
    profile: Profile | None = Field(default=None, validation_alias="instagram_business_account")


PAGE_FIELDS = f"id,instagram_business_account{{{FIELDS}}}"


def account_of(
    profile: Profile, app: Mapping[str, str], secrets: Mapping[str, str], expires_at: datetime | None = None
) -> Account:
    return Account(
        remote_id=profile.id,
        handle=f"@{profile.username}",
        name=profile.name or profile.username,
        server=server(app),
        site=site(app),
        url=f"{site(app)}/{profile.username}",
        limits=LIMITS,
        secrets=secrets,
        expires_at=expires_at,
        app=dict(app),
    )


async def read_own(api: Graph) -> Profile:
    """Whose key of the login at Instagram this is."""
    return await api.read("me", Profile, {"fields": OWN_FIELDS})


class Person(BaseModel):
    """Who signed in through a page: a person, the page itself or a system user."""

    id: str
    name: Text = ""


def person_of(person: Person, app: Mapping[str, str], token: str, expires_at: datetime | None) -> Account:
    name = person.name or person.id
    return Account(
        remote_id=person.id,
        handle=name,
        name=name,
        server=server(app),
        site=site(app),
        url=site(app),
        limits=LIMITS,
        secrets={"access_token": token},
        expires_at=expires_at,
        app=dict(app),
    )
