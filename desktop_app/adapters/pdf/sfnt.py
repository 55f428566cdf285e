"""TrueType files, read where they lie: mapped into memory, tables taken by offset.

Nothing is parsed that a page does not need, so the 14 MB faces cost about a millisecond to open.
Only outlines in ``glyf`` are read (a CFF font is refused); lengths are thousandths of an em.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from desktop_app.domain.errors import Unavailable

_EM = 1000


class FontFile:
    """One TrueType file."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises Unavailable when it is not there or no TrueType font."""
        self.path = path
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            raise Unavailable(f"字体文件打不开：{path.name}", "重新安装程序") from None
        self._tables = self._directory()
        missing = {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"} - self._tables.keys()
        if missing:
            self.close()
            raise Unavailable(f"{path.name} 不是可嵌入的 TrueType 字体", "重新安装程序")
        head = self.table("head")
        self.units: int = struct.unpack_from(">H", head, 18)[0]
        self.bbox: tuple[int, int, int, int] = struct.unpack_from(">4h", head, 36)
        self.ascent, self.descent = struct.unpack_from(">2h", self.table("hhea"), 4)

    def close(self) -> None:
        """Let go of the file."""
        self._data.close()

    def _directory(self) -> dict[str, tuple[int, int]]:
        if self._data[:4] not in (b"\0\1\0\0", b"true"):
            return {}
        count = struct.unpack_from(">H", self._data, 4)[0]
        entries = struct.iter_unpack(">4sIII", self._data[12 : 12 + 16 * count])
        return {tag.decode("latin-1"): (start, size) for tag, _, start, size in entries}

    def has(self, tag: str) -> bool:
        """Whether the font has that table."""
        return tag in self._tables

    def table(self, tag: str) -> bytes:
        """The bytes of a table."""
        start, size = self._tables[tag]
        return self._data[start : start + size]

    @cached_property
    def name(self) -> str:
        """The PostScript name, or the file's stem."""
        table = self.table("name") if self.has("name") else b"\0\0\0\0\0\0"
        _, count, strings = struct.unpack_from(">3H", table)
        for index in range(count):
            platform, _, _, kind, size, start = struct.unpack_from(">6H", table, 6 + 12 * index)
            if platform == 3 and kind == 6:
                raw = table[strings + start : strings + start + size]
                return raw.decode("utf-16-be")
        return self.path.stem

    @cached_property
    def cap_height(self) -> int:
        """Height of capitals in font units; the ascent where the font does not say."""
        table = self.table("OS/2") if self.has("OS/2") else b""
        if len(table) >= 90 and struct.unpack_from(">H", table)[0] >= 2:
            return int(struct.unpack_from(">h", table, 88)[0]) or int(self.ascent)
        return int(self.ascent)

    @cached_property
    def _loca(self) -> array[int]:
        short = struct.unpack_from(">h", self.table("head"), 50)[0] == 0
        offsets = _big_endian("H" if short else "I", self.table("loca"))
        return array("I", [2 * offset for offset in offsets]) if short else offsets

    @cached_property
    def _metrics(self) -> tuple[array[int], int]:
        long_count: int = struct.unpack_from(">H", self.table("hhea"), 34)[0]
        return _big_endian("H", self.table("hmtx")[: 4 * long_count]), long_count

    @cached_property
    def _groups(self) -> tuple[list[int], list[tuple[int, int, int]]]:
        groups = sorted(self._read_groups())
        return [first for first, _, _ in groups], groups

    def _read_groups(self) -> Iterator[tuple[int, int, int]]:
        """Runs of (first, last, first glyph) from the format 12 table of the full repertoire."""
        cmap = self.table("cmap")
        for index in range(struct.unpack_from(">H", cmap, 2)[0]):
            platform, encoding, start = struct.unpack_from(">HHI", cmap, 4 + 8 * index)
            if (platform, encoding) not in ((3, 10), (0, 4), (0, 6)):
                continue
            form, _, _, _, count = struct.unpack_from(">HHIII", cmap, start)
            if form == 12:
                yield from struct.iter_unpack(">III", cmap[start + 16 : start + 16 + 12 * count])
                return
        raise Unavailable(f"{self.path.name} 没有完整的字符表", "重新安装程序")

    def runs(self) -> list[tuple[int, int]]:
        """The code points that have a glyph, as runs of (first, last), joined where they touch."""
        joined: list[tuple[int, int]] = []
        for first, last, glyph in self._groups[1]:
            if glyph == 0:
                first += 1
            if first > last:
                continue
            if joined and joined[-1][1] == first - 1:
                joined[-1] = (joined[-1][0], last)
            else:
                joined.append((first, last))
        return joined

    def glyph_index(self, char: str) -> int:
        """The glyph of a character; 0 when there is none."""
        code = ord(char)
        firsts, groups = self._groups
        place = bisect_right(firsts, code) - 1
        if place < 0:
            return 0
        first, last, glyph = groups[place]
        return glyph + code - first if code <= last else 0

    def advance(self, glyph: int) -> int:
        """Advance width in thousandths of an em."""
        metrics, long_count = self._metrics
        width = metrics[2 * min(glyph, long_count - 1)]
        return width if self.units == _EM else round(width * _EM / self.units)

    def horizontal(self, glyph: int) -> bytes:
        """The entry of ``hmtx``: advance and left bearing, four bytes."""
        _, long_count = self._metrics
        start, _ = self._tables["hmtx"]
        if glyph < long_count:
            return self._data[start + 4 * glyph : start + 4 * glyph + 4]
        last = start + 4 * (long_count - 1)
        bearing = start + 4 * long_count + 2 * (glyph - long_count)
        return self._data[last : last + 2] + self._data[bearing : bearing + 2]

    def outline(self, glyph: int) -> bytes:
        """The glyph's outline, padded to four bytes. Raises Unavailable for a composite one."""
        start = self._tables["glyf"][0] + self._loca[glyph]
        data = self._data[start : self._tables["glyf"][0] + self._loca[glyph + 1]]
        if data[:1] >= b"\x80":
            raise Unavailable(f"{self.path.name} 含有组合字形，不能嵌入", "换用随程序安装的字体")
        return data + b"\0" * (-len(data) % 4)


def _big_endian(kind: str, data: bytes) -> array[int]:
    values = array(kind, data[: len(data) - len(data) % array(kind).itemsize])
    if sys.byteorder == "little":
        values.byteswap()
    return values
