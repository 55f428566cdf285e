"""Content streams: words, rules and codes of one page as PDF operators.

Areas come in millimetres from the upper left corner; a stream counts points from the lower left.
"""

from __future__ import annotations

from typing import NamedTuple

from desktop_app.adapters.pdf.faces import RESOURCE, EmbeddedFaces, FaceName
from desktop_app.adapters.pdf.fitting import MM, Setting
from desktop_app.adapters.pdf.qr import QrPainter
from desktop_app.domain.forms import Line, QrBox, Rect


class Piece(NamedTuple):
    """A run of words in one face: where it starts (empty: right after the last), font, spacing."""

    place: str
    font: str
    spacing: float
    codes: str


class WordsDrawing:
    """All words of a page as one text object."""

    def __init__(self, faces: EmbeddedFaces, height: float) -> None:
        """``height`` is the page's, in points."""
        self._faces = faces
        self._height = height
        self._ops: list[str] = []
        self._font = ""
        self._spacing = 0.0

    def pieces(self, face: FaceName, setting: Setting) -> tuple[Piece, ...]:
        """Words as they were set, ready to be drawn on any page of this height.

        Raises KeyError for a missing glyph.
        """
        found: list[Piece] = []
        for line in setting.lines:
            place = f"1 0 0 1 {line.x:.2f} {self._height - line.y:.2f} Tm"
            for run_face, codes in self._faces.runs(face, line.text) if line.text else ():
                font = f"/{RESOURCE[run_face]} {setting.size:g} Tf"
                found.append(Piece(place, font, line.spacing, f"<{codes}> Tj"))
                place = ""
        return tuple(found)

    def add(self, pieces: tuple[Piece, ...]) -> None:
        """Draw the pieces."""
        ops = self._ops
        for place, font, spacing, codes in pieces:
            if spacing != self._spacing:
                ops.append(f"{spacing:.3f} Tc")
                self._spacing = spacing
            if place:
                ops.append(place)
            if font != self._font:
                self._font = font
                ops.append(font)
            ops.append(codes)

    def finish(self) -> str:
        """The text object; empty when no words were drawn."""
        return "BT\n" + "\n".join(self._ops) + "\nET\n" if self._ops else ""


def draw_rules(lines: tuple[Line, ...], rects: tuple[Rect, ...], height: float) -> str:
    """The fixed rules and frames of a page; ``height`` is the page's, in points."""
    ops: list[str] = []
    for rect in rects:
        x, y = rect.x * MM, height - (rect.y + rect.height) * MM
        area = f"{x:.2f} {y:.2f} {rect.width * MM:.2f} {rect.height * MM:.2f} re"
        if rect.fill is not None:
            ops.append(f"{rect.fill:g} g {area} f 0 g")
        if rect.weight:
            ops.append(f"{rect.weight:g} w {area} S")
    for line in lines:
        dash = f"[{line.dash:g}] 0 d" if line.dash else "[] 0 d"
        ops.append(
            f"{line.weight:g} w {dash} {line.x1 * MM:.2f} {height - line.y1 * MM:.2f} m "
            f"{line.x2 * MM:.2f} {height - line.y2 * MM:.2f} l S"
        )
    return "2 J\n" + "\n".join(ops) + "\n[] 0 d\n" if ops else ""


def draw_code(painter: QrPainter, code: QrBox, content: str, height: float) -> str:
    """A QR code filling its box; the four quiet modules around it are the layout's care."""
    side, path = painter.path(content, code.level)
    module = code.size * MM / side
    x, y = code.x * MM, height - code.y * MM
    return f"q {module:.5f} 0 0 {-module:.5f} {x:.3f} {y:.3f} cm\n{path}\nQ\n"
