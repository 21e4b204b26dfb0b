"""Whether limits can be true of any network."""

from collections.abc import Iterator

from hawker.connect.values import Limits


def doubts(limits: Limits) -> list[str]:
    """What cannot be right about these limits, in words."""
    return [*_of_text(limits), *_of_pictures(limits)]


def _of_text(limits: Limits) -> Iterator[str]:
    if not 0 < limits.text <= 200_000:
        yield f"text of {limits.text} characters"
    if limits.text_bytes is not None and limits.text_bytes < limits.text:
        yield f"{limits.text_bytes} bytes cannot hold {limits.text} characters"
    if limits.url_weight is not None and not 0 < limits.url_weight <= limits.text:
        yield f"an address that counts {limits.url_weight}"


def _of_pictures(limits: Limits) -> Iterator[str]:
    if not 0 <= limits.media <= 100:
        yield f"{limits.media} pictures"
    if limits.media and limits.alt_text < 0:
        yield f"an alternative text of {limits.alt_text} characters"
    if limits.media and not 10_000 <= limits.image_bytes <= 2**30:
        yield f"a picture of {limits.image_bytes} bytes"
    if limits.media and not 100_000 <= limits.image_pixels <= 10**9:
        yield f"a picture of {limits.image_pixels} pixels"
    if limits.media and not {"image/jpeg", "image/png"} & set(limits.image_types):
        yield f"pictures of the types {limits.image_types}"
