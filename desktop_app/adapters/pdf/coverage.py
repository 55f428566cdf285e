"""Which characters can be drawn, by which face: one table for screen, check and paper.

The table is built once from the font files and kept beside them (``coverage.txt``), so that the
entry of a name can be checked without opening 80 MB of fonts. A test holds it to the fonts.
"""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path

from desktop_app.domain.errors import Unavailable

TABLE = "coverage.txt"
Run = tuple[int, int]


class Coverage:
    """Runs of code points by font file."""

    def __init__(self, runs: dict[str, list[Run]]) -> None:
        self._runs = runs
        self._firsts = {file: [first for first, _ in found] for file, found in runs.items()}

    @classmethod
    def load(cls, fonts_dir: Path) -> Coverage:
        """Read the table. Raises Unavailable when it is missing or damaged."""
        try:
            return cls(_parse((fonts_dir / TABLE).read_text("ascii")))
        except (OSError, ValueError):
            raise Unavailable("字符覆盖表读不出", "重新安装程序") from None

    def files(self) -> tuple[str, ...]:
        """The font files in the table."""
        return tuple(self._runs)

    def runs(self, file: str) -> list[Run]:
        """The runs of (first, last) code points of a font file."""
        return self._runs[file]

    def covers(self, file: str, char: str) -> bool:
        """Whether that font file draws the character."""
        code = ord(char)
        place = bisect_right(self._firsts[file], code) - 1
        return place >= 0 and code <= self._runs[file][place][1]


def _parse(text: str) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {}
    current: list[Run] = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("font "):
            current = runs.setdefault(line.split()[1], [])
            continue
        for item in line.split():
            first, _, last = item.partition("-")
            current.append((int(first, 16), int(last or first, 16)))
    return runs
