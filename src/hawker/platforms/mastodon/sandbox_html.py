"""Text as Mastodon shows it: paragraphs, shortened links, mentions, hashtags. All of it escaped."""

import re
from html import escape

from hawker.platforms.mastodon.sandbox_world import World

ENTITY = re.compile(
    r"(?P<url>https?://[^\s<>\"「」]*[^\s<>\"「」.,;:!?()。，、；：！？])"
    r"|(?<![\w/])@(?P<name>\w+)(?:@(?P<host>[\w.-]*\w(?::\d+)?))?"
    r"|(?<![\w/])#(?P<tag>\w*[^\W\d]\w*)"
)


def as_html(world: World, text: str) -> str:
    if not text:
        return ""
    marked = _mark(world, text)
    if not world.manners.paragraphs:
        return marked.replace("\n", "<br>") + "<br>"
    paragraphs = re.split(r"\n\n+", marked)
    return "".join(f"<p>{each.replace(chr(10), '<br />')}</p>" for each in paragraphs)


def _mark(world: World, text: str) -> str:
    parts, end = [], 0
    for found in ENTITY.finditer(text):
        parts += [escape(text[end : found.start()]), _link(world, found)]
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def _link(world: World, found: re.Match[str]) -> str:
    if found["url"]:
        return _address(found["url"]) if world.manners.paragraphs else _whole(found["url"])
    if found["tag"]:
        tag = escape(found["tag"])
        return (
            f'<a href="{world.address}/tags/{tag}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
        )
    if found["host"] not in {None, world.host} or found["name"] not in world.people:
        return escape(found[0])
    name = escape(found["name"])
    page = f"{world.address}/@{name}"
    return f'<span class="h-card"><a href="{page}" class="u-url mention">@<span>{name}</span></a></span>'


def _address(url: str) -> str:
    """The first thirty characters after the prefix are shown, the rest hides (TextFormatter, 2026)."""
    prefix = re.match(r"https?://(www\.)?", url)
    start = prefix.end() if prefix else 0
    shown, rest = url[start : start + 30], url[start + 30 :]
    return (
        f'<a href="{escape(url)}" target="_blank" rel="nofollow noopener noreferrer">'
        f'<span class="invisible">{escape(url[:start])}</span>'
        f'<span class="{"ellipsis" if rest else ""}">{escape(shown)}</span>'
        f'<span class="invisible">{escape(rest)}</span></a>'
    )


def _whole(url: str) -> str:
    return f'<a href="{escape(url)}" target="_blank">{escape(url)}</a>'
