"""Embedded faces: a Type 0 font of the characters that are printed, and nothing more.

Every embedded face is CIDFontType2 with Identity-H and glyphs numbered in order of appearance,
so a string is four hexadecimal digits per character and never split. The text layer is right for
all of Unicode: beyond the BMP, ToUnicode holds the UTF-16 surrogate pair that the PDF standard
(ISO 32000-1, 9.10.3) asks for.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate

from desktop_app.adapters.pdf.sfnt import FontFile
from desktop_app.adapters.pdf.writer import PdfWriter

_NOTDEF = 1
_HINTING = ("cvt ", "fpgm", "prep")
_CMAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class Advances(dict[str, int]):
    """Advance widths by character, looked up in the font once each.

    Raises KeyError for a character without a glyph, so that a sum over a text is also the check
    that all of it can be drawn.
    """

    def __init__(self, font: FontFile) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> int:
        glyph = self._font.glyph_index(char)
        if glyph == 0:
            raise KeyError(char)
        width = self._font.advance(glyph)
        self[char] = width
        return width


class GlyphStore:
    """Outlines and metrics of characters already used, kept for the next document."""

    def __init__(self, font: FontFile) -> None:
        self.font = font
        self.advances = Advances(font)
        self.glyphs: dict[str, tuple[bytes, bytes]] = {}

    def glyph(self, char: str) -> tuple[bytes, bytes]:
        """(outline, horizontal metrics) of a character."""
        found = self.glyphs.get(char)
        if found is None:
            index = self.font.glyph_index(char)
            found = self.font.outline(index), self.font.horizontal(index)
            self.glyphs[char] = found
        return found


class EmbeddedFace(dict[str, str]):
    """One face of one document: maps a character to its code, numbering it when first seen.

    Raises KeyError for a character the font has no glyph for.
    """

    def __init__(self, store: GlyphStore) -> None:
        super().__init__()
        self._store = store

    def __missing__(self, char: str) -> str:
        self._store.advances[char]
        code = f"{len(self) + _NOTDEF:04X}"
        self[char] = code
        return code

    def encode(self, text: str) -> str:
        """The hexadecimal string of a text."""
        return "".join([self[char] for char in text])

    def embed(self, writer: PdfWriter) -> int:
        """Write the font's objects; returns the number of the Type 0 font."""
        return embed(writer, FontParts(self._store, list(self)))


class FontParts:
    """The finished pieces of an embedded face, compressed; made once for fixed characters."""

    def __init__(self, store: GlyphStore, chars: Sequence[str]) -> None:
        font = store.font
        self.program = _font_program(store, chars)
        self.program_stream = zlib.compress(self.program, 1)
        self.to_unicode = zlib.compress(_to_unicode(chars), 1)
        widths = " ".join([str(store.advances[char]) for char in chars])
        tag = _tag("".join(chars))
        self.name = f"{tag}+{font.name}"
        scale = 1000 / font.units
        box = " ".join(str(round(value * scale)) for value in font.bbox)
        self.widths = f"[{_NOTDEF} [{widths}]]"
        self.descriptor = (
            f"<< /Type /FontDescriptor /FontName /{self.name} /Flags 4 /FontBBox [{box}] "
            f"/ItalicAngle 0 /Ascent {round(font.ascent * scale)} "
            f"/Descent {round(font.descent * scale)} /CapHeight {round(font.cap_height * scale)} "
            f"/StemV 80 /FontFile2 "
        )


def embed(writer: PdfWriter, parts: FontParts) -> int:
    """Write the objects of a face; returns the number of the Type 0 font."""
    length = f"/Length1 {len(parts.program)} "
    program = writer.add_stream(length, parts.program_stream, compressed=True)
    descriptor = writer.add(f"{parts.descriptor}{program} 0 R >>")
    descendant = writer.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{parts.name} "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} 0 R /DW 1000 /W {parts.widths} /CIDToGIDMap /Identity >>"
    )
    to_unicode = writer.add_stream("", parts.to_unicode, compressed=True)
    return writer.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{parts.name} /Encoding /Identity-H "
        f"/DescendantFonts [{descendant} 0 R] /ToUnicode {to_unicode} 0 R >>"
    )


def _tag(chars: str) -> str:
    """Six capitals that tell one subset from another, the same for the same characters."""
    number = zlib.crc32(chars.encode("utf-8", "surrogatepass"))
    letters = []
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters.append(chr(65 + letter))
    return "".join(letters)


def _to_unicode(chars: Sequence[str]) -> bytes:
    rows = [
        f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>"
        for code, char in enumerate(chars, start=_NOTDEF)
    ]
    parts = [_CMAP_HEAD]
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        parts.append(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n".encode())
    parts.append(_CMAP_TAIL)
    return b"".join(parts)


def _font_program(store: GlyphStore, chars: Sequence[str]) -> bytes:
    font = store.font
    glyphs = [store.glyph(char) for char in chars]
    outlines = [font.outline(0), *(outline for outline, _ in glyphs)]
    metrics = [font.horizontal(0), *(metric for _, metric in glyphs)]
    count = len(outlines)
    offsets = array("I", [0, *accumulate(map(len, outlines))])
    if sys.byteorder == "little":
        offsets.byteswap()
    head = bytearray(font.table("head"))
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    hhea = bytearray(font.table("hhea"))
    struct.pack_into(">H", hhea, 34, count)
    maxp = bytearray(font.table("maxp"))
    struct.pack_into(">H", maxp, 4, count)
    tables = {
        "glyf": b"".join(outlines),
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": b"".join(metrics),
        "loca": offsets.tobytes(),
        "maxp": bytes(maxp),
    }
    tables.update((tag, font.table(tag)) for tag in _HINTING if font.has(tag))
    return _assemble(tables)


def _assemble(tables: dict[str, bytes]) -> bytes:
    """An sfnt file of the tables, with their checksums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    parts = [
        struct.pack(
            ">4s4H", b"\0\1\0\0", count, power * 16, power.bit_length() - 1, (count - power) * 16
        )
    ]
    bodies: list[bytes] = []
    offset = 12 + 16 * count
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + b"\0" * (-len(data) % 4)
        parts.append(struct.pack(">4s3I", tag.encode(), _checksum(padded), offset, len(data)))
        bodies.append(padded)
        offset += len(padded)
    return b"".join(parts + bodies)


def _checksum(data: bytes) -> int:
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
