"""Nothing is refused but what lies beyond the limits; its owner posts it herself."""

from hawker.connect.by_hand import ByHand


class Publish(ByHand):
    network = "Personal profile"
