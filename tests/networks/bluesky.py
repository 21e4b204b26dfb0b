"""Bluesky's reference server, and accounts on it as the official client sees them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from atproto import Client, models

from tests.networks.line import Call, Line
from tests.networks.place import Ground, Seen
from tools.process import Process, answers, free_port
from tools.servers import pds

POST = "app.bsky.feed.post"
PASSWORD = "correct-horse-42"
KEY = "hawker"


@dataclass
class BlueskyResident:
    """`client` asks the server directly. It has no AppView, so no profiles: `Client.login` fails there."""

    client: Client
    did: str
    name: str
    fields: Mapping[str, str]
    way: str = "password"

    def posts(self) -> list[Seen]:
        records = self.client.com.atproto.repo.list_records(
            models.ComAtprotoRepoListRecords.Params(repo=self.did, collection=POST, reverse=True)
        )
        return [self._seen(each.uri, each.value) for each in records.records]

    def records(self) -> list["models.AppBskyFeedPost.Record"]:
        """The posts as they lie in the repository, oldest first."""
        keys = [seen.id.rpartition("/")[2] for seen in self.posts()]
        return [self.client.get_post(key, self.did).value for key in keys]

    def delete(self, post: str) -> None:
        wish = {"repo": self.did, "collection": POST, "rkey": post.rpartition("/")[2]}
        self.client.com.atproto.repo.delete_record(wish, headers=self._signed())

    def lock_out(self) -> None:
        self._server.revoke_app_password({"name": KEY}, headers=self._signed())

    def let_in(self) -> Mapping[str, str]:
        made = self._server.create_app_password({"name": KEY}, headers=self._signed())
        return {**self.fields, "password": made.password}

    def blob(self, cid: str) -> bytes:
        params = models.ComAtprotoSyncGetBlob.Params(did=self.did, cid=cid)
        return bytes(self.client.com.atproto.sync.get_blob(params))

    def _seen(self, uri: str, record: "models.AppBskyFeedPost.Record") -> Seen:
        images = getattr(record.embed, "images", None) or []
        return Seen(
            id=uri,
            url=f"https://bsky.app/profile/{self.name}/post/{uri.rpartition('/')[2]}",
            text=record.text,
            reply_to=record.reply.parent.uri if record.reply else "",
            alts=tuple(each.alt for each in images),
            pictures=tuple(self.blob(each.image.cid.encode()) for each in images),
        )

    @property
    def _server(self) -> "models.ComAtprotoServerNamespace":
        return self.client.com.atproto.server

    def _signed(self) -> dict[str, str]:
        session = self._server.create_session({"identifier": self.name, "password": PASSWORD})
        return {"Authorization": f"Bearer {session.access_jwt}"}


@dataclass
class Bluesky:
    line: Line
    client: Client
    platform = "bluesky"
    send = Call("POST", "/xrpc/com.atproto.repo.createRecord")
    secret = "password"
    most = 300
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def open(self) -> BlueskyResident:
        handle = f"shop{next(self._numbers)}.test"
        wish = {"handle": handle, "email": f"{handle}@example.com", "password": PASSWORD}
        made = self.client.com.atproto.server.create_account(wish)
        resident = BlueskyResident(self.client, made.did, handle, {})
        resident.fields = {"handle": handle, "server": self.line.address}
        resident.fields = resident.let_in()
        return resident


@contextmanager
def bluesky(ground: Ground) -> Iterator[Bluesky]:
    port, identities = free_port(), free_port()
    address = f"http://localhost:{port}"
    with ground.line() as line:
        line.lead_to(address)
        room = ground.room("pds")
        command = [*pds.command(pds.PDS.place), str(room), str(port), str(identities), line.address]
        server = Process("the PDS", command, log=ground.log("pds"), at=room)
        try:
            server.until(lambda: answers(f"{address}/xrpc/_health"))
            client = Client(base_url=address)
            yield Bluesky(line, client)
            client.request.close()
        finally:
            server.stop()
