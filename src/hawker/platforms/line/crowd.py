"""To which friends a message goes: to all of them (broadcast), to some (narrowcast), or to one (push)."""

from collections.abc import Mapping

from hawker.connect.http import Json
from hawker.connect.values import Draft
from hawker.platforms.line.options import AREA, FROM, GENDER, GROUP, MOST, TO

BROADCAST, NARROWCAST, PUSH = "broadcast", "narrowcast", "push"
CHOOSING = (GROUP, GENDER, FROM, TO, AREA, MOST)


def is_narrow(options: Mapping[str, str]) -> bool:
    return any(options.get(name, "").strip() for name in CHOOSING)


def way(draft: Draft) -> str:
    """The last part of the path of the call."""
    if draft.to:
        return PUSH
    return NARROWCAST if is_narrow(draft.options) else BROADCAST


def crowd(options: Mapping[str, str]) -> dict[str, Json]:
    """What a narrowcast says beside its messages; nothing for a broadcast."""
    group, most = (options.get(name, "").strip() for name in (GROUP, MOST))
    chosen: dict[str, Json] = {}
    if group:
        chosen["recipient"] = {"type": "audience", "audienceGroupId": int(group)}
    if filters := _filters(options):
        both: Json = {"type": "operator", "and": filters}
        chosen["filter"] = {"demographic": both if len(filters) > 1 else filters[0]}
    if most:
        chosen["limit"] = {"max": int(most)}
    return chosen


def _filters(options: Mapping[str, str]) -> list[Json]:
    ages = {"gte": options.get(FROM, ""), "lt": options.get(TO, "")}
    between: dict[str, Json] = {name: f"age_{age}" for name, age in ages.items() if age}
    by_age: list[Json] = [{"type": "age", **between}] if between else []
    chosen = [kind for kind in (GENDER, AREA) if options.get(kind)]
    others: list[Json] = [{"type": kind, "oneOf": [options[kind]]} for kind in chosen]
    return [*by_age, *others]
