"""The ways in which the answer to the irreversible call gets lost."""

from dataclasses import dataclass

from hawker.sandbox.faults import Kind


@dataclass(frozen=True)
class Loss:
    kind: Kind
    status: int = 500

    @property
    def taken(self) -> bool:
        """Whether the network took the post all the same."""
        return self.kind.endswith("_after")

    def __str__(self) -> str:
        return f"{self.kind}-{self.status}" if "error" in self.kind else self.kind


LOSSES = (
    Loss(Kind.reset_before),
    Loss(Kind.reset_after),
    Loss(Kind.delay_after),
    *(Loss(Kind.error_before, status) for status in (500, 502, 503)),
    *(Loss(Kind.error_after, status) for status in (500, 502, 503)),
)

BROKEN = (Kind.reset_before, Kind.reset_after, Kind.error_before, Kind.error_after, Kind.limited)
