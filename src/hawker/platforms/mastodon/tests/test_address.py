import pytest

from hawker.connect.errors import Refused
from hawker.platforms.mastodon.address import server_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("mastodon.social", "https://mastodon.social"),
        (" Mastodon.Social/ ", "https://mastodon.social"),
        ("https://mastodon.social/", "https://mastodon.social"),
        ("https://mastodon.social/@me", "https://mastodon.social"),
        ("mastodon.social/@me/112233", "https://mastodon.social"),
        ("https://mastodon.social/home", "https://mastodon.social"),
        ("@me@mastodon.social", "https://mastodon.social"),
        ("me@mastodon.social", "https://mastodon.social"),
        ("＠me＠mastodon．social", "https://mastodon.social"),
        ("https://me:secret@mastodon.social", "https://mastodon.social"),
        ("http://127.0.0.1:8000/mastodon", "http://127.0.0.1:8000/mastodon"),
        ("http://127.0.0.1:8000/mastodon/@me", "http://127.0.0.1:8000/mastodon"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://[::1]:3000/", "http://[::1]:3000"),
        ("127.0.0.1:3000", "https://127.0.0.1:3000"),
        ("例え.テスト", "https://例え.テスト"),
    ],
)
def test_whatever_the_owner_types_gives_the_address_of_the_server(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mastodon",
        "my server",
        "@me",
        "ftp://mastodon.social",
        "https://",
        "https://a:b:c",
        "https://a.b:99999",
    ],
)
def test_what_names_no_server_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        server_address(typed)
    assert refused.value.field == "server"
    assert "mastodon.social" in str(refused.value)
