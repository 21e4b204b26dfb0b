"""Writes docs/platforms.md: its frame, with what each folder says it can do and how that was proven."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from hawker.connect.platform import Kind, Platform
from hawker.connect.registry import platforms
from tools.reliability import is_blind

TOOLS = Path(__file__).resolve().parent
FRAME, PAGE = TOOLS / "platforms.md.txt", TOOLS.parent / "docs" / "platforms.md"
PROOFS = (("Official client", "client"), ("Answers checked against", "schema"), ("Real server", "server"))
KINDS = {kind: kind.value.replace("_", " ") for kind in Kind}
RULES = {"done": "✓", "todo": "to do", "exempt": "–"}


def page() -> str:
    networks = [each for each in platforms().values() if each.filled_in]
    return FRAME.read_text(encoding="utf-8").format(
        proof=_table(("Network", *(head for head, _ in PROOFS), "Documents", "On"), map(_proof, networks)),
        kinds=_table(("Network", *KINDS.values(), "A lost answer"), map(_kinds, networks)),
        rules=_table(("Network", *_rules(networks[0])), map(_quality, networks)),
        exemptions="\n".join(_exemptions(networks)),
    )


def _proof(network: Platform) -> Sequence[str]:
    said = network.proof
    by_documents = f"by documents only: {said['documents']}" if not said["client"] else said["documents"]
    return (_name(network), *(said[name] or "–" for _, name in PROOFS), by_documents or "–", said["date"])


def _kinds(network: Platform) -> Sequence[str]:
    return (_name(network), *("✓" if kind in network.posts else "" for kind in KINDS), _settled(network))


def _settled(network: Platform) -> str:
    said = network.lost_answers
    if network.by_hand:
        return said["look"]
    return "you are asked" if is_blind(network) and "asked" not in said else said["look"]


def _quality(network: Platform) -> Sequence[str]:
    return (_name(network), *(RULES[status] for status in network.quality.values()))


def _rules(network: Platform) -> list[str]:
    return [rule.replace("_", " ") for rule in network.quality]


def _exemptions(networks: Iterable[Platform]) -> Iterable[str]:
    for network in networks:
        for rule, reason in network.exemptions.items():
            yield f"- **{network.title}**, {rule.replace('_', ' ')}: {reason}"


def _name(network: Platform) -> str:
    return f"**{network.title}**"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
