"""Words, rules and codes of one page, drawn on ReportLab's canvas.

Areas come in millimetres from the upper left corner; a canvas counts points from the lower left.
"""

from __future__ import annotations

from typing import NamedTuple

from desktop_app.adapters.pdf.canvas import PaperCanvas
from desktop_app.adapters.pdf.faces import RESOURCE, EmbeddedFaces, FaceName
from desktop_app.adapters.pdf.fitting import MM, Setting
from desktop_app.adapters.pdf.qr import QrPainter
from desktop_app.domain.forms import Line, QrBox, Rect

#: Rules end half their weight beyond their points, so that corners close.
_SQUARE = 2


class Piece(NamedTuple):
    """A run of words in one face: where it starts (empty: right after the last), font, spacing."""

    place: str
    font: str
    spacing: float
    codes: str


class WordsDrawing:
    """All words of a page as one text object.

    ReportLab's own text object would look up the font and write out the place of every piece
    again on every page; here a piece is written once and repeated.
    """

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
            place = f"1 0 0 1 {line.x:.3f} {self._height - line.y:.3f} Tm"
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

    def draw(self, canvas: PaperCanvas) -> None:
        """Put the text object on the page, when there are words."""
        if self._ops:
            canvas.addLiteral("BT\n" + "\n".join(self._ops) + "\nET")


def draw_rules(
    canvas: PaperCanvas, lines: tuple[Line, ...], rects: tuple[Rect, ...], height: float
) -> None:
    """The fixed rules and frames of a page; ``height`` is the page's, in points."""
    canvas.setLineCap(_SQUARE)
    for rect in rects:
        x, y = rect.x * MM, height - (rect.y + rect.height) * MM
        if rect.fill is not None:
            canvas.setFillGray(rect.fill)
        canvas.setLineWidth(rect.weight)
        filled, ruled = int(rect.fill is not None), int(rect.weight > 0)
        canvas.rect(x, y, rect.width * MM, rect.height * MM, stroke=ruled, fill=filled)
        canvas.setFillGray(0)
    for line in lines:
        canvas.setLineWidth(line.weight)
        canvas.setDash(*([line.dash] if line.dash else []))
        canvas.line(line.x1 * MM, height - line.y1 * MM, line.x2 * MM, height - line.y2 * MM)
    canvas.setDash()


def draw_code(
    canvas: PaperCanvas, painter: QrPainter, code: QrBox, content: str, height: float
) -> None:
    """A QR code filling its box; the four quiet modules around it are the layout's care."""
    side, path = painter.path(content, code.level)
    module = code.size * MM / side
    canvas.saveState()
    canvas.transform(module, 0, 0, -module, code.x * MM, height - code.y * MM)
    canvas.addLiteral(path)
    canvas.restoreState()
