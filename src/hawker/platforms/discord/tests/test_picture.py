"""Pictures are made small enough, and tell nothing of where and when they were taken."""

import io
import os

import pytest
from PIL import Image

from hawker.connect.errors import Refused
from hawker.platforms.discord.picture import BYTES, fit
from hawker.sandbox.tests.makers import SMALL, encoded

GPS, DESCRIPTION, TURNED = 0x8825, 0x010E, 0x0112


def noted() -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif[DESCRIPTION] = "a place"
    exif[TURNED] = 6
    return exif


def test_what_tells_nothing_goes_out_as_it_is() -> None:
    assert fit(SMALL) == (SMALL, "image/png")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_and_time_are_taken_out_and_the_picture_is_turned(form: str) -> None:
    data, content_type = fit(encoded(Image.new("RGB", (60, 40), "teal"), form, exif=noted()))
    with Image.open(io.BytesIO(data)) as image:
        assert (dict(image.getexif()), image.size) == ({}, (40, 60))
    assert content_type == ("image/png" if form == "PNG" else "image/jpeg")


@pytest.mark.parametrize(("mode", "form"), [("RGB", "JPEG"), ("RGBA", "WEBP")])
def test_a_picture_that_is_too_large_is_made_smaller(mode: str, form: str) -> None:
    size = (2_400, 2_000)
    noise = Image.frombytes(mode, size, os.urandom(size[0] * size[1] * len(mode)))
    large = encoded(noise)
    assert len(large) > BYTES
    data, content_type = fit(large)
    assert len(data) <= BYTES
    assert content_type == f"image/{form.lower()}"


def moving(size: tuple[int, int], frames: int) -> bytes:
    each = [
        Image.frombytes("P", size, bytes([number]) + os.urandom(size[0] * size[1] - 1))
        for number in range(frames)
    ]
    return encoded(each[0], "GIF", save_all=True, append_images=each[1:])


def test_a_moving_picture_goes_on_moving_or_is_refused() -> None:
    small = moving((20, 20), 3)
    assert fit(small) == (small, "image/gif")
    large = moving((1_500, 1_500), 6)
    assert len(large) > BYTES
    with pytest.raises(Refused) as caught:
        fit(large)
    assert caught.value.field == "media"


def test_too_many_pixels_are_refused() -> None:
    with pytest.raises(Refused) as caught:
        fit(encoded(Image.new("1", (10_000, 5_001))))
    assert "too many pixels" in str(caught.value)
