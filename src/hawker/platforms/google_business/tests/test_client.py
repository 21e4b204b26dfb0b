"""Google's official client (google-api-python-client) at the pretend Business Profile: accounts and places.
Of posts Google publishes no document that the client could be built from."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import google_auth_httplib2
import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from hawker.connect.pretend_google import APP
from hawker.platforms.google_business.places import MASK
from hawker.platforms.google_business.tests.scene import OWNER, Business, update
from tests.discovery import Discovery, Listener

ACCOUNTS = Discovery("mybusinessaccountmanagement", "v1")
PLACES = Discovery("mybusinessbusinessinformation", "v1")


def credentials(scene: Business, refresh_token: str) -> Credentials:
    return Credentials(  # type: ignore[no-untyped-call]
        None,
        refresh_token=refresh_token,
        token_uri=f"{scene.network.address}/token",
        client_id=APP.client_id,
        client_secret=APP.client_secret,
    )


@contextmanager
def signed_in(scene: Business, discovery: Discovery) -> Iterator[Any]:
    """The client for one API; leaves only where every answer was as Google's document says."""
    listener, address = Listener(), scene.network.address
    keys = credentials(scene, scene.world.door.refresh_token(OWNER))
    http = google_auth_httplib2.AuthorizedHttp(keys, http=listener)
    with closing(build_from_document(discovery.at(address), http=http)) as api:
        yield api
    assert listener.calls
    assert listener.faults(discovery, address) == []


async def test_the_client_reads_who_signed_in(scene: Business) -> None:
    for number in range(21):
        scene.world.add_group(OWNER, f"group {number}", "USER_GROUP")

    def journey() -> None:
        with signed_in(scene, ACCOUNTS) as api:
            page = api.accounts().list(pageSize=20).execute()
            assert page["accounts"][0]["accountName"] == OWNER
            rest = api.accounts().list(pageSize=20, pageToken=page["nextPageToken"]).execute()
            assert len(page["accounts"] + rest["accounts"]) == 22
            assert "nextPageToken" not in rest
            groups = api.accounts().list(filter="type=PERSONAL").execute()["accounts"]
            own = api.accounts().get(name=groups[0]["name"]).execute()
            assert (len(groups), own) == (1, groups[0])

    await asyncio.to_thread(journey)


async def test_the_client_reads_the_places_that_hawker_connects(scene: Business) -> None:
    account, _, place = scene.shop.remote_id.partition("/locations/")

    def journey() -> None:
        with signed_in(scene, PLACES) as api:
            [listed] = api.accounts().locations().list(parent=account, **MASK).execute()["locations"]
            [everywhere] = api.accounts().locations().list(parent="accounts/-", **MASK).execute()["locations"]
            own = api.locations().get(name=f"locations/{place}", **MASK).execute()
            assert listed == everywhere == own
            assert own["metadata"]["canOperateLocalPost"] is True
            assert own["metadata"]["mapsUri"] == scene.shop.url
            bare = api.locations().get(name=f"locations/{place}", readMask="title").execute()
            assert bare == {"title": OWNER}

    await asyncio.to_thread(journey)


async def test_the_client_sees_the_refusals_that_google_gives(scene: Business) -> None:
    def journey() -> None:
        with signed_in(scene, PLACES) as api:
            locations = api.accounts().locations()
            locations.list(parent="accounts/-", **MASK).execute()
            for parent, mask, status in (("accounts/-", "smell", 400), ("accounts/1", "title", 404)):
                with pytest.raises(HttpError) as caught:
                    locations.list(parent=parent, readMask=mask).execute()
                assert caught.value.status_code == status
            scene.behave(approved=False)
            with pytest.raises(HttpError) as caught:
                locations.list(parent="accounts/-", **MASK).execute()
            assert caught.value.status_code == 429
            assert caught.value.error_details[0]["metadata"]["quota_limit_value"] == "0"

    await asyncio.to_thread(journey)


async def test_a_key_of_the_clients_works_for_hawker_and_dies_with_all_others(scene: Business) -> None:
    person = await scene.person(refresh_token=scene.world.door.refresh_token(OWNER))
    assert person.name == OWNER
    await scene.post(update())
    scene.pretend.revoke(OWNER)

    def journey() -> None:
        listener = Listener()
        keys = credentials(scene, person.secrets["refresh_token"])
        http = google_auth_httplib2.AuthorizedHttp(keys, http=listener)
        with (
            closing(build_from_document(ACCOUNTS.at(scene.network.address), http=http)) as api,
            pytest.raises(RefreshError, match="invalid_grant"),
        ):
            api.accounts().list().execute()

    await asyncio.to_thread(journey)
