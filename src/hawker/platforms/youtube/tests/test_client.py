"""Google's official client (google-api-python-client) uses the pretend YouTube as it would the real one."""

import asyncio
import io
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import google_auth_httplib2
import pytest
from google.auth.exceptions import RefreshError
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

from hawker.connect.http import Heard
from hawker.platforms.youtube.sandbox_world import Playlist
from hawker.platforms.youtube.tests.scene import OWNER, Scene, mp4, post, still
from tests import google_client
from tests.discovery import Discovery, Listener

DISCOVERY, OAUTH = Discovery("youtube", "v3"), Discovery("oauth2", "v2")
BODY = {
    "snippet": {"title": "Buns", "description": "At seven", "tags": ["buns"], "categoryId": "22"},
    "status": {"privacyStatus": "public", "selfDeclaredMadeForKids": False},
}


def signed_in(scene: Scene) -> AbstractContextManager[Any]:
    token = scene.world.door.refresh_token(OWNER)
    return google_client.signed_in(DISCOVERY, scene.network.address, token)


def upload(youtube: Any, size: int, piece: int, **body: Any) -> tuple[dict[str, Any], int]:
    """Piece by piece; gives the video, and how often the client was told how far it is."""
    media = MediaIoBaseUpload(io.BytesIO(mp4(size)), "video/mp4", chunksize=piece, resumable=True)
    request = youtube.videos().insert(part="snippet,status", body={**BODY, **body}, media_body=media)
    told, video = 0, None
    while video is None:
        progress, video = request.next_chunk()
        told += progress is not None
    return video, told


async def test_the_client_uploads_lists_and_deletes(scene: Scene) -> None:
    def journey() -> None:
        with signed_in(scene) as youtube:
            [channel] = (
                youtube.channels()
                .list(part="id,snippet,statistics,contentDetails,status", mine=True)
                .execute()["items"]
            )
            assert channel["snippet"]["customUrl"] == f"@{OWNER}"
            video, told = upload(youtube, 1_000_000, 262_144)
            assert told == 3
            assert video["status"]["uploadStatus"] == "uploaded"
            parts = "snippet,status,statistics,contentDetails,processingDetails,fileDetails"
            [listed] = youtube.videos().list(part=parts, id=video["id"]).execute()["items"]
            assert listed["snippet"]["title"] == "Buns"
            assert listed["fileDetails"]["fileSize"] == "1000000"
            uploads = channel["contentDetails"]["relatedPlaylists"]["uploads"]
            [entry] = (
                youtube.playlistItems()
                .list(part="snippet,contentDetails,status", playlistId=uploads)
                .execute()["items"]
            )
            assert entry["contentDetails"]["videoId"] == video["id"]
            youtube.videos().delete(id=video["id"]).execute()
            assert youtube.videos().list(part="status", id=video["id"]).execute()["items"] == []

    await asyncio.to_thread(journey)
    assert scene.videos == []


async def test_the_client_updates_a_video_and_its_thumbnail(scene: Scene) -> None:
    def journey() -> None:
        with signed_in(scene) as youtube:
            video, _ = upload(youtube, 500_000, 524_288, status={"privacyStatus": "private"})
            status = {"privacyStatus": "unlisted", "containsSyntheticMedia": True}
            changed = (
                youtube.videos().update(part="status", body={"id": video["id"], "status": status}).execute()
            )
            assert changed["status"]["privacyStatus"] == "unlisted"
            picture = MediaIoBaseUpload(io.BytesIO(still().read()), "image/jpeg")
            set_ = youtube.thumbnails().set(videoId=video["id"], media_body=picture).execute()
            assert set_["items"][0]["default"]["width"] == 120

    await asyncio.to_thread(journey)
    assert scene.videos[0].thumbnail == still().read()
    assert "selfDeclaredMadeForKids" not in scene.videos[0].status, "an update erases what it does not send"


