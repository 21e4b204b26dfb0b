"""The PDF that is made of pictures: every object is where its table says, and holds the picture as it was."""

import re
from io import BytesIO

import pytest
from PIL import Image

from hawker.platforms.linkedin.pdf import pdf
from hawker.sandbox.tests.makers import encoded, pixels


def jpeg(mode: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    return encoded(Image.new(mode, size), "JPEG", **more)


def objects(file: bytes) -> dict[int, bytes]:
    """Found by the table at the end, as readers do."""
    place = int(file.rpartition(b"startxref\n")[2].split()[0])
    assert file[place : place + 5] == b"xref\n"
    starts = [int(line) for line in re.findall(rb"(\d{10}) 00000 n ", file[place:])]
    found = {}
    for number, start in enumerate(starts, 1):
        assert file[start:].startswith(f"{number} 0 obj\n".encode())
        found[number] = file[start:].partition(b"\nendobj")[0]
    return found


@pytest.mark.parametrize(("mode", "space"), [("RGB", b"RGB"), ("L", b"Gray"), ("CMYK", b"CMYK")])
def test_a_page_is_as_large_as_its_picture(mode: str, space: bytes) -> None:
    found = objects(pdf([jpeg(mode, (64, 48))]))
    assert b"/MediaBox [0 0 64 48]" in found[3]
    assert b"/Device" + space in found[5]


def test_every_picture_has_its_page_in_order() -> None:
    pictures = [jpeg("RGB", (width, 30), progressive=width > 50) for width in (40, 50, 60)]
    found = objects(pdf(pictures))
    assert b"/Count 3 /Kids [3 0 R 6 0 R 9 0 R]" in found[2]
    for number, picture in enumerate(pictures):
        stored = found[5 + 3 * number].partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
        assert stored == picture
        with Image.open(BytesIO(stored)) as image:
            assert image.width == (40, 50, 60)[number]


@pytest.mark.parametrize("content", [b"", b"none", pixels("PNG"), jpeg("RGB")[:30], b"\xff\xd8" + bytes(40)])
def test_what_is_no_jpeg_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a JPEG"):
        pdf([content])
