"""A signer elsewhere (NIP-46): it has the key, which Hawker never sees, and signs what it is asked to."""

import asyncio
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ValidationError

from hawker.connect.errors import NetworkError, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.nostr import events, objections
from hawker.platforms.nostr.bunker import FIELD, Bunker
from hawker.platforms.nostr.encryption import decrypt, encrypt, shared_key
from hawker.platforms.nostr.events import Event, Kind, Unsigned
from hawker.platforms.nostr.keys import Key, is_public
from hawker.platforms.nostr.relay import Filter, opened
from hawker.platforms.nostr.relays import call_off, gravest
from hawker.platforms.nostr.signing import KEY, OwnKey, Signer

_CLIENT, _BUNKER = "client", "bunker"
# What Hawker signs for who has such an account, and nothing else.
_KINDS = (Kind.note, Kind.deletion, Kind.identity, Kind.upload)
PERMISSIONS = ",".join(["get_public_key", *(f"sign_event:{int(kind)}" for kind in _KINDS)])

# A question is an event too, and padded, encrypted and written in base64: so much text fits into the usual
# 65,536 bytes, with room for quotation marks.
TEXT_BYTES = 32_000


class Reply(BaseModel):
    id: str
    result: str | None = None
    error: str | None = None

    def outcome(self) -> str:
        """Raises what the signer said instead."""
        if self.result == "auth_url":
            raise objections.wants_confirmation(self.error or "")
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


@dataclass(frozen=True)
class RemoteSigner:
    line: Line
    public: str

    @property
    def most(self) -> int:
        return TEXT_BYTES

    @property
    def secrets(self) -> Mapping[str, str]:
        """Without the word that let Hawker in, which often holds good only once."""
        kept = self.line.bunker.model_copy(update={"secret": ""})
        return {_CLIENT: self.line.client.secret.hex(), _BUNKER: kept.model_dump_json()}

    async def sign(self, event: Unsigned) -> Event:
        """What comes back is the very event that was asked for, or is refused."""
        reply = await self.line.ask("sign_event", event.json_text)
        try:
            signed = events.read(json.loads(reply.outcome()))
        except ValueError:
            raise objections.changed() from None
        if signed is None or signed.id != event.digest.hex():
            raise objections.changed()
        return signed

    async def verify(self) -> None:
        """Raises what is wrong where it is not there, or signs for somebody else now."""
        if (await self.line.ask("get_public_key")).outcome() != self.public:
            raise objections.another_account()


async def connect(http: Http, client: Key, bunker: Bunker) -> RemoteSigner:
    """Says who is there, and learns whom the signer signs for. Raises Refused with the form's field."""
    line = Line(http, client, bunker)
    try:
        reply = await line.ask("connect", bunker.signer, bunker.secret, PERMISSIONS)
        if reply.error and reply.result != "auth_url":
            raise objections.not_let_in(reply.error)
        reply.outcome()
        public = (await line.ask("get_public_key")).outcome()
    except (Refused, SignInAgain) as error:
        raise Refused(error.sentence, code=error.code, field=FIELD) from error
    if not is_public(public):
        raise objections.no_signer()
    return RemoteSigner(line, public)


def signer_of(http: Http, account: Account) -> Signer:
    secrets = account.secrets
    if KEY in secrets:
        return OwnKey(Key.read(secrets[KEY]))
    line = Line(http, Key.read(secrets[_CLIENT]), Bunker.model_validate_json(secrets[_BUNKER]))
    return RemoteSigner(line, account.remote_id)


async def _first(asked: Sequence[asyncio.Future[Reply | NetworkError]]) -> Reply:
    errors = list[NetworkError]()
    for each in asyncio.as_completed(asked):
        outcome = await each
        if isinstance(outcome, Reply):
            return outcome
        errors.append(outcome)
    silent = next((each for each in errors if isinstance(each, objections.Asleep)), None)
    raise silent or gravest(errors)
