from dataclasses import replace

from hawker.connect.shapes import PictureShape, VideoShape
from hawker.platforms.x.account import LIMITS
from hawker.platforms.x.shapes import GIF, shapes
from hawker.sandbox.tests.makers import draft, medium


def test_each_medium_has_the_shape_of_its_kind() -> None:
    picture, film = medium(), replace(medium(b"film", "video/mp4"), seconds=4)
    gif = medium(b"GIF89a", GIF)
    (still,) = shapes(draft("Tea", picture), LIMITS)
    (moving,) = shapes(draft("Tea", gif), LIMITS)
    (video,) = shapes(draft("Tea", film), LIMITS)
    assert isinstance(still, PictureShape)
    assert isinstance(moving, PictureShape)
    assert isinstance(video, VideoShape)
    assert (still.bytes, moving.bytes) == (5_000_000, 15_000_000)
    assert (video.bytes, video.shortest, video.longest, video.side, video.rate) == (
        512_000_000,
        0.5,
        140,
        1280,
        60,
    )
