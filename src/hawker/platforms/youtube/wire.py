"""Calls to the YouTube Data API, and what it tells of a video."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from hawker.connect.errors import Later
from hawker.connect.google import Api, P, read
from hawker.connect.google_errors import explains
from hawker.connect.http import Answer, Explain, Http
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.youtube.options import PRIVATE, Goal
from hawker.platforms.youtube.refusals import REASONS

EDITION = "v3"
explain = explains("YouTube", REASONS)


@dataclass(frozen=True)
class Tube:
    """The API on behalf of one channel."""

    api: Api
    edition: str

    async def ask(self, resource: str, params: Mapping[str, str]) -> Answer:
        return await self.api.call("GET", f"/youtube/{self.edition}/{resource}", params)

    async def do(
        self,
        method: str,
        resource: str,
        params: Mapping[str, str],
        *,
        json: object = None,
        irreversible: bool = False,
        explain: Explain | None = None,
    ) -> Answer:
        path = f"/youtube/{self.edition}/{resource}"
        return await self.api.call(
            method, path, params, json=json, irreversible=irreversible, explain=explain
        )

    async def upload(
        self,
        resource: str,
        params: Mapping[str, str],
        *,
        headers: Mapping[str, str],
        json: object = None,
        data: bytes | None = None,
        explain: Explain | None = None,
    ) -> Answer:
        path = f"/upload/youtube/{self.edition}/{resource}"
        return await self.api.call(
            "POST", path, params, json=json, data=data, headers=headers, explain=explain
        )

    def pages(self, resource: str, params: Mapping[str, str], kind: type[P]) -> AsyncIterator[P]:
        return self.api.pages(f"/youtube/{self.edition}/{resource}", params, kind)


def tube_of(http: Http, account: Account) -> Tube:
    api = Api(http, account.server, account.secrets["access_token"], explain)
    return Tube(api, account.app.get("api_version") or EDITION)


class Status(BaseModel):
    stage: Annotated[str, Field(alias="uploadStatus")] = ""
    failure: Annotated[str, Field(alias="failureReason")] = ""
    rejection: Annotated[str, Field(alias="rejectionReason")] = ""
    privacy: Annotated[str, Field(alias="privacyStatus")] = ""
    publish_at: Annotated[datetime | None, Field(alias="publishAt")] = None

    def meets(self, goal: Goal) -> bool:
        if goal.at is None:
            return self.privacy == goal.privacy
        return self.publish_at == goal.at or self.privacy != PRIVATE


class Video(BaseModel):
    id: str
    status: Status = Status()


class _Videos(BaseModel):
    items: tuple[Video, ...] = ()


async def video_of(tube: Tube, video_id: str) -> Video | None:
    """None where YouTube has none of this id, or hides it from this channel."""
    answer = await tube.ask("videos", {"part": "status", "id": video_id})
    return next(iter(read(answer, _Videos).items), None)


def odd(answer: Answer) -> Later:
    sentence = say("YouTube answered without saying what it did. Hawker tries again by itself.")
    return Later(sentence, code=str(answer.status))
