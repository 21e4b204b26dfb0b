"""Another shape for what is being written: one more part, a long text as a thread, links in the comment."""

from collections.abc import Callable
from dataclasses import replace

from hawker.connect.text import say
from hawker.core.people.rules import Actor
from hawker.core.posts import queries
from hawker.core.posts.splitting import part_links, split
from hawker.core.problems import NotFound, invalid
from hawker.web.posts.typed import Box, Part, Typed


def shaped(actor: Actor, typed: Typed, wish: str) -> Typed:
    """`wish`: add, split or links. Raises Invalid where it cannot be done, NotFound for another wish."""
    if wish not in _SHAPES:
        raise NotFound
    return _SHAPES[wish](actor, typed)


def _add(actor: Actor, typed: Typed) -> Typed:  # noqa: ARG001
    return replace(typed, boxes=(*typed.boxes, Box()))


def _split(actor: Actor, typed: Typed) -> Typed:
    """By the count of the chosen network that takes least; what is in boxes already comes after it."""
    if not any(part.chosen for part in typed.parts.values()):
        sentence = say("Choose a channel first: its network says how long a part may be.")
        raise invalid("text", sentence)
    first, *others = split(typed.text, queries.fitting(actor, typed.writing)) or [""]
    if not others:
        raise invalid("text", say("The text fits into one post as it is."))
    boxes = tuple(Box(text=text) for text in others)
    return replace(typed, text=first, boxes=boxes + typed.boxes)


def _move_links(actor: Actor, typed: Typed) -> Typed:  # noqa: ARG001
    text, links = part_links(typed.text)
    parts, found = {}, links.split()
    for channel, part in typed.parts.items():
        own, more = part_links(part.text) if part.own else (part.text, "")
        parts[channel] = Part(chosen=part.chosen, own=part.own, text=own, options=part.options)
        found += more.split()
    if not found:
        raise invalid("text", say("There is no link in the text."))
    comment = "\n".join(each for each in (typed.first_comment.strip(), *dict.fromkeys(found)) if each)
    return replace(typed, text=text, parts=parts, first_comment=comment)


_SHAPES: dict[str, Callable[[Actor, Typed], Typed]] = {
    "add": _add,
    "split": _split,
    "links": _move_links,
}
