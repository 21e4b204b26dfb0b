"""Content identifiers, against a real server's and against the official client's own encoder."""

import hashlib

import libipld
import pytest
from hypothesis import given
from hypothesis import strategies as some

from hawker.connect.http import Json
from hawker.platforms.bluesky.sandbox_cid import blob_cid, record_cid
from hawker.platforms.bluesky.tests.world import SMALL

POST: dict[str, Json] = {"$type": "app.bsky.feed.post", "createdAt": "2026-08-20T12:00:00.000Z"}
IMAGE: dict[str, Json] = {
    "alt": "橘",
    "aspectRatio": {"width": 40, "height": 30000},
    "image": {
        "$type": "blob",
        "mimeType": "image/png",
        "ref": {"$link": "bafkreicyyn275lkxrg26rdmkplzejs74ztdnz3w7lxewekotnksizwpqta"},
        "size": 100,
    },
}


def test_records_have_the_identifiers_that_a_real_server_gave_them() -> None:
    """@atproto/pds 0.5.35, November 2026."""
    plain = record_cid({**POST, "text": "hi", "langs": ["zh-Hant"]})
    assert plain == "bafyreidvoqsn5vnrpxfowkcu7rxlc2fcnwgpidg7cryof4mdujxvlr34cy"
    embed: Json = {"$type": "app.bsky.embed.images", "images": [IMAGE]}
    pictured = record_cid({**POST, "text": "看 🍵", "embed": embed})
    assert pictured == "bafyreigjrdcwcxmggtglj4kkk6fayslr57ng3cgc3iwmfx4oabp7ct3tbu"


def test_a_file_has_the_identifier_of_its_bytes() -> None:
    assert libipld.decode_cid(blob_cid(SMALL))["hash"]["digest"] == hashlib.sha256(SMALL).digest()


PLAIN = some.none() | some.booleans() | some.integers(-(2**63), 2**63 - 1) | some.text()
VALUES = some.recursive(PLAIN, lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner))


@given(VALUES.filter(lambda value: "$link" not in str(value)))
def test_every_record_is_encoded_as_the_official_client_encodes_it(value: Json) -> None:
    digest = libipld.decode_cid(record_cid(value))["hash"]["digest"]
    assert digest == hashlib.sha256(libipld.encode_dag_cbor(value)).digest()


def test_a_record_holds_no_fractions() -> None:
    with pytest.raises(ValueError, match="fractions"):
        record_cid({"price": 1.5})
