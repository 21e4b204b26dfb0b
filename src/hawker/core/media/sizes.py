"""How large something becomes that must not be wider, narrower, longer or larger than a network takes."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor, sqrt

# Two ratios that differ by less than this are the same: widths are whole numbers.
SAME = 1e-9


@dataclass(frozen=True, kw_only=True)
class Size:
    """The whole, and how large the medium itself lies within it: smaller where it gets a ground."""

    width: int
    height: int
    inner_width: int
    inner_height: int

    @property
    def has_ground(self) -> bool:
        return (self.inner_width, self.inner_height) != (self.width, self.height)


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """`narrowest`, `widest`: width by height. `step`: both sides are multiples of it."""

    pixels: int | None = None
    side: int | None = None
    narrowest: float | None = None
    widest: float | None = None
    step: int = 1


def within(width: int, height: int, bounds: Bounds) -> Size:
    """Nothing is enlarged and nothing cut off."""
    ground = _ground(width, height, bounds)
    factor = min(1.0, _longest(*ground, bounds), _roomiest(*ground, bounds))
    whole = _even(ground[0] * factor, ground[1] * factor, bounds)
    inner = whole if ground == (width, height) else _inner(width, height, whole, bounds.step)
    return Size(width=whole[0], height=whole[1], inner_width=inner[0], inner_height=inner[1])


def named(ratio: float) -> str:
    """As people write it: 4:5, 1.91:1."""
    plain = Fraction(ratio).limit_denominator(20)
    if abs(plain - ratio) < 1e-6:
        return f"{plain.numerator}:{plain.denominator}"
    return f"{ratio:.4g}:1"


def _ground(width: int, height: int, bounds: Bounds) -> tuple[float, float]:
    if bounds.narrowest and width / height < bounds.narrowest - SAME:
        return height * bounds.narrowest, height
    if bounds.widest and width / height > bounds.widest + SAME:
        return width, width / bounds.widest
    return width, height


def _longest(width: float, height: float, bounds: Bounds) -> float:
    return bounds.side / max(width, height) if bounds.side else 1.0


def _roomiest(width: float, height: float, bounds: Bounds) -> float:
    return sqrt(bounds.pixels / (width * height)) if bounds.pixels else 1.0


def _even(width: float, height: float, bounds: Bounds) -> tuple[int, int]:
    """Whole numbers that keep what was reached: what is rounded down may push the ratio over its bound."""
    step = bounds.step
    across, down = (max(step, floor(side / step + SAME) * step) for side in (width, height))
    while bounds.narrowest and across / down < bounds.narrowest - SAME and down > step:
        down -= step
    while bounds.widest and across / down > bounds.widest + SAME and across > step:
        across -= step
    return across, down


def _inner(width: int, height: int, whole: tuple[int, int], step: int) -> tuple[int, int]:
    factor = min(whole[0] / width, whole[1] / height)
    across, down = (max(step, round(side * factor / step) * step) for side in (width, height))
    return min(across, whole[0]), min(down, whole[1])
