"""What came of it: what the ledger says of each delivery, against what stands at the networks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tools.drill.networks import Place


@dataclass(frozen=True, kw_only=True)
class Told:
    """A delivery as the ledger tells of it. `reason`: the code and the words of what went wrong, or empty.
    `asked`: only the owner can say whether it is there. `told_to_wait`: by its network, which had too many
    calls."""

    id: str
    mark: str
    place: Place
    state: str
    reason: str = ""
    asked: bool = False
    told_to_wait: bool = False


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A delivery that the drill was promised, by the answer to the call that wrote its post."""

    mark: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Count:
    """`twice`: more than once at the network, or there though cancelled or failed. `lost`: said to be
    published and not there, or ended otherwise without anybody's wish or any reason, or forgotten."""

    twice: tuple[str, ...]
    lost: tuple[str, ...]
    published: int
    failed: Counter[str]


def count(
    told: Iterable[Told], seen: Mapping[Place, Counter[str]], promised: Iterable[Wanted], cancelled: set[str]
) -> Count:
    """`cancelled`: the marks of posts whose cancellation was asked for."""
    twice = [f"{mark} at {place}" for place, marks in seen.items() for mark, n in marks.items() if n > 1]
    lost, failed, published = [], Counter[str](), 0
    known = set()
    for each in told:
        known.add((each.mark, each.place))
        there = seen[each.place][each.mark] > 0
        published += there
        if there and each.state != "published":
            twice.append(f"{each.mark} at {each.place}, which is {each.state}")
        if not there and _is_lost(each, cancelled):
            lost.append(f"{each.mark} at {each.place}, which is {each.state}")
        if each.state == "failed":
            failed[f"{each.place.platform}: {each.reason}"] += 1
    lost += [
        f"{each.mark} at {each.place}, forgotten" for each in promised if (each.mark, each.place) not in known
    ]
    return Count(twice=tuple(twice), lost=tuple(lost), published=published, failed=failed)


def _is_lost(each: Told, cancelled: set[str]) -> bool:
    match each.state:
        case "published":
            return True
        case "failed":
            return not each.reason
        case "cancelled":
            return each.mark not in cancelled
    return False
