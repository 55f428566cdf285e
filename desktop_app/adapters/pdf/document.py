"""One PDF while it is being written: pages, marks, and the list of what cannot be printed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.adapters.pdf.canvas import PaperCanvas, require_accelerator
from desktop_app.adapters.pdf.drawing import Piece, WordsDrawing, draw_code
from desktop_app.adapters.pdf.faces import RESOURCE, EmbeddedFaces, FaceName, Measure, PaperFaces
from desktop_app.adapters.pdf.fitting import CENTRE, MM, SetLine, Setting, fit
from desktop_app.adapters.pdf.fixed import SMALL_PAGE, FixedLayer, fixed_layer, marks_area
from desktop_app.adapters.pdf.qr import QrPainter
from desktop_app.domain.form_layout import compiled
from desktop_app.domain.form_text import Slot, unfit_character
from desktop_app.domain.form_values import VALUES
from desktop_app.domain.forms import (
    Box,
    FilledForm,
    FilledPage,
    FilledText,
    FormDefinition,
    FormRefused,
    Page,
    Problem,
    Text,
)
from desktop_app.domain.station import PrintOffset
from desktop_app.services.ports import Marks

_REMEDY = "核对所列内容；确为本人用字或地址的，改用手工填写并留存"
_TRAINING = "演练　不作凭证"
_NO_OFFSET = PrintOffset()


class Workshop:
    """What documents share: faces, fixed layers, the painter of codes. Grows, never shrinks."""

    def __init__(self, fonts_dir: Path) -> None:
        """Raises Unavailable when ReportLab is not whole."""
        require_accelerator()
        self.faces = PaperFaces(fonts_dir)
        self.painter = QrPainter()
        # By identity of the form: hashing a definition would cost more than a page.
        self._layers: dict[int, tuple[FormDefinition, FixedLayer]] = {}

    def layer(self, form: FormDefinition) -> FixedLayer:
        """The fixed layer of a form, made when first asked for."""
        found = self._layers.get(id(form))
        if found is None:
            found = self._layers[id(form)] = form, fixed_layer(form, self.faces)
        return found[1]


class Document:
    """One PDF; built once."""

    def __init__(
        self,
        workshop: Workshop,
        marks: Marks,
        overprint: bool,
        offset: PrintOffset,
    ) -> None:
        self._shop = workshop
        self._faces = workshop.faces
        self._marks = marks
        self._overprint = overprint
        self._offset = offset
        self._embedded = EmbeddedFaces(workshop.faces)
        self._measure: dict[FaceName, Measure] = {
            "regular": workshop.faces.measure("regular"),
            "bold": workshop.faces.measure("bold"),
        }
        # Many pages repeat the same words in the same box: set them once. Boxes go by identity,
        # which holds while the forms given to ``build`` live.
        self._set_before: dict[tuple[int, str, float], tuple[Piece, ...]] = {}
        self._layers: dict[int, Mapping[int, str]] = {}
        self._problems: list[Problem] = []

    def build(self, filled: Sequence[FilledForm]) -> bytes:
        """The bytes of the file. Raises FormRefused with everything that cannot be printed."""
        canvas = PaperCanvas(filled[0].form.title if filled else "")
        total = self._marks.of_pages or sum(len(form.pages) for form in filled)
        number = self._marks.first_page - 1
        for form in filled:
            layers = {} if self._overprint else self._fixed(canvas, form.form)
            for page in form.pages:
                number += 1
                self._page(canvas, page, layers.get(id(page.page), ""), number, total)
        if self._problems:
            title = filled[0].form.title
            raise FormRefused(title, tuple(dict.fromkeys(self._problems)), _REMEDY)
        for face, subset in self._embedded.subsets().items():
            canvas.fonts[RESOURCE[face]] = subset.put(canvas.document)
        pdf: bytes = canvas.getpdfdata()
        canvas.let_go()
        return pdf

    def _fixed(self, canvas: PaperCanvas, form: FormDefinition) -> Mapping[int, str]:
        """The name of each page's fixed layer, by identity of the page."""
        names = self._layers.get(id(form))
        if names is None:
            layer = self._shop.layer(form)
            found = layer.put(canvas, form, f"L{len(self._layers) + 1}P")
            names = {id(page): name for page, name in zip(form.pages, found, strict=True)}
            self._layers[id(form)] = names
        return names

    def _page(
        self, canvas: PaperCanvas, filled: FilledPage, layer: str, number: int, total: int
    ) -> None:
        page = filled.page
        height = page.height * MM
        canvas.setPageSize((page.width * MM, height))
        if self._marks.training:
            self._under(canvas, page)
        moved = self._offset != _NO_OFFSET
        if moved:
            canvas.saveState()
            canvas.transform(*_matrix(self._offset, height))
        if layer:
            canvas.doForm(layer)
        words = WordsDrawing(self._embedded, height)
        for text in filled.texts:
            self._set(text, words, number if total > 1 else 0)
        words.draw(canvas)
        for box, content in filled.codes:
            draw_code(canvas, self._shop.painter, box, content, height)
        if moved:
            canvas.restoreState()
        self._over(canvas, page, number, total)
        canvas.document.updateSignature(canvas.operators())
        canvas.showPage()

    def _set(self, filled: FilledText, words: WordsDrawing, page: int) -> None:
        key = id(filled.box), filled.text, filled.drop
        pieces = self._set_before.get(key)
        if pieces is None:
            pieces = self._pieces(filled, words, f"第 {page} 页" if page else "")
            self._set_before[key] = pieces
        words.add(pieces)

    def _pieces(self, filled: FilledText, words: WordsDrawing, where: str) -> tuple[Piece, ...]:
        """The words as drawn, or nothing and a problem noted."""
        box, name = filled.box, f"{where}{filled.label}"
        try:
            if isinstance(box, Box) and box.cells:
                setting = _cells(filled, box, self._measure[box.face])
            else:
                setting = fit(filled.text, box, self._measure[box.face], filled.drop)
        except KeyError:
            self._problems += self._glyphless(filled, where)
            return ()
        if setting is None:
            self._problems.append(Problem(_value(box), f"{name}有 {len(filled.text)} 个字，放不下"))
            return ()
        return words.pieces(box.face, setting)

    def _glyphless(self, filled: FilledText, where: str) -> list[Problem]:
        """A problem for each value of a text that no face can draw, and for no other."""
        found = [
            Problem(value, f"{where}{VALUES[value].label}里的{missing}没有字形")
            for value, words in filled.parts if (missing := self._glyphs_missing(words))
        ]
        whole = f"{where}{filled.label}里的{self._glyphs_missing(filled.text)}没有字形"
        return found or [Problem(_value(filled.box), whole)]

    def _glyphs_missing(self, words: str) -> str:
        return "、".join(
            f"“{char}”(U+{ord(char):04X})" for char in self._faces.missing(words) if char != "\n"
        )

    def _under(self, canvas: PaperCanvas, page: Page) -> None:
        """What lies under the words: the training mark across the page."""
        width, height = page.width * MM, page.height * MM
        units = self._measure["bold"](_TRAINING)
        size = round(0.62 * math.hypot(width, height) * 1000 / units)
        ((_, codes),) = self._embedded.runs("bold", _TRAINING)
        canvas.saveState()
        canvas.setFillGray(0.89)
        canvas.translate(width / 2, height / 2)
        canvas.rotate(math.degrees(math.atan2(height, width)))
        canvas.translate(-units * size / 2000, -CENTRE * size)
        canvas.addLiteral(f"BT /{RESOURCE['bold']} {size} Tf <{codes}> Tj ET")
        canvas.restoreState()

    def _over(self, canvas: PaperCanvas, page: Page, number: int, total: int) -> None:
        """Copy number, page, edition of the law at the foot; the reprint mark at the head."""
        marks = self._marks
        height = page.height * MM
        words = WordsDrawing(self._embedded, height)
        line = []
        if marks.copy_number:
            line.append(f"份号 {marks.copy_number}　第 {number} 页 共 {total} 页")
        if marks.policy_digest:
            line.append(f"依据版本 {marks.policy_digest[:12]}")
        if marks.reprint:
            line.append(f"补打：{marks.reprint}")
        if line:
            area = marks_area(page)
            # The right end of the strip belongs to the fixed layer's note on the layout.
            area = replace(area, width=area.width - 20)
            self._mark(area, "　".join(line), words)
        if marks.reprint:
            stamp = _reprint_area(page)
            self._mark(stamp, "补打", words)
            canvas.setLineWidth(0.9)
            top = height - (stamp.y + stamp.height) * MM
            canvas.rect(stamp.x * MM, top, stamp.width * MM, stamp.height * MM)
        words.draw(canvas)

    def _mark(self, area: Text, text: str, words: WordsDrawing) -> None:
        unfit = unfit_character(text)
        if unfit is not None:
            self._problems.append(Problem("marks", f"打印标记里有看不见的字符 {unfit[1]}"))
            return
        words.add(self._pieces(FilledText(area, text, label="打印标记"), words, ""))


