"""What the head of an MP4 tells of it, as much as the pretend YouTube needs to know."""

import struct
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Film:
    """Zeros where the file does not tell, or is none."""

    seconds: float = 0
    width: int = 0
    height: int = 0

    @property
    def is_short(self) -> bool:
        return 0 < self.seconds <= 180 and 0 < self.width <= self.height


def read_film(content: bytes) -> Film:
    """ISO 14496-12, 8.2.2 and 8.3.2: the boxes mvhd and tkhd, of version 0."""
    seconds, width, height = 0.0, 0, 0
    movie = content.find(b"mvhd")
    if movie >= 0 and len(content) >= movie + 24 and content[movie + 4] == 0:
        scale, length = struct.unpack_from(">II", content, movie + 16)
        seconds = length / scale if scale else 0.0
    track = content.find(b"tkhd")
    if track >= 0 and len(content) >= track + 88 and content[track + 4] == 0:
        width, height = (value >> 16 for value in struct.unpack_from(">II", content, track + 80))
    return Film(seconds=seconds, width=width, height=height)
