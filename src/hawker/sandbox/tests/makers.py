"""Drafts and pictures for the tests of networks."""

from io import BytesIO
from uuid import uuid4

from PIL import Image

from hawker.connect.values import Draft, Media, Published

TEXT = "Fresh bao at six."


def draft(
    text: str = TEXT,
    *media: Media,
    language: str = "en",
    reply_to: Published | None = None,
    **options: str,
) -> Draft:
    return Draft(key=uuid4(), text=text, language=language, media=media, options=options, reply_to=reply_to)


def encoded(image: Image.Image, form: str = "PNG", **more: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


def pixels(kind: str = "PNG", *, colour: str = "red") -> bytes:
    return encoded(Image.new("RGB", (40, 30), colour), kind)


SMALL = pixels(colour="orange")


def medium(
    content: bytes = SMALL,
    content_type: str = "image/png",
    alt: str = "",
    *,
    size: tuple[int, int] = (40, 30),
) -> Media:
    return Media(
        id=str(uuid4()),
        content_type=content_type,
        size=len(content),
        width=size[0],
        height=size[1],
        alt=alt,
        read=lambda: content,
    )


def picture(alt: str = "Steam over bao", kind: str = "PNG", *, colour: str = "red") -> Media:
    return medium(pixels(kind, colour=colour), f"image/{kind.lower()}", alt)
