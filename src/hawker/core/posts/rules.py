"""What a network will refuse of a post, said before it is sent."""

from collections.abc import Mapping
from datetime import timedelta

from hawker.connect.platform import Platform
from hawker.connect.text import Sentence, say
from hawker.connect.values import Draft, Limits, Media, Problem
from hawker.core.media import rules as media
from hawker.core.media.rules import Decision

RECEIPT_LASTS = timedelta(hours=24)
NOBODY = say("This network delivers to people. Choose the list of those whom this goes to.")
NOBODY_AGREED = say(
    "Nobody on this list has agreed to be written to here. Add people, or record their consent."
)


def problems(draft: Draft, platform: Platform, limits: Limits) -> list[Problem]:
    """Everything that must change before `draft` can go out on this platform, by the limits of its server."""
    strange = _of_options(draft, platform)
    found = [*_of_text(draft, platform, limits), *strange]
    if len(draft.media) > limits.media:
        found.append(_problem("media", _too_many(limits)))
    for place, picture in enumerate(draft.media, start=1):
        if len(picture.alt) > limits.alt_text:
            found.append(_problem("alt_text", _long_alt(place, picture, limits)))
    decided = decisions(draft, platform, limits)
    found += [_problem("media", each.problem) for each in decided if each.problem]
    # A folder knows what to make of the choices that it offers, and of no others.
    return found if strange else found + platform.publishes.check(draft, limits)


def decisions(draft: Draft, platform: Platform, limits: Limits) -> list[Decision]:
    """What becomes of each of the draft's media on this platform, in their order."""
    shapes = platform.shapes(draft, limits)
    return [media.decide(medium, shape) for medium, shape in zip(draft.media, shapes, strict=True)]


def of_following(platform: Platform, *, thread: bool, comment: bool) -> list[Problem]:
    """What this network lacks of that which is to follow a post."""
    found = []
    if thread and not platform.threads:
        sentence = say(
            "%(network)s has no threads. Put everything into one post, or leave this channel out.",
            network=platform.title,
        )
        found.append(_problem("thread", sentence))
    if comment and not platform.comments:
        sentence = say(
            "%(network)s lets no comment follow a post. Empty the first comment, or leave this channel out.",
            network=platform.title,
        )
        found.append(_problem("first_comment", sentence))
    return found


def length(text: str, platform: Platform, options: Mapping[str, str], limits: Limits) -> int:
    """By the network's own rule."""
    return platform.publishes.count(text, options, limits)


def _of_text(draft: Draft, platform: Platform, limits: Limits) -> list[Problem]:
    if not draft.text.strip() and not draft.media:
        return [_problem("text", say("Write something, or add a picture."))]
    over = platform.publishes.count(draft.text, draft.options, limits) - limits.text
    if over > 0:
        return [
            _problem("text", say("Too long by %(over)s: at most %(limit)s.", over=over, limit=limits.text))
        ]
    return []


def _too_many(limits: Limits) -> Sentence:
    if limits.media == 0:
        return say("Neither pictures nor videos fit here. Take them out.")
    if limits.media == 1:
        return say("Only one picture fits here. Take the others out.")
    return say("At most %(limit)s pictures fit here. Take the others out.", limit=limits.media)


def _of_options(draft: Draft, platform: Platform) -> list[Problem]:
    found = []
    for option in platform.options:
        given = draft.options.get(option.name, "")
        if given and option.choices and given not in {choice.value for choice in option.choices}:
            found.append(_problem(option.name, say("“%(given)s” cannot be chosen here.", given=given)))
    return found


def _long_alt(place: int, picture: Media, limits: Limits) -> Sentence:
    over = len(picture.alt) - limits.alt_text
    return say(
        "The alternative text of picture %(place)s is too long by %(over)s: at most %(limit)s.",
        place=place,
        over=over,
        limit=limits.alt_text,
    )


def _problem(field: str, sentence: Sentence) -> Problem:
    return Problem(field=field, sentence=sentence)
