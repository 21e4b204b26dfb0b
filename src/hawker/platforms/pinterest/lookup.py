"""Looking through a board for a Pin whose answer was lost."""

from datetime import datetime

from hawker.connect import clock
from hawker.connect.errors import CannotLook
from hawker.connect.refusals import Gone
from hawker.connect.text import say
from hawker.platforms.pinterest.pin import Pin, Wanted
from hawker.platforms.pinterest.wire import Api

# Each page is one of Trial access's 1,000 calls a day.
MOST = 5_000


async def look(api: Api, board: str, wanted: Wanted, since: datetime) -> Pin | None:
    """The first that fits and was made since. In which order a board lists its Pins is not documented, and
    its owner may arrange them: all are read. On a board that is gone there are none."""
    found, seen = list[Pin](), 0
    try:
        async for answer, page in api.pages(f"boards/{board}/pins", Pin):
            begun = since + clock.ahead(answer) - clock.TOLERANCE
            found += [pin for pin in page if pin.at >= begun and wanted.fits(pin)]
            seen += len(page)
            if seen > MOST and found:
                break
            if seen > MOST:
                raise CannotLook(
                    say("The board has too many Pins to find this one. Look at Pinterest whether it is out.")
                )
    except Gone:
        return None
    return min(found, key=lambda pin: pin.at, default=None)
