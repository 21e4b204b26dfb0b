"""A signer (NIP-46) made of nothing but nostr-sdk: its relay, connections, encryption and signatures."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import quote

import nostr_sdk as sdk

PATIENCE = timedelta(seconds=5)
LETTER = sdk.Kind(24_133)


class SdkSigner:
    def __init__(self, relay: sdk.LocalRelay, url: sdk.RelayUrl) -> None:
        self.user, self._own = sdk.Keys.generate(), sdk.Keys.generate()
        self.relay, self.url = relay, url
        self.asked: list[str] = []
        self._client = sdk.ClientBuilder().build()

    @property
    def address(self) -> str:
        return f"bunker://{self._own.public_key().to_hex()}?relay={quote(str(self.url), safe='')}&secret=tea"

    async def open(self) -> None:
        await self._client.add_relay(self.url)
        await self._client.connect(and_wait=PATIENCE)
        wanted = sdk.Filter().kind(LETTER).pubkey(self._own.public_key())
        self._heard = self._client.notifications()
        await self._client.subscribe(sdk.ReqTarget.auto([wanted]))

    async def work(self) -> None:
        while (notification := await self._heard.next()) is not None:
            if notification.is_NEW_EVENT():
                await self._reply(notification.event)

    async def _reply(self, letter: sdk.Event) -> None:
        secret, client = self._own.secret_key(), letter.author()
        asked = json.loads(sdk.nip44_decrypt(secret, client, letter.content()))
        self.asked.append(asked["method"])
        said = json.dumps(
            {"id": asked["id"], "result": self._result(asked["method"], asked["params"]), "error": None}
        )
        content = sdk.nip44_encrypt(secret, client, said, sdk.Nip44Version.V2)
        builder = sdk.EventBuilder(LETTER, content).tags([sdk.Tag.public_key(client)])
        await self._client.send_event(builder.finalize(self._own), ok_timeout=PATIENCE)

    def _result(self, method: str, params: Sequence[str]) -> str:
        match method:
            case "get_public_key":
                return str(self.user.public_key().to_hex())
            case "sign_event":
                unsigned = sdk.UnsignedEvent.from_json(params[0])
                return str(self.user.sign_event(unsigned).as_json())
        return "ack"

    async def close(self) -> None:
        await self._client.shutdown()


@asynccontextmanager
async def sdk_signer() -> AsyncIterator[SdkSigner]:
    relay = sdk.LocalRelayBuilder().build()
    await relay.run()
    signer = SdkSigner(relay, await relay.url())
    await signer.open()
    working = asyncio.ensure_future(signer.work())
    yield signer
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await signer.close()
    relay.shutdown()
