"""What networks tell of a message by themselves: that they have it, how far it got, that it came back.

A word may come before the answer to the call that it is about, twice, late, or never. It goes through the
same rules as everything else that becomes of a delivery (`rules.told`).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from hawker.connect.hooks import Receipt, Stage
from hawker.connect.platform import Audience
from hawker.connect.registry import platforms
from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.core.channels.rules import State as ChannelState
from hawker.core.publishing import chains, queries, rules
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import OF_MESSAGES, Delivery
from hawker.core.publishing.states import Bounced, Reason, State, Told, Word

GONE = (State.published, State.removed)
ORDER = (Stage.sent, Stage.delivered, Stage.read)
RETURNED = say("The network took this message and could not deliver it.")


@transaction.atomic
def hear(platform: str, receipt: Receipt, now: datetime) -> bool:
    """Gives whether there is such a message, in whichever business."""
    rows = list(_of(platform, receipt).select_for_update())
    for row in rows:
        _apply(row, receipt, now)
    return bool(rows)


def _of(platform: str, receipt: Receipt) -> QuerySet[Delivery]:
    """By the key that was sent along; where the network does not tell that, by the message's id. Of a post,
    which goes to nobody by name, only a failure is news."""
    which = Q(OF_MESSAGES, remote_id=receipt.remote_id)
    if receipt.stage is Stage.failed and platforms()[platform].audience is not Audience.always:
        which = Q(remote_id=receipt.remote_id)
    if receipt.key:
        which = Q(key=receipt.key) if _is_id(receipt.key) else Q(pk=None)
    here = Delivery.objects.filter(which, channel__platform=platform, channel__remote_id=receipt.account)
    return here.exclude(channel__state=ChannelState.removed).order_by("id")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _apply(row: Delivery, receipt: Receipt, now: datetime) -> None:
    known = row.remote_id == receipt.remote_id or (row.state == State.published and not row.remote_id)
    then = rules.told(queries.snapshot(row), _word(receipt), known=known)
    changed: dict[str, object] = columns(then, now) if then else {}
    if receipt.stage is Stage.failed and row.state not in GONE:
        changed["remote_id"] = receipt.remote_id  # of this one nothing that was told before counts any more
    if (then or (known and row.state == State.published)) and _is_further(row, receipt.stage):
        changed |= {"stage": receipt.stage, "stage_at": receipt.at, "remote_id": receipt.remote_id}
    if changed:
        Delivery.objects.filter(id=row.id).update(**changed)
    if then and then.published:
        chains.call([row.id], now)


def _word(receipt: Receipt) -> Word:
    if receipt.stage is Stage.failed:
        return Bounced(Reason(sentence=receipt.sentence or RETURNED, code=receipt.code))
    return Told(Published(remote_id=receipt.remote_id, url=""))


def _is_further(row: Delivery, stage: Stage) -> bool:
    """Stages come in any order; the furthest counts, and a failure ends it."""
    if stage is Stage.failed or not row.stage or row.stage == Stage.failed:
        return row.stage != Stage.failed
    return ORDER.index(stage) > ORDER.index(Stage(row.stage))
