"""The length of a text as X weighs it (twitter-text, config v3 of 2021-10-21)."""

import unicodedata

import regex

from hawker.platforms.x.links import SPACES, links

URL = 23
LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
ONE = r"(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|[\p{Extended_Pictographic}--[©®]]\uFE0F?|[©®]\uFE0F)"
EMOJI = regex.compile(
    rf"\p{{Regional_Indicator}}{{2}}|[0-9#*]\uFE0F?\u20E3|\U0001F3F4[\U000E0020-\U000E007E]+\U000E007F"
    rf"|{ONE}(?:\u200D{ONE})*",
    regex.V1,
)
CASHTAG = regex.compile(
    rf"(?<![^{SPACES}])\$[A-Za-z]{{1,6}}(?:[._][A-Za-z]{{1,2}})?(?=$|\s|[!'#%&\"()*+,\\\-./:;<=>?@\[\]^_{{|}}~$])"
)


def weight(text: str) -> int:
    """280 of it fit into a post: Latin letters weigh one, Chinese ones and an emoji two, an address 23."""
    normal = unicodedata.normalize("NFC", text)
    total, end = 0, 0
    for link in links(normal):
        total += _weigh(normal[end : link.start]) + URL
        end = link.end
    return total + _weigh(normal[end:])


def _weigh(text: str) -> int:
    return sum(1 if _is_light(char) else 2 for char in EMOJI.sub("包", text))


def _is_light(char: str) -> bool:
    return any(start <= ord(char) <= end for start, end in LIGHT)


def cashtags(text: str) -> int:
    return len(CASHTAG.findall(text))
