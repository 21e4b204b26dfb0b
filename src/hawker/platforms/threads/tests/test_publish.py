"""What is published at Threads, and as what."""

from hawker.connect.values import Media
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.tests.makers import draft, picture


async def test_words_become_a_post(scene: Scene) -> None:
    published = await scene.post(draft("Fresh bao at six."))
    (post,) = scene.posts
    assert (post.id, post.kind, post.text) == (published.remote_id, "TEXT_POST", "Fresh bao at six.")
    assert published.url == scene.world.address_of(post)


async def test_pictures_and_videos_become_a_carousel_in_their_order(scene: Scene, film: Media) -> None:
    await scene.post(draft("Bao", picture("One"), film, picture("Two", colour="blue")))
    (post,) = scene.posts
    assert post.kind == "CAROUSEL_ALBUM"
    assert [(each.content_type, each.alt) for each in post.media] == [
        ("image/png", "One"),
        ("video/mp4", "Steam rises"),
        ("image/png", "Two"),
    ]
