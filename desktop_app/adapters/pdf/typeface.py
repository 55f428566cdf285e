"""One font file as ReportLab reads it, and the Type 0 font of the characters that are printed.

ReportLab parses the file and cuts the subset. What it cannot do is ours: one font with two-byte
codes instead of many with 256, so that a string is never split, and a text layer that is right
for all of Unicode. Beyond the BMP, ToUnicode holds the UTF-16 surrogate pair that ISO 32000-1
(9.10.3) asks for; ReportLab writes five digits there, which readers take for another character.
"""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFError, TTFontFile

from desktop_app.adapters.pdf.canvas import packed_stream
from desktop_app.domain.errors import Unavailable

_FIRST = 1
_BLOCK = 100
_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class _Outlines:
    """The outlines where they lie; ReportLab only ever asks for a glyph's slice of them."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, glyph: slice) -> bytes:
        return self._data[self._start + glyph.start : self._start + glyph.stop]


class _FontFile(TTFontFile):  # type: ignore[misc]  # ReportLab publishes no types
    """ReportLab's parser, which would copy all outlines (10 MB and more) for every subset."""

    def get_table(self, tag: str) -> Any:
        """The bytes of a table."""
        if tag == "glyf":
            return _Outlines(self._ttf_data, self.get_table_pos(tag)[0])
        return super().get_table(tag)


class Typeface:
    """A TrueType file; widths are thousandths of an em."""

    def __init__(self, path: Path) -> None:
        """Parse the file. Raises Unavailable when it is not there or cannot be embedded."""
        try:
            self._file = _FontFile(str(path))
        except TTFError:
            words = "打不开" if not path.is_file() else "不是可嵌入的 TrueType 字体"
            raise Unavailable(f"字体文件 {path.name} {words}", "重新安装程序") from None
        _mend_widths(self._file)
        # ReportLab's parser keeps its place in the file while it cuts a subset.
        self._cutting = threading.Lock()
        self.advances = Advances(self._file)

    def glyph(self, char: str) -> int:
        """The glyph of a character; 0 when there is none."""
        return int(self._file.charToGlyph.get(ord(char), 0))

    def subset(self, chars: Sequence[str]) -> Subset:
        """A font of these characters, coded in their order from 1."""
        with self._cutting:
            program = self._file.makeSubset([ord(char) for char in chars])
        file = self._file
        metrics = (file.italicAngle, file.ascent, file.descent, file.capHeight, file.stemV)
        return Subset(
            name=f"{_tag(''.join(chars))}+{file.name.decode('ascii')}",
            chars="".join(chars),
            program=zlib.compress(program, 1),
            length=len(program),
            to_unicode=zlib.compress(_to_unicode(chars).encode("ascii"), 1),
            widths=" ".join([str(self.advances[char]) for char in chars]),
            glyphs=self._glyphs(chars),
            box=" ".join([str(round(value)) for value in file.bbox]),
            metrics=tuple(round(value) for value in metrics),
        )

    def _glyphs(self, chars: Sequence[str]) -> bytes:
        """The subset's glyph of each code; empty when they are the same numbers.

        The parser keeps a glyph once that two characters share (⼀ and 一), the codes stay two.
        """
        places = {0: 0}
        found = [0, *(places.setdefault(self.glyph(char), len(places)) for char in chars)]
        return b"" if len(places) == len(found) else struct.pack(f">{len(found)}H", *found)


class Advances(dict[str, int]):
    """Advance widths by character, looked up once each.

    Raises KeyError for a character without a glyph, so that a sum over a text is also the check
    that all of it can be drawn.
    """

    def __init__(self, file: Any) -> None:
        super().__init__()
        self._file = file

    def __missing__(self, char: str) -> int:
        if not self._file.charToGlyph.get(ord(char)):
            raise KeyError(char)
        width: int = round(self._file.charWidths[ord(char)])
        self[char] = width
        return width


@dataclass(frozen=True)
class Subset:
    """A font ready to be put into any number of documents."""

    name: str
    chars: str
    program: bytes
    length: int
    to_unicode: bytes
    widths: str
    glyphs: bytes
    box: str
    metrics: tuple[int, ...]

    def put(self, document: Any) -> Any:
        """Add the font to a document of ReportLab; returns the reference to it."""
        document.updateSignature(self.chars)
        slant, ascent, descent, capitals, stem = self.metrics
        descriptor = pdfdoc.PDFDictionary({
            "Type": "/FontDescriptor", "FontName": f"/{self.name}", "Flags": 4,
            "FontBBox": f"[{self.box}]", "ItalicAngle": slant, "Ascent": ascent,
            "Descent": descent, "CapHeight": capitals, "StemV": stem,
            "FontFile2": document.Reference(packed_stream(self.program, Length1=self.length)),
        })
        glyphs: object = "/Identity"
        if self.glyphs:
            glyphs = document.Reference(packed_stream(zlib.compress(self.glyphs, 1)))
        descendant = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": f"/{self.name}",
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "FontDescriptor": document.Reference(descriptor), "DW": 1000,
            "W": f"[{_FIRST} [{self.widths}]]", "CIDToGIDMap": glyphs,
        })
        return document.Reference(pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": f"/{self.name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
            "ToUnicode": document.Reference(packed_stream(self.to_unicode)),
        }))


class EmbeddedFace(dict[str, str]):
    """One face of one document: maps a character to its code, numbering it when first seen.

    Raises KeyError for a character the font has no glyph for.
    """

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, char: str) -> str:
        self._typeface.advances[char]
        code = self[char] = f"{len(self) + _FIRST:04X}"
        return code

    def encode(self, text: str) -> str:
        """The hexadecimal string of a text."""
        return "".join([self[char] for char in text])

    def subset(self) -> Subset:
        """The font of the characters seen so far."""
        return self._typeface.subset(list(self))


def _mend_widths(file: Any) -> None:
    """Undo a slip of the parser in fonts whose em is not 1000 units (HanaMinB has 1024).

    Glyphs that share the last width of ``hmtx`` get it in thousandths instead of font units, and
    a subset would carry other widths than the document states.
    """
    (count,) = struct.unpack_from(">H", file.get_table("hhea"), 34)
    width = file.hmetrics[count - 1][0]
    file.hmetrics[count:] = [(width, bearing) for _, bearing in file.hmetrics[count:]]


def _tag(chars: str) -> str:
    """Six capitals that tell one subset from another, the same for the same characters."""
    number = zlib.crc32(chars.encode("utf-8", "surrogatepass"))
    letters = []
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters.append(chr(65 + letter))
    return "".join(letters)


def _to_unicode(chars: Sequence[str]) -> str:
    rows = [
        f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>\n"
        for code, char in enumerate(chars, start=_FIRST)
    ]
    blocks = [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]
    parts = [f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks]
    return _CMAP_HEAD + "".join(parts) + _CMAP_TAIL
