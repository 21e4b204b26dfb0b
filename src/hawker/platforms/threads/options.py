"""What only posts at Threads have: which options an owner chose, and what Threads will refuse of a draft."""

import re
from collections.abc import Iterator, Mapping, Sequence

from hawker.connect import polls
from hawker.connect.polls import POLL
from hawker.connect.shapes import JPEG, PNG, PictureShape, Shape, VideoShape
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Problem
from hawker.platforms.threads.quotes import is_quotable
from hawker.platforms.threads.refusals import LINKS
from hawker.platforms.threads.text import links

TOPIC, REPLIES, LINK, SPOILER, QUOTE = "topic", "reply_control", "link", "spoiler", "quote"
WHO = ("accounts_you_follow", "followers_only", "mentioned_only")
HIDE_TEXT, HIDE_MEDIA, HIDE_ALL = "text", "media", "all"
# "Posts" and "Polls", read 2026-11-22.
MOST_LINKS, ANSWERS, ANSWER, TOPIC_LETTERS = 5, 4, 25, 50
SIDE, RATIO, VIDEO_RATIO = 1920, (0.1, 10), (0.01, 10)
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)


def chosen(draft: Draft, name: str) -> str:
    """What goes for a whole thread stands in its first post."""
    return "" if draft.reply_to and name != SPOILER else draft.options.get(name, "").strip()


def topic(draft: Draft) -> str:
    return chosen(draft, TOPIC).lstrip("#＃").strip()


def answers(draft: Draft) -> list[str]:
    return polls.answers(chosen(draft, POLL))


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    picture = PictureShape(types=(JPEG, PNG), bytes=limits.image_bytes, narrowest=RATIO[0], widest=RATIO[1])
    video = VideoShape(
        bytes=limits.video_bytes,
        longest=limits.video_seconds,
        side=SIDE,
        narrowest=VIDEO_RATIO[0],
        widest=VIDEO_RATIO[1],
    )
    return [video if medium.is_video else picture for medium in draft.media]


def problems(draft: Draft) -> Iterator[Problem]:
    if not draft.text.strip() and not draft.media:
        sentence = say("Write a text, or add a picture or a video.")
        yield Problem(field="text", sentence=sentence)
    if len(links(draft.text, chosen(draft, LINK))) > MOST_LINKS:
        yield Problem(field="text", sentence=LINKS.sentence)
    yield from _of_choices(draft.options)
    yield from _of_topic(draft)
    yield from _of_link(draft)
    yield from _of_poll(draft)
    if chosen(draft, QUOTE) and not is_quotable(chosen(draft, QUOTE)):
        sentence = say("Enter the address of a post at Threads, or its number.")
        yield Problem(field=QUOTE, sentence=sentence)


def _of_choices(options: Mapping[str, str]) -> Iterator[Problem]:
    for name, allowed in ((REPLIES, WHO), (SPOILER, (HIDE_TEXT, HIDE_MEDIA, HIDE_ALL))):
        if options.get(name, "") not in {"", *allowed}:
            yield Problem(field=name, sentence=say("Choose one of those offered."))


def _of_topic(draft: Draft) -> Iterator[Problem]:
    name = topic(draft)
    if len(name) > TOPIC_LETTERS or {".", "&"} & set(name):
        sentence = say("A topic at Threads has at most 50 letters, no full stop and no &. Change it.")
        yield Problem(field=TOPIC, sentence=sentence)


def _of_link(draft: Draft) -> Iterator[Problem]:
    link = chosen(draft, LINK)
    if link and not _ADDRESS.fullmatch(link):
        sentence = say("“%(address)s” is not a web address. Begin it with https://.", address=link[:100])
        yield Problem(field=LINK, sentence=sentence)
    elif link and (draft.media or answers(draft)):
        sentence = say(
            "Threads shows a link as a card in posts of words only. Take the link out of this field."
        )
        yield Problem(field=LINK, sentence=sentence)


def _of_poll(draft: Draft) -> Iterator[Problem]:
    given = answers(draft)
    yield from polls.problems("Threads", given, most=ANSWERS, letters=ANSWER)
    if given and (draft.media or not draft.text.strip()):
        sentence = say("A poll at Threads has a text and neither pictures nor videos.")
        yield Problem(field=POLL, sentence=sentence)
