"""To whom it is handed on what a network has told."""

from datetime import datetime

from hawker.connect.hooks import Event, Heard, Joined, Receipt, Stopped
from hawker.core.contacts import hearing
from hawker.core.publishing import receipts


def hand_on(platform: str, event: Event, now: datetime) -> bool:
    """Gives whether it is done with; what is about a message that Hawker does not know may still be."""
    match event:
        case Receipt():
            return receipts.hear(platform, event, now) or not hearing.channels_of(platform, event.account)
        case Heard():
            hearing.wrote(hearing.channels_of(platform, event.account), event, now)
        case Stopped():
            hearing.stopped(hearing.channels_of(platform, event.account), event, now)
        case Joined():
            hearing.joined(hearing.channels_of(platform, event.account), event, now)
    return True
