"""Writes the coverage table of the fonts: ``python -m tests.helpers.font_coverage``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

from desktop_app.adapters.pdf.coverage import TABLE, Run

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
_PER_LINE = 12


def describe(fonts_dir: Path) -> str:
    """The table as text, from the font files of a folder."""
    parts = [
        "# Characters each font file draws, as runs of code points.",
        "# Written by: python -m tests.helpers.font_coverage",
    ]
    for path in sorted(fonts_dir.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found = runs(font.getBestCmap())
        parts.append(f"font {path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
        items = [f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in found]
        parts += [" ".join(items[i : i + _PER_LINE]) for i in range(0, len(items), _PER_LINE)]
    return "\n".join(parts) + "\n"


def runs(codes: Iterable[int]) -> list[Run]:
    """Code points as runs of (first, last)."""
    joined: list[Run] = []
    for code in sorted(codes):
        if joined and joined[-1][1] == code - 1:
            joined[-1] = (joined[-1][0], code)
        else:
            joined.append((code, code))
    return joined


def main() -> None:
    """Write the table beside the fonts."""
    (FONTS / TABLE).write_text(describe(FONTS), encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
