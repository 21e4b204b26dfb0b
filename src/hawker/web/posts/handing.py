"""It is your turn to post: all that goes to a network which lets no program post, ready to be taken along."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from hawker.connect.length import URL
from hawker.connect.platform import Option
from hawker.connect.registry import platform
from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.problems import Conflict, Invalid
from hawker.core.publishing import actions, handing, queries
from hawker.core.publishing.handing import Piece, Task
from hawker.core.speech import speak
from hawker.web.media import ranges
from hawker.web.posts import words
from hawker.web.posts.forms import HandedForm
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in

SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """What goes into a field of its own there, such as a title."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    id: str
    media: UUID
    name: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class PieceRow:
    id: str
    part: int
    title: str
    text: str
    language: str
    lines: tuple[Line, ...]
    items: tuple[ItemRow, ...]


@require_http_methods(["GET", "POST"])
@signed_in
def handed(request: HawkerRequest, delivery_id: UUID) -> HttpResponse:
    task = handing.task(request.actor, delivery_id)
    form = HandedForm(request.POST or None)
    if request.method == "POST":
        require(request.actor, Right.publish_posts)
        answer = _done(request, task, form)
        if answer:
            return answer
    row = task.delivery
    context = {
        "task": task,
        "pieces": [_row(task, piece) for piece in task.pieces],
        "form": form,
        "hand_off": platform(row.channel.platform).hand_off,
        "reason": queries.reason_of(row),
        "words": words.of_delivery(row, timezone.now()),
    }
    return render(request, "posts/handed.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def file(request: HawkerRequest, delivery_id: UUID, media_id: UUID) -> HttpResponseBase:
    """A picture or a video as its network wants it."""
    row = handing.medium(request.actor, delivery_id, media_id)
    response = ranges.answer(request, row.file, row.size, row.content_type)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = "inline"
    return response


def _done(request: HawkerRequest, task: Task, form: HandedForm) -> HttpResponse | None:
    """None where the page is to be shown again: the address was wrong."""
    try:
        actions.done(request.actor, task.delivery.id, url=_address(request.POST.get("url", "")))
    except Invalid as refused:
        form.is_valid()
        put_on(form, refused)
        return None
    except Conflict:
        return redirect("posts:handed", task.delivery.id)
    messages.success(request, gettext("Noted: it is posted."))
    return redirect("posts:page", task.delivery.post_id)


def _address(typed: str) -> str:
    """Apps share an address in the middle of a sentence, in Chinese without a space behind it."""
    found = [match[0] for match in URL.finditer(typed)]
    return found[0] if len(found) == 1 else typed.strip()


def _row(task: Task, piece: Piece) -> PieceRow:
    options = platform(task.delivery.channel.platform).options
    return PieceRow(
        id=f"text-{piece.part}",
        part=piece.part,
        title=_title(piece),
        text=piece.draft.text,
        language=piece.draft.language,
        lines=() if piece.part else _lines(options, piece.draft.options),
        items=tuple(_item(piece, number) for number in range(len(piece.items))),
    )


def _title(piece: Piece) -> str:
    if piece.is_comment:
        return gettext("First comment")
    return gettext("Part %(number)s") % {"number": piece.part} if piece.part else gettext("The post")


def _lines(options: tuple[Option, ...], chosen: Mapping[str, str]) -> tuple[Line, ...]:
    """What was chosen reads as it did when it was chosen."""
    lines = []
    for option in options:
        given = chosen.get(option.name, "") or option.default
        label = next((choice.label for choice in option.choices if choice.value == given), None)
        if given:
            text = speak(label) if label else given
            lines.append(Line(id=f"option-{option.name}", label=speak(option.label), text=text))
    return tuple(lines)


def _item(piece: Piece, number: int) -> ItemRow:
    item = piece.items[number]
    suffix = SUFFIXES.get(item.content_type, f".{PurePath(item.content_type).name}")
    return ItemRow(
        id=f"alt-{piece.part}-{number}",
        media=UUID(item.medium.id),
        name=f"{number + 1}{suffix}",
        alt=item.medium.alt,
        width=item.width,
        height=item.height,
    )
