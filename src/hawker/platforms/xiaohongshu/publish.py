"""What Xiaohongshu takes; its owner posts it herself."""

from hawker.connect.by_hand import ByHand
from hawker.connect.values import Draft, Limits, Problem
from hawker.platforms.xiaohongshu.note import problems


class Publish(ByHand):
    network = "Xiaohongshu"

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))
