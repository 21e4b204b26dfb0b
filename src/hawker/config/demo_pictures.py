"""Pictures for the demo, drawn here so that nobody's rights are touched."""

import math
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 900)
Colour = tuple[int, int, int]


def tea_cup() -> bytes:
    picture = _gradient((250, 241, 224), (226, 196, 150))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((250, 690, 950, 830), fill=(180, 146, 104))
    draw.pieslice((330, 240, 870, 800), 0, 180, fill=(252, 250, 245))
    draw.ellipse((330, 440, 870, 600), fill=(240, 234, 224))
    draw.ellipse((355, 455, 845, 585), fill=(201, 134, 46))
    draw.ellipse((400, 475, 700, 545), fill=(221, 160, 74))
    for place in (480, 600, 720):
        _steam(draw, place)
    return _jpeg(picture.filter(ImageFilter.GaussianBlur(1.2)))


def tea_hills() -> bytes:
    picture = _gradient((252, 226, 190), (190, 214, 210))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((820, 120, 960, 260), fill=(255, 244, 214))
    for row in range(7):
        shade = 1 - row / 9
        colour = (int(70 + 70 * shade), int(110 + 70 * shade), int(70 + 60 * shade))
        draw.polygon(_ridge(row), fill=colour)
    return _jpeg(picture.filter(ImageFilter.GaussianBlur(1)))


def gift_boxes() -> bytes:
    picture = _gradient((255, 246, 236), (240, 214, 196))
    draw = ImageDraw.Draw(picture)
    for left, top, colour in (
        (260, 330, (176, 32, 40)),
        (560, 250, (196, 152, 62)),
        (470, 480, (150, 24, 36)),
    ):
        draw.rounded_rectangle((left, top, left + 360, top + 280), 18, fill=colour)
        draw.rectangle((left + 160, top, left + 200, top + 280), fill=(244, 222, 170))
        draw.rectangle((left, top + 120, left + 360, top + 156), fill=(244, 222, 170))
        draw.ellipse((left + 140, top + 98, left + 220, top + 178), fill=(250, 236, 200))
    return _jpeg(picture)


def _gradient(top: Colour, bottom: Colour) -> Image.Image:
    strip = Image.new("RGB", (1, SIZE[1]))
    for row in range(SIZE[1]):
        part = row / SIZE[1]
        red, green, blue = (round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True))
        strip.putpixel((0, row), (red, green, blue))
    return strip.resize(SIZE)


def _steam(draw: ImageDraw.ImageDraw, left: int) -> None:
    points = [(left + 26 * math.sin(height / 34), 410 - height) for height in range(0, 230, 4)]
    draw.line(points, fill=(255, 252, 246), width=12, joint="curve")


def _ridge(row: int) -> list[tuple[float, float]]:
    base = 330 + row * 80
    line = [(x, base + 46 * math.sin(x / (150 + 24 * row) + row * 1.7)) for x in range(0, SIZE[0] + 1, 20)]
    return [(0.0, float(SIZE[1])), *line, (float(SIZE[0]), float(SIZE[1]))]


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()
