"""QR codes as rectangles: drawn, not pictured, so that every printer prints them sharp."""

from __future__ import annotations

import re
from typing import Any, cast

_DARK = re.compile(rb"\x00+")
#: Rows overlap by a hair: a screen would show white seams between rectangles that only touch.
_OVERLAP = 0.03


class _Runs(dict[tuple[int, int], str]):
    """The rectangle of a run of dark modules in row 0, by its (start, end)."""

    def __missing__(self, span: tuple[int, int]) -> str:
        start, end = span
        words = f"{start} 0 {end - start} {1 + _OVERLAP} re"
        self[span] = words
        return words


class QrPainter:
    """Draws QR codes (ISO/IEC 18004); remembers the rectangles it has written before."""

    def __init__(self) -> None:
        self._runs = _Runs()

    def path(self, content: str, level: str) -> tuple[int, str]:
        """Modules per side and the drawing as PDF operators.

        One unit is one module, the origin the upper left corner, y growing downwards; dark
        modules of a row are merged. ``level`` is the error correction, L, M, Q or H.
        """
        # The extension costs some 10 ms to load; only papers with a code need it.
        import zxingcpp

        code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
        image = code.to_image(scale=1, add_quiet_zones=False)
        side = int(image.shape[0])
        pixels = bytes(cast(Any, image))  # it offers the buffer protocol; its stub does not say so
        runs = self._runs
        rows: list[str] = []
        for start in range(0, side * side, side):
            spans = _DARK.finditer(pixels[start : start + side])
            rows.append(" ".join([runs[match.span()] for match in spans]))
        return side, " f 1 0 0 1 0 1 cm\n".join(rows) + " f"
