"""One draft on its way to one page, and what each kind of post must know to do."""

import time
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from hawker.connect.abilities import Step
from hawker.connect.meta import API, Graph
from hawker.connect.refusals import forgotten
from hawker.connect.values import Account, Draft, Published
from hawker.platforms.facebook.refusals import OF_PAGE

# Unpublished photos live about a day (Pages API, read 2026-11-22); upload sessions are taken to live as long.
LIFE = 20 * 3600
VIDEO_API = "https://graph-video.facebook.com"


@dataclass(frozen=True, kw_only=True)
class Job:
    api: Graph
    account: Account
    draft: Draft
    done: Mapping[str, str]

    @property
    def page(self) -> str:
        return self.account.remote_id

    @property
    def page_api(self) -> Graph:
        """For what hangs on the page itself: where it is not there, the key is no longer good for it."""
        return replace(self.api, refusals=OF_PAGE)

    @property
    def video_server(self) -> str:
        """Videos have a host of their own."""
        return VIDEO_API if self.account.server == API else ""

    def published(self, remote_id: str, kind: str, path: str = "") -> Published:
        url = f"{self.account.site}/{path or remote_id}"
        return Published(remote_id=remote_id, url=url, detail={"kind": kind})

    def kept(self, name: str) -> str:
        """What a step left at Facebook; empty where it is not there, or is too old by now."""
        value, _, made = self.done.get(name, "").rpartition(" ")
        return value if made.isdecimal() and int(made) > time.time() - LIFE else ""

    def told(self, name: str) -> str:
        """What a step left at Facebook, however old. Raises CannotLook where a backup is older than that."""
        if name not in self.done:
            raise forgotten("Facebook")
        return self.done[name].rpartition(" ")[0]


class Road(Protocol):
    """How one kind of post is published. Each method promises what `abilities.Publishes` does."""

    def prepare(self, job: Job) -> AsyncIterator[Step]: ...

    async def send(self, job: Job) -> Published: ...

    async def find(self, job: Job, since: datetime, known: Collection[str]) -> Published | None: ...


def dated(name: str, value: str) -> Step:
    """A step that `Job.kept` takes for done as long as it lives."""
    return Step(name=name, value=f"{value} {int(time.time())}")
