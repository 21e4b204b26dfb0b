"""What WeChat will refuse of a draft."""

from collections.abc import Iterator, Mapping

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Problem
from hawker.platforms.wechat.article import (
    AUTHOR_LENGTH,
    DIGEST_LENGTH,
    SOURCE_BYTES,
    TITLE_LENGTH,
    paragraphs,
    title_of,
)
from hawker.platforms.wechat.wishes import (
    AUTHOR,
    DIGEST,
    MESSAGE,
    PICTURES,
    SENT,
    SOURCE,
    TAG,
    TITLE,
    kind_of,
    typed,
)


def length(text: str) -> int:
    """With the tags and escapes of its HTML: they count too."""
    return len(paragraphs(text))


def problems(draft: Draft) -> Iterator[Problem]:
    if not draft.media:
        sentence = say("WeChat wants a picture: the first one becomes the cover. Add one.")
        yield Problem(field="media", sentence=sentence)
    if kind_of(draft.options) != MESSAGE and not title_of(draft.text, draft.options):
        yield Problem(
            field=TITLE, sentence=say("WeChat wants a title. Write one, or a text to take it from.")
        )
    yield from _too_long(draft.options)
    yield from _left_out(draft.options)
    source, tag = typed(draft.options, SOURCE), typed(draft.options, TAG)
    if source and (not source.startswith(("http://", "https://")) or len(source.encode()) > SOURCE_BYTES):
        sentence = say("This is not a web address that WeChat takes. It begins with https://.")
        yield Problem(field=SOURCE, sentence=sentence)
    if tag and kind_of(draft.options) in SENT and not (tag.isascii() and tag.isdecimal()):
        sentence = say("A tag of followers is given by its number. Leave it empty to reach all.")
        yield Problem(field=TAG, sentence=sentence)


def _too_long(options: Mapping[str, str]) -> Iterator[Problem]:
    for name, most in ((TITLE, TITLE_LENGTH), (AUTHOR, AUTHOR_LENGTH), (DIGEST, DIGEST_LENGTH)):
        over = len(typed(options, name)) - most
        if over > 0:
            sentence = say(
                "This is too long by %(over)s: WeChat takes %(most)s characters.", over=over, most=most
            )
            yield Problem(field=name, sentence=sentence)


def _left_out(options: Mapping[str, str]) -> Iterator[Problem]:
    """What only articles have would go out nowhere."""
    none = {PICTURES: (AUTHOR, DIGEST, SOURCE), MESSAGE: (TITLE, AUTHOR, DIGEST, SOURCE)}
    for name in none.get(kind_of(options), ()):
        if typed(options, name):
            sentence = say("Pictures with words go out without this. Leave it empty, or choose an article.")
            yield Problem(field=name, sentence=sentence)


def demand(draft: Draft, limits: Limits) -> None:
    """Raises Refused for what would be uploaded in vain."""
    if draft.reply_to:
        sentence = say("At WeChat no article answers another. Publish this as a post of its own.")
        raise Refused(sentence, field="reply_to")
    if len(draft.media) > limits.media:
        sentence = say(
            "Hawker puts at most %(most)s pictures into an article. Take some out.", most=limits.media
        )
        raise Refused(sentence, field="media")
    if length(draft.text) > limits.text:
        sentence = say("The text is too long for an article at WeChat. Shorten it, or make two of it.")
        raise Refused(sentence, field="text")
    problem = next(problems(draft), None)
    if problem:
        raise Refused(problem.sentence, field=problem.field)
