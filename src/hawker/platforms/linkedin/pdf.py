"""A PDF with one JPEG a page, each as large as its picture; the pictures go in as they are."""

import struct
from collections.abc import Sequence

SPACES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
# Start-of-frame markers; 0xC4, 0xC8 and 0xCC are other things (ITU T.81, table B.1).
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def pdf(pictures: Sequence[bytes]) -> bytes:
    """Raises ValueError for what is no JPEG."""
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pictures)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pictures)} /Kids [{kids}] >>".encode(),
    ]
    for number, picture in enumerate(pictures):
        parts += _page(picture, 3 + 3 * number)
    return _file(parts)


def _page(picture: bytes, first: int) -> tuple[bytes, bytes, bytes]:
    """The page, what is drawn on it, and the picture: three objects, numbered from `first`."""
    width, height, colours = _frame(picture)
    drawn = f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode()
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {first + 1} 0 R "
        f"/Resources << /XObject << /P {first + 2} 0 R >> >> >>"
    )
    image = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace {SPACES[colours]} "
        "/BitsPerComponent 8 /Filter /DCTDecode "
    )
    return page.encode(), _stream("", drawn), _stream(image, picture)


def _stream(about: str, content: bytes) -> bytes:
    return f"<< {about}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(parts: Sequence[bytes]) -> bytes:
    body, places = HEAD, list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(parts) + 1
    end = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode()


def _frame(picture: bytes) -> tuple[int, int, int]:
    """Width, height and the number of colours."""
    place = 2
    while picture[:2] == b"\xff\xd8" and place + 10 <= len(picture):
        if picture[place] != 0xFF:
            break
        marker, size = picture[place + 1], int.from_bytes(picture[place + 2 : place + 4])
        if marker in FRAMES:
            height, width, colours = struct.unpack(">HHB", picture[place + 5 : place + 10])
            if colours in SPACES:
                return width, height, colours
            break
        place += 2 + size
    raise ValueError("not a JPEG with one, three or four colours")
