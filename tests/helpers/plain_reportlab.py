"""A straightforward ReportLab canvas program that draws the same pages with the same fonts.

The measure for the renderer: its pages must look alike to the pixel, and cost at most half.
Where each line of words stands is worked out beforehand and not counted against this program.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import zxingcpp
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop_app.adapters.pdf.faces import FILES, PaperFaces
from desktop_app.adapters.pdf.fitting import MM, Setting, fit
from desktop_app.adapters.pdf.fixed import marks_area
from desktop_app.domain.forms import FilledForm, FilledPage, Line, Text


@dataclass(frozen=True)
class PlainPage:
    """One page as plain drawing orders."""

    width: float
    height: float
    lines: tuple[Line, ...]
    words: tuple[tuple[str, Setting], ...]
    codes: tuple[tuple[float, float, float, str, str], ...]


class PlainProgram:
    """Draws pages with Canvas.line, Canvas.drawString and a rectangle for each run of a code."""

    def __init__(self, fonts: Path) -> None:
        for face in ("regular", "bold"):
            pdfmetrics.registerFont(TTFont(face, str(fonts / FILES[face])))
        self._faces = PaperFaces(fonts)

    def prepare(self, filled: Sequence[FilledForm], foot: str) -> list[PlainPage]:
        """Work out where everything stands; ``foot`` is the line of the copy number."""
        return [self._page(one, page, foot) for one in filled for page in one.pages]

    def _page(self, form: FilledForm, filled: FilledPage, foot: str) -> PlainPage:
        page = filled.page
        area = marks_area(page)
        fixed = [*page.texts, replace(area, text="版式来源：待核", align="right")]
        marks = replace(area, text=foot, width=area.width - 20)
        words = [self._set(text, text.text, 0.0) for text in fixed]
        words += [self._set(text.box, text.text, text.drop) for text in filled.texts]
        words.append(self._set(marks, foot, 0.0))
        codes = tuple((box.x, box.y, box.size, box.level, text) for box, text in filled.codes)
        return PlainPage(page.width * MM, page.height * MM, page.lines, tuple(words), codes)

    def _set(self, area: Text, text: str, drop: float) -> tuple[str, Setting]:
        setting = fit(text, area, self._faces.measure(area.face), drop)
        assert setting is not None
        return area.face, setting

    def draw(self, pages: Sequence[PlainPage]) -> bytes:
        """One PDF of the pages."""
        target = io.BytesIO()
        canvas = Canvas(target, invariant=1, pageCompression=1)
        for page in pages:
            canvas.setPageSize((page.width, page.height))
            canvas.setLineCap(2)
            for line in page.lines:
                canvas.setLineWidth(line.weight)
                canvas.setDash(*([line.dash] if line.dash else []))
                canvas.line(line.x1 * MM, page.height - line.y1 * MM,
                            line.x2 * MM, page.height - line.y2 * MM)
            for face, setting in page.words:
                canvas.setFont(face, setting.size)
                for words in setting.lines:
                    canvas.drawString(words.x, page.height - words.y, words.text,
                                      charSpace=words.spacing)
            for x, y, size, level, content in page.codes:
                side, runs = _qr_runs(content, level)
                module = size * MM / side
                for column, row, length in runs:
                    canvas.rect(x * MM + column * module, page.height - y * MM - (row + 1) * module,
                                length * module, module, stroke=0, fill=1)
            canvas.showPage()
        canvas.save()
        return target.getvalue()


def _qr_runs(content: str, level: str) -> tuple[int, Iterator[tuple[int, int, int]]]:
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    image = code.to_image(scale=1, add_quiet_zones=False)
    side = int(image.shape[0])
    pixels = bytes(cast(Any, image))
    return side, _runs(pixels, side)


def _runs(pixels: bytes, side: int) -> Iterator[tuple[int, int, int]]:
    for row in range(side):
        start = None
        for column in range(side + 1):
            dark = column < side and pixels[row * side + column] == 0
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield start, row, column - start
                start = None
