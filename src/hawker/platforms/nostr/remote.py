"""A signer elsewhere (NIP-46): it has the key, which Hawker never sees, and signs what it is asked to."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic_core import from_json

from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.nostr import events, objections
from hawker.platforms.nostr.bunker import FIELD, Bunker
from hawker.platforms.nostr.events import Event, Kind, Unsigned
from hawker.platforms.nostr.keys import Key, is_public
from hawker.platforms.nostr.questions import Line
from hawker.platforms.nostr.signing import KEY, OwnKey, Signer

_CLIENT, _BUNKER = "client", "bunker"
# What Hawker signs for who has such an account, and nothing else.
_KINDS = (Kind.note, Kind.deletion, Kind.identity, Kind.upload)
PERMISSIONS = ",".join(["get_public_key", *(f"sign_event:{int(kind)}" for kind in _KINDS)])

# A question is an event too, and padded, encrypted and written in base64: so much text fits into the usual
# 65,536 bytes, with room for quotation marks.
TEXT_BYTES = 32_000


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
            signed = events.read(from_json(reply.outcome()))
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