def _value(box: Text) -> str:
    """The ids of the values that a box prints; the words of a fixed text."""
    if not isinstance(box, Box):
        return box.text
    named = (piece.value for piece in compiled(box.value) if isinstance(piece, Slot))
    return "、".join(dict.fromkeys(named)) or box.value


def _reprint_area(page: Page) -> Text:
    """The framed word in the upper left corner, smaller on a booklet page."""
    if page.height < SMALL_PAGE:
        return Text(4, 3, 9, 4.4, "", face="bold", size=8, min_size=6, align="center")
    return Text(12, 4.5, 14, 6.5, "", face="bold", size=13, min_size=6, align="center")


def _matrix(offset: PrintOffset, height: float) -> tuple[float, ...]:
    """Scale about the upper left corner, then move right and down."""
    scale = offset.scale / 100
    up = height * (1 - scale) - offset.down_mm * MM
    return scale, 0, 0, scale, offset.right_mm * MM, up


def _cells(filled: FilledText, box: Box, measure: Measure) -> Setting | None:
    """Each character in the middle of its own cell; None when there are too few cells."""
    if len(filled.text) > box.cells:
        return None
    step = box.width / box.cells
    lines: list[SetLine] = []
    for index, char in enumerate(filled.text):
        cell = replace(box, x=box.x + index * step, width=step, align="center", cells=0)
        setting = fit(char, cell, measure, filled.drop)
        if setting is None:
            return None
        lines.extend(setting.lines)
    return Setting(box.size, tuple(lines))
