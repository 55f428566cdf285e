"""The fixed layer of a form (rules and fixed words), made once and written into every document."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

from desktop_app.adapters.pdf.drawing import WordsDrawing, draw_rules
from desktop_app.adapters.pdf.faces import RESOURCE, EmbeddedFaces, FaceName, PaperFaces
from desktop_app.adapters.pdf.fitting import MM, fit
from desktop_app.adapters.pdf.subset import FontParts, embed
from desktop_app.adapters.pdf.writer import PdfWriter
from desktop_app.domain.forms import FormDefinition, FormRefused, Page, Problem, Text

#: Height of the strip at the foot of a page that holds the copy number, in millimetres.
MARKS_HEIGHT = 4.0
_MARKS_UP = 9.0
_SMALL_MARKS_UP = 4.6
_SMALL_PAGE = 150.0


def marks_area(page: Page) -> Text:
    """Where the copy number stands: at the foot, in 6.5 points (5 on a booklet page)."""
    small = page.height < _SMALL_PAGE
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
    fonts: dict[FaceName, FontParts]

    def write(self, writer: PdfWriter, form: FormDefinition) -> list[int]:
        """Write the layer into a document; returns the form object of each page."""
        entries = " ".join(
            f"/{RESOURCE[face]} {embed(writer, parts)} 0 R" for face, parts in self.fonts.items()
        )
        return [
            writer.add_stream(
                f"/Type /XObject /Subtype /Form /BBox [0 0 {page.width * MM:.2f} "
                f"{page.height * MM:.2f}] /Resources << /Font << {entries} >> >> ",
                content,
                compressed=True,
            )
            for page, content in zip(form.pages, self.pages, strict=True)
        ]


def fixed_layer(form: FormDefinition, faces: PaperFaces) -> FixedLayer:
    """Draw the fixed layer. Raises FormRefused for fixed words that do not fit or have no glyph."""
    embedded = EmbeddedFaces(faces)
    problems: list[Problem] = []
    pages = [_draw(form, page, faces, embedded, problems) for page in form.pages]
    if problems:
        raise FormRefused(form.title, problems, "改正版式文件")
    return FixedLayer(
        tuple(zlib.compress(page.encode("ascii"), 6) for page in pages), embedded.parts()
    )


def _draw(
    form: FormDefinition,
    page: Page,
    faces: PaperFaces,
    embedded: EmbeddedFaces,
    problems: list[Problem],
) -> str:
    words = WordsDrawing(embedded, page.height * MM)
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
    return draw_rules(page.lines, page.rects, page.height * MM) + words.finish()
