"""The ledger as its owner sees it, through the REST API."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from hawker.connect.registry import platforms
from tools.drill.api import Api, Refusal
from tools.drill.count import Told
from tools.drill.marks import marks_in
from tools.drill.networks import Networks, Place

# The shelf of what is still to go out, and that of what waits for its owner.
OPEN, ATTENTION, ALL = "scheduled", "attention", "all"
ENDED = {"published", "failed", "cancelled"}
# A first comment whose post has not gone out.
FOLLOWS = "follows"
# As Hawker says it of a budget that is used up, and as networks do.
TOLD_TO_WAIT = {"budget", "429", "RateLimitExceeded"}
# Who may hide a post for longer is not waited for.
HIDDEN = timedelta(minutes=1)


class Ledger:
    """`channels`: the account of each, by the channel's id. `asked`: the deliveries of which only the
    owner could say what became of them, `late` those whose time had passed; both by id."""

    def __init__(self, api: Api, channels: Mapping[str, Place]) -> None:
        self._api = api
        self._channels = channels
        self.places = tuple(channels.values())
        self.asked: dict[str, Place] = {}
        self.late: dict[str, Place] = {}

    def told(self, shelf: str = ALL) -> list[Told]:
        return [each for post in self._api.posts(shelf) for each in self._deliveries(post)]

    def unsettled(self, networks: Networks, *, patient: bool) -> list[Told]:
        """What is not at its end. One who is not `patient` leaves out what a network told to wait."""
        left = [each for each in self.told(OPEN) if each.state not in {*ENDED, FOLLOWS}]
        return [
            each
            for each in left
            if (patient or not each.told_to_wait) and not _is_not_believed(networks, each)
        ]

    def waiting(self, networks: Networks) -> list[Told]:
        """What is not there, at networks that may hide a post for longer than anybody waits here."""
        return [each for each in self.told(OPEN) if _is_not_believed(networks, each)]

    def decide(self, networks: Networks) -> None:
        """Does what the owner is asked for: looks at the network and says what is there; lets go out what
        came too late."""
        for each in self.told(ATTENTION):
            if each.asked and self._command(each, "settle", {"there": _is_there(networks, each)}):
                self.asked[each.id] = each.place
            if each.state == "late" and self._command(each, "retry", None):
                self.late[each.id] = each.place

    def _command(self, each: Told, command: str, body: object) -> bool:
        """False where Hawker has come to know by itself, or was not asking."""
        try:
            self._api.post(f"/deliveries/{each.id}/{command}", body)
        except Refusal as refusal:
            if refusal.status != 409:
                raise
            return False
        return True

    def _deliveries(self, post: Any) -> Iterator[Told]:
        gone = {
            row["channel"] for row in post["deliveries"] if not row["part"] and row["state"] == "published"
        }
        for row in post["deliveries"]:
            (mark,) = marks_in(post["first_comment"] if row["part"] else post["text"])
            follows = row["part"] and row["state"] == "scheduled" and row["channel"] not in gone
            error = row["error"] or {"code": "", "sentence": ""}
            yield Told(
                id=row["id"],
                mark=mark,
                place=self._channels[row["channel"]],
                state=FOLLOWS if follows else row["state"],
                reason=f"{error['code']} {error['sentence']}".strip(),
                asked=row["asked"],
                told_to_wait=row["state"] == "scheduled" and error["code"] in TOLD_TO_WAIT,
            )


def _is_not_believed(networks: Networks, each: Told) -> bool:
    hides = platforms()[each.place.platform].publishes.read_delay > HIDDEN
    return hides and each.state == "unknown" and not each.asked and not _is_there(networks, each)


def _is_there(networks: Networks, each: Told) -> bool:
    return networks.seen(each.place)[each.mark] > 0