async def test_the_client_reads_what_hawker_published_and_comments(scene: Scene) -> None:
    published = await scene.publish(post())

    def journey() -> None:
        with signed_in(scene) as youtube:
            [video] = youtube.videos().list(part="snippet,status", id=published.remote_id).execute()["items"]
            assert video["status"] == {**video["status"], "privacyStatus": "public", "madeForKids": False}
            top = {"snippet": {"textOriginal": "Lovely"}}
            wish = {"snippet": {"videoId": published.remote_id, "topLevelComment": top}}
            made = youtube.commentThreads().insert(part="snippet", body=wish).execute()
            [listed] = (
                youtube.commentThreads().list(part="snippet", videoId=published.remote_id).execute()["items"]
            )
            assert listed == made
            youtube.comments().delete(id=made["id"]).execute()

    await asyncio.to_thread(journey)
    assert len(scene.network.pretend.published(OWNER)) == 1


async def test_the_client_makes_a_playlist_and_fills_it(scene: Scene) -> None:
    published = await scene.publish(post())

    def journey() -> None:
        with signed_in(scene) as youtube:
            made = (
                youtube.playlists()
                .insert(part="snippet,status", body={"snippet": {"title": "Tea"}})
                .execute()
            )
            resource = {"kind": "youtube#video", "videoId": published.remote_id}
            wish = {"snippet": {"playlistId": made["id"], "resourceId": resource}}
            youtube.playlistItems().insert(part="snippet", body=wish).execute()
            [listed] = youtube.playlists().list(part="snippet,contentDetails", mine=True).execute()["items"]
            assert listed["contentDetails"]["itemCount"] == 1

    await asyncio.to_thread(journey)


async def test_the_client_reads_refusals(scene: Scene) -> None:
    def journey() -> None:
        with signed_in(scene) as youtube:
            youtube.channels().list(part="id", mine=True).execute()
            with pytest.raises(HttpError) as refused:
                upload(youtube, 300_000, 262_144, snippet={"title": "<"})
            assert refused.value.error_details[0]["reason"] == "invalidTitle"
            scene.network.pretend.leave(OWNER, "uploads", 0, seconds=60)  # type: ignore[attr-defined]
            with pytest.raises(HttpError) as spent:
                upload(youtube, 300_000, 262_144)
            assert (spent.value.status_code, spent.value.error_details[0]["reason"]) == (403, "quotaExceeded")

    await asyncio.to_thread(journey)
    assert scene.videos == []


async def test_the_client_refreshes_its_key_and_is_told_of_a_dead_one(scene: Scene) -> None:
    token = scene.world.door.refresh_token(OWNER)

    def journey() -> None:
        keys = google_client.credentials(scene.network.address, token)
        listener, address = Listener(), scene.network.address
        request = google_auth_httplib2.Request(listener)
        keys.refresh(request)  # type: ignore[no-untyped-call]
        http = google_auth_httplib2.AuthorizedHttp(keys, http=listener)
        with closing(build_from_document(OAUTH.at(address), http=http)) as who:
            told = who.tokeninfo(access_token=keys.token).execute()
            assert told["scope"].split() == sorted(scene.world.door.rights)
            assert who.userinfo().get().execute()["id"] == told["user_id"]
            assert listener.faults(OAUTH, address) == []
            scene.world.door.revoke(OWNER)
            with pytest.raises(RefreshError, match="expired or revoked"):
                keys.refresh(request)  # type: ignore[no-untyped-call]

    await asyncio.to_thread(journey)


async def test_every_answer_that_hawker_hears_is_as_the_document_says(scene: Scene) -> None:
    heard: list[Heard] = []
    http = scene.http.heard_by(heard.append)
    playlist = Playlist(id="PLbreakfast-is-ready", channel=scene.world.channel(OWNER), title="Breakfast")
    scene.world.playlists[playlist.id] = playlist
    listening = Scene(http=http, network=scene.network, account=scene.account, publishes=scene.publishes)
    published = await listening.publish(post(playlist="Breakfast", tags="buns"))
    await listening.publish(replace(post("Open till eight."), media=(), reply_to=published))
    root = urlsplit(scene.network.address).path
    answers = [(each.method, each.path.removeprefix(root).lstrip("/"), each.answer) for each in heard]
    faults = [
        fault
        for method, path, answer in answers
        if answer.body
        for fault in DISCOVERY.faults_of("POST" if path.startswith("upload/") else method, path, answer.body)
    ]
    assert faults == []
    assert {path.rpartition("/")[2] for _, path, _ in answers} == {
        "videos",
        "playlists",
        "playlistItems",
        "commentThreads",
    }
