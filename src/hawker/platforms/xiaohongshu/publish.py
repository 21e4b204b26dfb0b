"""What Xiaohongshu takes; its owner posts it herself."""

from collections.abc import Mapping

from hawker.connect.by_hand import ByHand
from hawker.connect.length import utf16_units
from hawker.connect.values import Draft, Limits, Problem
from hawker.platforms.xiaohongshu.note import problems


class Publish(ByHand):
    network = "Xiaohongshu"

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return utf16_units(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))
