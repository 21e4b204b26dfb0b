"""LinkedIn's little text: what is not escaped ends the post without a word."""

import aiohttp
import pytest

from hawker.platforms.linkedin.sandbox_text import cut, shown
from hawker.platforms.linkedin.tests.scene import Scene
from hawker.platforms.linkedin.text import alike, length, little, plain
from hawker.sandbox.tests.makers import draft

TEXTS = [
    "Bao (with pork) at six",
    r"a\b|c{d}e@f[g]h(i)j<k>l#m*n_o~p",
    "剛出爐（現做）的肉包 #早餐 #black_friday #2026 C# 100%",
    "https://tea.invalid/menu_(new)?a=1#top @shop {hashtag|\\#|no}",
    "#包子\n#tea, #coffee.",
    "((((",
    "\\",
]


@pytest.mark.parametrize("text", TEXTS)
async def test_a_text_arrives_whole_whatever_signs_are_in_it(scene: Scene, text: str) -> None:
    published = await scene.post(draft(text))
    assert scene.world.posts[published.remote_id].text == text
    assert plain(little(text)) == text


@pytest.mark.parametrize("sign", "\\|{}@[]()<>*_~")
async def test_a_sign_that_is_not_escaped_cuts_the_post_and_is_answered_with_a_201(
    scene: Scene, sign: str
) -> None:
    wish = {
        "author": scene.shop.remote_id,
        "commentary": f"Bao {sign}with pork",
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED"},
        "lifecycleState": "PUBLISHED",
    }
    headers = {
        "Authorization": f"Bearer {scene.shop.secrets['access_token']}",
        "LinkedIn-Version": "202607",
        "X-Restli-Protocol-Version": "2.0.0",
    }
    async with aiohttp.ClientSession() as session:
        url = f"{scene.world.address}/rest/posts"
        async with session.post(url, json=wish, headers=headers) as answer:
            assert answer.status == 201
    assert [post.text for post in scene.posts] == ["Bao "]


def test_tags_are_tags_and_digits_are_none() -> None:
    assert little("#早餐 #2026 a#b") == r"{hashtag|\#|早餐} \#2026 a\#b"
    assert little("#black_friday") == r"{hashtag|\#|black\_friday}"


def test_mentions_and_plain_tags_of_others_are_read() -> None:
    written = r"With @[Tea \(House\)](urn:li:organization:1) #tea {hashtag|\#|bao}"
    assert plain(written) == shown(written) == "With Tea (House) #tea #bao"
    assert cut("Tea {hashtag|broken} more") == "Tea "


def test_an_emoji_counts_as_two() -> None:
    assert [length(text) for text in ("a", "包", "🥟", "👨‍👩‍👧")] == [1, 1, 2, 8]


def test_shortened_addresses_are_still_the_same_words() -> None:
    ours = "Menu: https://tea.invalid/menu for you"
    assert alike(ours, "Menu: https://lnkd.in/abc for you")
    assert not alike(ours, "Menu: https://lnkd.in/abc for all")
    assert not alike(ours, "Menu: https://other.invalid/menu for you")
