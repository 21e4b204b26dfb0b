"""Posts to publish, with pictures that are made on the spot."""

import io
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from uuid import UUID

from PIL import Image

from hawker.connect.platform import Kind, Platform
from hawker.connect.values import Draft, Limits, Media
from tests.conformance import shelf
from tests.videos import video

TEXT = 'Tea & buns: 2 < 3 "fresh" at seven 🥟\n\n包子出爐了！https://tea.invalid/menu?a=1&b=2 #早餐'
ALTS = ("Steamed buns on a tray", "一壺茶 & <two> cups")
COLOURS = ("#8a3324", "#33658a", "#6b8e23", "#daa520")
WIDTH, HEIGHT = 640, 480
_keys: Iterator[int] = count(1)


@cache
def _bytes(kind: str, colour: str) -> bytes:
    """With some grain: there are networks for which a file can be too small."""
    file = io.BytesIO()
    size = WIDTH, HEIGHT
    grain = Image.effect_noise(size, 60).convert("RGB")
    Image.blend(Image.new("RGB", size, colour), grain, 0.2).save(file, format=kind)
    return file.getvalue()


def picture(number: int, limits: Limits, content: bytes = b"") -> Media:
    """`content` in place of a real picture's."""
    kind = "PNG" if "image/png" in limits.image_types else "JPEG"
    content = content or _bytes(kind, COLOURS[number % len(COLOURS)])
    content_type = f"image/{kind.lower()}"
    return Media(
        id=f"picture-{number}",
        content_type=content_type,
        size=len(content),
        width=WIDTH,
        height=HEIGHT,
        alt=ALTS[number % len(ALTS)],
        read=lambda: content,
        address=lambda: shelf.address(content, content_type),
    )


def most_pictures(platform: Platform, limits: Limits) -> int:
    """Beside a video there is place for its cover."""
    return min(2 if Kind.picture in platform.kinds else 1, limits.media)


def compose(platform: Platform, limits: Limits, *, text: str = TEXT, pictures: int = 0) -> Draft:
    """A post with a key of its own and the platform's options as they stand at first; where the network takes
    videos only, with one, and with an answer to what its options leave open."""
    draft = Draft(
        key=UUID(int=next(_keys)),
        text=text,
        language="zh-TW",
        media=tuple(picture(number, limits) for number in range(pictures)),
        options={option.name: option.default for option in platform.options},
    )
    return _settled(platform, limits, draft)


def _settled(platform: Platform, limits: Limits, draft: Draft) -> Draft:
    if Kind.picture not in platform.kinds and limits.video_types:
        draft = replace(draft, media=(film(), *draft.media))
    for problem in platform.publishes.check(draft, limits):
        for option in platform.options:
            if option.name == problem.field and option.choices and not option.default:
                answer = next(choice.value for choice in option.choices if choice.value)
                draft = replace(draft, options={**draft.options, option.name: answer})
        if problem.field == "text" and draft.text == TEXT:
            draft = replace(draft, text=TEXT.replace("<", "‹"))
    return draft


def film() -> Media:
    content = video()
    return Media(
        id="film",
        content_type="video/mp4",
        size=len(content),
        width=320,
        height=568,
        alt="",
        read=lambda: content,
        seconds=2,
    )


def another(of: Draft, text: str | None = None) -> Draft:
    """A different post like this one: its own key, and its own text where one is given."""
    return replace(of, key=UUID(int=next(_keys)), text=of.text if text is None else text)


def longest(platform: Platform, limits: Limits, letter: str) -> str:
    """As many of `letter` as the network's own count allows."""
    options = {option.name: option.default for option in platform.options}

    def counted(times: int) -> int:
        return platform.publishes.count(letter * times, options, limits)

    return letter * (bisect_right(range(limits.text * 2 + 2), limits.text, key=counted) - 1)
