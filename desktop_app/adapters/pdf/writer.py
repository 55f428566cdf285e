"""The file format: numbered objects, a cross-reference table, nothing else.

The same objects give the same bytes: no clock, no random id (the file id is a digest of the
content), so a paper can be compared byte for byte with the copy that was kept.
"""

from __future__ import annotations

import hashlib
import zlib

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfWriter:
    """Collects the objects of one file in the order of their numbers."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        """A number for an object that is written later with ``put``."""
        self._objects.append(b"")
        return len(self._objects)

    def put(self, number: int, body: str) -> None:
        """Write a reserved object."""
        self._objects[number - 1] = body.encode("latin-1")

    def add(self, body: str) -> int:
        """Write an object; returns its number."""
        self._objects.append(body.encode("latin-1"))
        return len(self._objects)

    def add_stream(self, entries: str, data: bytes, *, compressed: bool = False) -> int:
        """Write a stream with further dictionary entries; compresses unless already done."""
        packed = data if compressed else zlib.compress(data, 1)
        head = f"<< {entries}/Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        self._objects.append(b"%b%b\nendstream" % (head.encode("latin-1"), packed))
        return len(self._objects)

    def finish(self, root: int, info: int) -> bytes:
        """The whole file."""
        parts = [_HEADER]
        offsets: list[int] = []
        place = len(_HEADER)
        for number, body in enumerate(self._objects, start=1):
            piece = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            offsets.append(place)
            place += len(piece)
            parts.append(piece)
        digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
        rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        count = len(offsets) + 1
        tail = (
            f"xref\n0 {count}\n0000000000 65535 f \n{rows}trailer\n"
            f"<< /Size {count} /Root {root} 0 R /Info {info} 0 R /ID [<{digest}> <{digest}>] >>\n"
            f"startxref\n{place}\n%%EOF\n"
        )
        parts.append(tail.encode("ascii"))
        return b"".join(parts)


def text_string(text: str) -> str:
    """A PDF text string (UTF-16 with its mark), as a hexadecimal literal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
