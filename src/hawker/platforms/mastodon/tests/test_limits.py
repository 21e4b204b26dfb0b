import pytest
from aiohttp import web

from hawker.connect.errors import Later
from hawker.connect.http import Http
from hawker.connect.values import Account, Limits
from hawker.platforms.mastodon.account import read_account
from hawker.platforms.mastodon.instance import LIMITS
from hawker.platforms.mastodon.sandbox_world import Manners, World
from hawker.platforms.mastodon.tests.strangers import Stranger
from hawker.sandbox.app import Network
from hawker.sandbox.faults import Fault, Kind

WHO = web.json_response({"id": 7, "username": "shop", "url": "javascript:alert(1)"})


def test_an_account_carries_the_limits_of_its_server(shop: Account) -> None:
    assert shop.limits == LIMITS


async def test_a_server_that_only_knows_the_first_edition_is_asked_for_that(
    network: Network, world: World, http: Http, shop: Account
) -> None:
    world.manners = Manners(instance_v2=False)
    assert await read_account(http, shop.server, shop.secrets["token"]) == shop


async def test_a_server_that_tells_nothing_has_the_usual_limits_and_its_own_name(
    stranger: Stranger, http: Http
) -> None:
    stranger.says = {"GET /api/v1/accounts/verify_credentials": WHO}
    account = await read_account(http, stranger.address, "t")
    assert account.limits == LIMITS
    assert account.handle == f"@shop@{stranger.address.removeprefix('http://')}"
    assert account.remote_id == "7"
    assert account.name == "shop"
    assert account.url == f"{stranger.address}/@shop"


async def test_a_server_that_fails_just_now_does_not_get_the_usual_limits(
    network: Network, http: Http, shop: Account
) -> None:
    network.faults.add(Fault(kind=Kind.error_before, call="/api/v2/instance"))
    with pytest.raises(Later):
        await read_account(http, shop.server, shop.secrets["token"])


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        (
            {
                "configuration": {
                    "statuses": {
                        "max_characters": 5000,
                        "max_media_attachments": 6,
                        "characters_reserved_per_url": 25,
                    },
                    "media_attachments": {
                        "description_limit": 420,
                        "image_size_limit": 1000,
                        "image_matrix_limit": 2000,
                        "supported_mime_types": ["image/png", "video/mp4"],
                        "video_size_limit": 4000,
                    },
                }
            },
            Limits(
                text=5000,
                media=6,
                alt_text=420,
                image_bytes=1000,
                image_pixels=2000,
                image_types=("image/png",),
                url_weight=25,
                video_bytes=4000,
                video_types=("video/mp4",),
            ),
        ),
        (
            {
                "max_toot_chars": 3000,
                "max_media_attachments": 16,
                "upload_limit": 99,
                "description_limit": 50,
            },
            Limits(
                text=3000,
                media=16,
                alt_text=50,
                image_bytes=99,
                image_pixels=LIMITS.image_pixels,
                image_types=LIMITS.image_types,
                url_weight=23,
                video_bytes=99,
                video_types=LIMITS.video_types,
            ),
        ),
        ({"configuration": {"statuses": {"max_characters": "many"}, "media_attachments": [0]}}, LIMITS),
        ({"configuration": {"statuses": {"max_characters": True, "max_media_attachments": -1}}}, LIMITS),
    ],
)
async def test_limits_are_read_from_whatever_a_server_tells(
    stranger: Stranger, http: Http, said: dict[str, object], limits: Limits
) -> None:
    stranger.says = {
        "GET /api/v1/accounts/verify_credentials": WHO,
        "GET /api/v2/instance": web.json_response({"domain": "shop.example", **said}),
    }
    account = await read_account(http, stranger.address, "t")
    assert account.limits == limits
    assert account.handle == "@shop@shop.example"
