"""What is prepared for a post and kept between attempts: each piece by name, with its time."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.http import Json
from hawker.connect.values import Media

# A server throws away a picture that no post refers to: “eg, minutes” says com.atproto.repo.uploadBlob
# (2026-08-20). What is older than this is sent again, which gives the same reference.
BLOB_KEPT = timedelta(minutes=30)


def picture_step(media: Media) -> str:
    return f"picture.{media.id}"


def mention_step(handle: str) -> str:
    return f"mention.{handle}"


def card_step(address: str) -> str:
    return f"card.{hashlib.sha256(address.encode()).hexdigest()[:16]}"


def keep(name: str, part: Json) -> Step:
    return Step(name=name, value=json.dumps({"at": datetime.now(UTC).isoformat(), "part": part}))


def part(done: Mapping[str, str], name: str) -> Json:
    """None where this step is not done."""
    if name not in done:
        return None
    kept: Json = json.loads(done[name])["part"]
    return kept


def lasts(done: Mapping[str, str], name: str) -> bool:
    """Whether a step is done and the server still has its picture."""
    if name not in done:
        return False
    return datetime.now(UTC) - datetime.fromisoformat(json.loads(done[name])["at"]) < BLOB_KEPT
