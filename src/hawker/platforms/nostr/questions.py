"""Questions to a signer (NIP-46) and its replies: events over its relays that nobody else can read."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ValidationError

from hawker.connect.errors import NetworkError
from hawker.connect.http import Http
from hawker.platforms.nostr import events, objections
from hawker.platforms.nostr.bunker import Bunker
from hawker.platforms.nostr.encryption import decrypt, encrypt, shared_key
from hawker.platforms.nostr.events import Event, Kind
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.relay import Filter, opened
from hawker.platforms.nostr.relays import call_off, gravest
from hawker.platforms.nostr.signing import OwnKey


class Reply(BaseModel):
    id: str
    result: str | None = None
    error: str | None = None

    def outcome(self) -> str:
        """Raises what the signer said instead."""
        if self.error and self.result == "auth_url":
            raise objections.wants_confirmation(self.error)
        if self.error:
            raise objections.explain(self.error)
        return self.result or ""


@dataclass(frozen=True)
class Line:
    """To a signer, which knows Hawker by the key `client`."""

    http: Http = field(repr=False)
    client: Key
    bunker: Bunker

    async def ask(self, method: str, *params: str) -> Reply:
        """Over all relays at once: the first reply counts. Raises Later where there is none."""
        name = secrets.token_hex(8)
        letter = self._letter(
            json.dumps({"id": name, "method": method, "params": params}, ensure_ascii=False)
        )
        asked = [asyncio.ensure_future(self._over(relay, letter, name)) for relay in self.bunker.relays]
        try:
            return await _first(asked)
        finally:
            await call_off(asked)

    def _letter(self, text: str) -> Event:
        try:
            content = encrypt(text, self._shared)
        except ValueError:
            raise objections.too_long() from None
        return events.write(self.client, Kind.letter, content=content, tags=[("p", self.bunker.signer)])

    async def _over(self, relay: str, letter: Event, name: str) -> Reply | NetworkError:
        answers: Filter = {
            "kinds": [int(Kind.letter)],
            "authors": [self.bunker.signer],
            "#p": [self.client.public],
            "limit": 1,
        }
        try:
            async with opened(self.http, relay, OwnKey(self.client)) as line:
                async for event in line.converse(letter, answers):
                    reply = self._read(event)
                    if reply and reply.id == name:
                        return reply
        except NetworkError as error:
            # A relay may say that nobody listens there (NIP-01).
            return objections.asleep() if error.code == "mute" else error
        return objections.asleep()

    def _read(self, event: Event) -> Reply | None:
        """None where the signer did not write it, or wrote something else."""
        if event.pubkey != self.bunker.signer:
            return None
        try:
            return Reply.model_validate_json(decrypt(event.content, self._shared))
        except (ValueError, ValidationError):
            return None

    @property
    def _shared(self) -> bytes:
        return shared_key(self.client, self.bunker.signer)


async def _first(asked: Sequence[asyncio.Future[Reply | NetworkError]]) -> Reply:
    errors = list[NetworkError]()
    for each in asyncio.as_completed(asked):
        outcome = await each
        if isinstance(outcome, Reply):
            return outcome
        errors.append(outcome)
    silent = next((each for each in errors if isinstance(each, objections.Asleep)), None)
    raise silent or gravest(errors)
