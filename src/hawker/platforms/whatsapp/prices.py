"""What a message to one person costs: how much, only Meta's price list says (“Pricing”, since July 2025)."""

from collections.abc import Sequence

from hawker.connect.prices import Messages
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits
from hawker.platforms.whatsapp.values import template_name

_OF_TEMPLATES = say(
    "Meta charges each message by the person's country and the template's category; its price list tells how"
    " much."
)


def prices(drafts: Sequence[Draft], limits: Limits) -> Messages:  # noqa: ARG001
    """One without a template only answers somebody, within a day: of these Meta's list names no price."""
    named = any(template_name(draft.options) for draft in drafts)
    return Messages(number=1, most=True, why=_OF_TEMPLATES if named else None)
