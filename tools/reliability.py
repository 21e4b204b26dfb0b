"""Writes docs/reliability.md: the frame, with what each network's folder says of lost answers."""

from datetime import timedelta
from pathlib import Path

from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.core.publishing import rules

TOOLS = Path(__file__).resolve().parent
FRAME, PAGE = TOOLS / "reliability.md.txt", TOOLS.parent / "docs" / "reliability.md"
HEAD = (
    "Network",
    "Key that it honours",
    "How a lost answer is settled",
    "Waits before “it is not there” is believed",
    "You are asked",
)


def networks() -> str:
    sending = (each for _, each in sorted(platforms().items()) if each.filled_in and not each.by_hand)
    rows = [_row(each) for each in sending]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (HEAD, ("---",) * len(HEAD), *rows))


def _row(network: Platform) -> tuple[str, ...]:
    said = network.lost_answers
    asked = said.get("asked", "every time an answer is lost")
    return (f"**{network.title}**", said["key"], said["look"], _wait(network), asked)


def _wait(network: Platform) -> str:
    if is_blind(network):
        return "–"
    wait = rules.must_be_quiet(network.publishes.read_delay)
    return f"{_seconds(wait)} s" if wait else "nothing: sending twice makes no second post"


def is_blind(network: Platform) -> bool:
    return network.quality["finds_lost_answers"] == "exempt"


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.0f}"


def page() -> str:
    return FRAME.read_text(encoding="utf-8").format(
        networks=networks(),
        blind=", ".join(each.title for each in platforms().values() if is_blind(each) and not each.by_hand),
        lease=_seconds(rules.LEASE),
        send_within=_seconds(rules.SEND_WITHIN),
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
