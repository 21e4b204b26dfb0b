"""How many of the month's messages a post takes: one for each friend who gets it, whatever it holds."""

from collections.abc import Iterable, Sequence

from hawker.connect.prices import Messages
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits
from hawker.platforms.line.checks import is_number
from hawker.platforms.line.options import MOST

_REST = say("Left of this month's messages, as LINE says: %(left)s.")


def prices(drafts: Sequence[Draft], limits: Limits) -> Messages:
    if drafts[0].to is not None:
        return Messages(number=1, rest=_REST)
    known = [*_drawn(drafts), *([] if limits.people is None else [limits.people])]
    return Messages(number=min(known, default=None), most=True, rest=_REST)


def _drawn(drafts: Sequence[Draft]) -> Iterable[int]:
    """So many friends are drawn by lot at most."""
    typed = (draft.options.get(MOST, "").strip() for draft in drafts)
    return [int(most) for most in typed if is_number(most)]
