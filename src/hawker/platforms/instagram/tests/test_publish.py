"""Publishing: what each kind of post becomes there."""

from hawker.platforms.instagram.tests.scene import Scene, draft


async def test_a_picture_is_published_with_its_alternative_text(scene: Scene) -> None:
    published = await scene.post(draft(scene.shelf.picture("Steam over bao")))
    (post,) = scene.posts
    assert (post.id, post.kind, post.text) == (published.remote_id, "FEED", "Fresh bao at six.")
    assert [file.alt for file in post.files] == ["Steam over bao"]
    assert published.url == f"{scene.world.site}/p/{post.shortcode}/"


async def test_pictures_and_a_video_become_one_carousel(scene: Scene) -> None:
    media = (scene.shelf.picture("One"), scene.shelf.video(), scene.shelf.picture("Two"))
    await scene.post(draft(*media))
    (post,) = scene.posts
    assert post.media_type == "CAROUSEL_ALBUM"
    assert [(file.alt, file.is_video) for file in post.files] == [("One", False), ("", True), ("Two", False)]


async def test_a_reel_is_uploaded_and_has_its_cover(scene: Scene) -> None:
    video = scene.shelf.video()
    await scene.post(draft(video, scene.shelf.picture(), kind="reel", share_to_feed="no"))
    (post,) = scene.posts
    assert (post.kind, post.in_feed, post.files[0].content) == ("REELS", False, video.read())
    assert post.cover
    assert video.id not in scene.shelf.fetched
