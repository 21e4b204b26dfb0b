"""What X charges the owner's app for a post (docs.x.com, getting-started/pricing, 2026-08-22)."""

from collections.abc import Sequence
from decimal import Decimal

from hawker.connect.length import URL
from hawker.connect.prices import Money
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits
from hawker.platforms.x.links import links

# Further posts of a thread are posts. Uploading costs nothing, describing what was uploaded does.
POST, WITH_ADDRESS, ALT = Decimal("0.015"), Decimal("0.200"), Decimal("0.005")
_WHY = say("A web address makes it dear: a post with one costs US$0.20, one without US$0.015.")


def prices(drafts: Sequence[Draft], limits: Limits) -> Money:  # noqa: ARG001
    addressed = [_has_address(draft.text) for draft in drafts]
    described = sum(1 for draft in drafts for medium in draft.media if medium.alt)
    posts = sum((WITH_ADDRESS if each else POST for each in addressed), Decimal(0))
    return Money(amount=posts + ALT * described, currency="USD", why=_WHY if any(addressed) else None)


def _has_address(text: str) -> bool:
    """What X charges as one is not documented: what its rule of text sees (with the domains of 2021), or what
    begins like one. Rather too dear than too cheap."""
    return bool(links(text)) or URL.search(text) is not None
