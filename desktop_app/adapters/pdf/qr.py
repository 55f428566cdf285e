"""QR codes as rectangles: drawn, not pictured, so that every printer prints them sharp."""

from __future__ import annotations

import re
from typing import Any, cast

_DARK = re.compile(rb"\x00+")


def qr_path(content: str, level: str) -> tuple[int, str]:
    """Modules per side and the drawing of a QR code (ISO/IEC 18004) as PDF path operators.

    One unit is one module, the origin the upper left corner, y growing downwards; dark modules of
    a row are merged, and rows that repeat are merged downwards. ``level`` is L, M, Q or H.
    """
    # The extension costs some 10 ms to load; only papers with a code need it.
    import zxingcpp

    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    image = code.to_image(scale=1, add_quiet_zones=False)
    side = int(image.shape[0])
    pixels = bytes(cast(Any, image))  # it offers the buffer protocol, its stub does not say so
    open_runs: dict[tuple[int, int], int] = {}
    parts: list[str] = []
    for row in range(side + 1):
        line = pixels[row * side : (row + 1) * side]
        runs = dict.fromkeys(match.span() for match in _DARK.finditer(line))
        for run in [run for run in open_runs if run not in runs]:
            top = open_runs.pop(run)
            parts.append(f"{run[0]} {top} {run[1] - run[0]} {row - top} re")
        for run in runs:
            open_runs.setdefault(run, row)
    return side, "\n".join(parts) + "\nf"
