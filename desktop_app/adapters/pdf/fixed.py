"""The fixed layer of a form (rules and fixed words), made once and written into every document."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFFormXObject

from desktop_app.adapters.pdf.canvas import PaperCanvas, packed_stream
from desktop_app.adapters.pdf.drawing import WordsDrawing, draw_rules
from desktop_app.adapters.pdf.faces import RESOURCE, EmbeddedFaces, FaceName, PaperFaces
from desktop_app.adapters.pdf.fitting import MM, fit
from desktop_app.adapters.pdf.typeface import Subset
from desktop_app.domain.forms import FormDefinition, FormRefused, Page, Problem, Text

#: Height of the strip at the foot of a page that holds the copy number, in millimetres.
MARKS_HEIGHT = 4.0
_MARKS_UP = 9.0
_SMALL_MARKS_UP = 4.6
#: A page lower than this is a booklet's and takes smaller marks, in millimetres.
SMALL_PAGE = 150.0
_BEST = 9


def marks_area(page: Page) -> Text:
    """Where the copy number stands: at the foot, in 6.5 points (5 on a booklet page)."""
    small = page.height < SMALL_PAGE
    y = page.marks_y
    if y is None:
        y = page.height - (_SMALL_MARKS_UP if small else _MARKS_UP)
    size = 5.0 if small else 6.5
    width = page.width - 2 * page.marks_x
    return Text(page.marks_x, y, width, MARKS_HEIGHT, "", size=size, min_size=4.0)


@dataclass(frozen=True)
class FixedLayer:
    """The drawing of each page, compressed, and the faces it is written in."""

    pages: tuple[bytes, ...]
    fonts: dict[FaceName, Subset]

    def put(self, canvas: PaperCanvas, form: FormDefinition, name: str) -> list[str]:
        """Add the layer to a document as form objects; returns their names for ``doForm``."""
        document = canvas.document
        fonts = {RESOURCE[face]: subset.put(document) for face, subset in self.fonts.items()}
        names = [f"{name}{number}" for number in range(1, len(self.pages) + 1)]
        for page, content, page_name in zip(form.pages, self.pages, names, strict=True):
            drawing = PDFFormXObject(0, 0, page.width * MM, page.height * MM)
            drawing.Contents = packed_stream(content)
            drawing.Resources = PDFDictionary({"Font": PDFDictionary(fonts)})
            document.addForm(page_name, drawing)
        return names


def fixed_layer(form: FormDefinition, faces: PaperFaces) -> FixedLayer:
    """Draw the fixed layer. Raises FormRefused for fixed words that do not fit or have no glyph."""
    embedded = EmbeddedFaces(faces)
    problems: list[Problem] = []
    pages = [_draw(form, page, faces, embedded, problems) for page in form.pages]
    if problems:
        raise FormRefused(form.title, problems, "改正版式文件")
    packed = tuple(zlib.compress(page.encode("ascii"), _BEST) for page in pages)
    return FixedLayer(packed, embedded.subsets())


def _draw(
    form: FormDefinition,
    page: Page,
    faces: PaperFaces,
    embedded: EmbeddedFaces,
    problems: list[Problem],
) -> str:
    height = page.height * MM
    words = WordsDrawing(embedded, height)
    texts = page.texts
    if "待核" in form.source:
        texts = (*texts, replace(marks_area(page), text="版式来源：待核", align="right"))
    for text in texts:
        try:
            setting = fit(text.text, text, faces.measure(text.face))
        except KeyError as missing:
            problems.append(Problem(text.text, f"固定文字里的“{missing.args[0]}”没有字形"))
            continue
        if setting is None:
            problems.append(Problem(text.text, f"固定文字“{text.text[:20]}”放不下"))
            continue
        words.add(words.pieces(text.face, setting))
    canvas = PaperCanvas()
    draw_rules(canvas, page.lines, page.rects, height)
    words.draw(canvas)
    return canvas.operators()
