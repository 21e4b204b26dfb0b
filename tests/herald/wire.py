"""How the herald speaks: signed calls, and what they say."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from hawker.connect.hooks import Event, Heard, Joined, Receipt, Stage, Stopped
from hawker.connect.text import say

KEYS = {"client_id": "herald-app", "client_secret": "herald-secret", "verify_token": "herald-verify"}
SIGNATURE = "herald-signature"
UNDELIVERED = say("The herald found nobody there. Check the number, and try again.")


def sign(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def call(*events: Mapping[str, str], keys: Mapping[str, str] = KEYS) -> tuple[dict[str, str], bytes]:
    """The headers and the body of a call in which the network tells this."""
    body = json.dumps({"events": events}).encode()
    return {SIGNATURE: sign(body, keys["client_secret"])}, body


def receipt(
    account: str, remote_id: str, stage: str, *, key: str = "", at: str = "", code: str = ""
) -> dict[str, str]:
    return {
        "kind": "receipt", "account": account, "id": remote_id, "ref": key, "stage": stage,
        "at": at or "2026-11-23T04:00:00Z", "code": code,
    }  # fmt: skip


def heard(account: str, address: str, at: str) -> dict[str, str]:
    return {"kind": "heard", "account": account, "from": address, "at": at}


def stopped(account: str, address: str, at: str, *, again: bool = False) -> dict[str, str]:
    return {"kind": "again" if again else "stop", "account": account, "from": address, "at": at}


def joined(account: str, address: str, at: str) -> dict[str, str]:
    return {"kind": "join", "account": account, "from": address, "at": at}


class Hears:
    def challenge(self, query: Mapping[str, str], app: Mapping[str, str]) -> str | None:
        told = query.get("verify", "")
        return (
            query.get("challenge")
            if hmac.compare_digest(told.encode(), app["verify_token"].encode())
            else None
        )

    def is_genuine(self, headers: Mapping[str, str], body: bytes, app: Mapping[str, str]) -> bool:
        given = headers.get(SIGNATURE, "").encode()
        return hmac.compare_digest(given, sign(body, app["client_secret"]).encode())

    def read(self, body: bytes) -> Sequence[Event]:
        return [_event(each) for each in json.loads(body)["events"]]


def _event(said: Mapping[str, str]) -> Event:
    account, at = said["account"], datetime.fromisoformat(said["at"]).astimezone(UTC)
    if said["kind"] == "heard":
        return Heard(account=account, address=said["from"], at=at)
    if said["kind"] == "join":
        return Joined(account=account, address=said["from"], at=at)
    if said["kind"] in {"stop", "again"}:
        return Stopped(account=account, address=said["from"], at=at, again=said["kind"] == "again")
    stage = Stage(said["stage"])
    sentence = UNDELIVERED if stage is Stage.failed else None
    return Receipt(
        account=account, remote_id=said["id"], key=said["ref"], stage=stage, at=at,
        code=said["code"], sentence=sentence,
    )  # fmt: skip
