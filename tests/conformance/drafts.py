"""Posts to publish, of every kind that a network takes."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from hawker.connect.platform import Audience, Platform
from hawker.connect.values import Draft, Limits, Recipient
from tests.conformance.media import film, fits, made_right, picture

TEXT = 'Tea & buns: 2 < 3 "fresh" at seven 🥟\n\n包子出爐了！https://tea.invalid/menu?a=1&b=2 #早餐'
# Of whoever is written to, as networks name phone numbers.
ADDRESS = "886900000123"
# Pictures and videos of each kind of post, those that are tried first first.
KINDS: Mapping[str, tuple[tuple[int, int], ...]] = {
    "words": ((0, 0),),
    "pictures": ((2, 0), (1, 0)),
    "video": ((0, 1),),
}
_keys: Iterator[int] = count(1)


def compose(
    platform: Platform, limits: Limits, *, text: str = TEXT, pictures: int = 0, videos: int = 0
) -> Draft:
    """A post with a key of its own and the platform's options as they stand at first."""
    draft = Draft(
        key=UUID(int=next(_keys)),
        text=text,
        language="zh-TW",
        media=(*(picture(each, limits) for each in range(pictures)), *(film(each) for each in range(videos))),
        options={option.name: option.default for option in platform.options},
        to=somebody() if platform.audience is Audience.always else None,
    )
    draft = _worded(platform, draft, limits)
    return (
        replace(draft, media=made_right(platform, draft, limits)) if fits(platform, draft, limits) else draft
    )


def of_kind(platform: Platform, limits: Limits, kind: str) -> Draft | None:
    """A post of this kind; where it needs an option to be chosen otherwise, with that. None where the network
    takes none such."""
    for pictures, videos in KINDS[kind]:
        draft = compose(platform, limits, pictures=min(pictures, limits.media), videos=videos)
        for options in _choices(platform):
            chosen = replace(draft, options={**draft.options, **options})
            if (draft.media or kind == "words") and fits(platform, chosen, limits):
                return replace(chosen, media=made_right(platform, chosen, limits))
    return None


def simplest(platform: Platform, limits: Limits, *, text: str = TEXT, pictures: int = 0) -> Draft:
    """A post with so many pictures, or what the network wants instead: some take none of words alone, and
    some only videos."""
    asked = compose(platform, limits, text="Tea", pictures=min(pictures, limits.media))
    if not fits(platform, asked, limits):
        found = (of_kind(platform, limits, kind) for kind in ("words", "pictures", "video"))
        asked = next((each for each in found if each), asked)
    return _worded(platform, replace(asked, text=text), limits)


def _worded(platform: Platform, draft: Draft, limits: Limits) -> Draft:
    """Without the signs that some networks take in no text at all."""
    plain = replace(draft, text=draft.text.replace("<", "‹"))
    fields = [{each.field for each in platform.publishes.check(post, limits)} for post in (draft, plain)]
    return plain if draft.text == TEXT and "text" in fields[0] - fields[1] else draft


def _choices(platform: Platform) -> Iterator[Mapping[str, str]]:
    yield {}
    for option in platform.options:
        yield from ({option.name: choice.value} for choice in option.choices)


def somebody() -> Recipient:
    """Who has just written, so that the network lets the business write freely to her."""
    return Recipient(address=ADDRESS, name="林小姐", open_until=datetime.now(UTC) + timedelta(hours=23))


def another(of: Draft, text: str | None = None) -> Draft:
    """A different post like this one: its own key, and its own text where one is given."""
    return replace(of, key=UUID(int=next(_keys)), text=of.text if text is None else text)


def longest(platform: Platform, limits: Limits, letter: str) -> str:
    """As many of `letter` as the network's own count allows."""
    options = {option.name: option.default for option in platform.options}

    def counted(times: int) -> int:
        return platform.publishes.count(letter * times, options, limits)

    return letter * (bisect_right(range(limits.text * 2 + 2), limits.text, key=counted) - 1)
