"""Google's official client (google-api-python-client) at the pretend Business Profile: accounts and places.
Of posts Google publishes no document that the client could be built from."""

import asyncio
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import google_auth_httplib2
import httplib2
import pytest
from google.auth.exceptions import RefreshError
from googleapiclient.errors import HttpError

from hawker.connect.http import Heard
from hawker.platforms.google_business.places import MASK
from hawker.platforms.google_business.tests.scene import OWNER, Business, update
from tests import google_client
from tests.discovery import Discovery

ACCOUNTS = Discovery("mybusinessaccountmanagement", "v1")
PLACES = Discovery("mybusinessbusinessinformation", "v1")


def signed_in(scene: Business, discovery: Discovery) -> AbstractContextManager[Any]:
    token = scene.world.door.refresh_token(OWNER)
    return google_client.signed_in(discovery, scene.network.address, token)


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
        keys = google_client.credentials(scene.network.address, person.secrets["refresh_token"])
        with closing(httplib2.Http()) as http, pytest.raises(RefreshError, match="invalid_grant"):
            keys.refresh(google_auth_httplib2.Request(http))  # type: ignore[no-untyped-call]

    await asyncio.to_thread(journey)


async def test_every_answer_that_hawker_hears_of_places_is_as_the_documents_say(scene: Business) -> None:
    heard: list[Heard] = []
    listening = replace(scene, http=scene.http.heard_by(heard.append))
    await listening.reached()
    await listening.check()
    root = urlsplit(scene.network.address).path
    answers = [(each.method, each.path.removeprefix(root).lstrip("/"), each.answer.body) for each in heard]
    told = [
        discovery.faults_of(*answer)
        for answer in answers
        for discovery in (ACCOUNTS, PLACES)
        if discovery.schema_of(*answer[:2])
    ]
    assert told == [[]] * 4
