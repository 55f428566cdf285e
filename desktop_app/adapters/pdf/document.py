"""One PDF while it is being written: pages, marks, and the list of what cannot be printed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.adapters.pdf.drawing import Piece, WordsDrawing, draw_code
from desktop_app.adapters.pdf.faces import RESOURCE, EmbeddedFaces, FaceName, Measure, PaperFaces
from desktop_app.adapters.pdf.fitting import CENTRE, MM, SetLine, Setting, fit
from desktop_app.adapters.pdf.fixed import FixedLayer, fixed_layer, marks_area
from desktop_app.adapters.pdf.qr import QrPainter
from desktop_app.adapters.pdf.writer import PdfWriter, text_string
from desktop_app.domain.form_text import unfit_character
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
        self._writer = PdfWriter()
        self._embedded = EmbeddedFaces(workshop.faces)
        self._measure: dict[FaceName, Measure] = {
            "regular": workshop.faces.measure("regular"),
            "bold": workshop.faces.measure("bold"),
        }
        # Many pages repeat the same words in the same box: set them once. Boxes go by identity,
        # which holds while the forms given to ``build`` live.
        self._set_before: dict[tuple[int, str, float], tuple[Piece, ...]] = {}
        self._layers: dict[int, list[int]] = {}
        self._problems: list[Problem] = []

    def build(self, filled: Sequence[FilledForm]) -> bytes:
        """The bytes of the file. Raises FormRefused with everything that cannot be printed."""
        writer = self._writer
        tree, fonts = writer.reserve(), writer.reserve()
        total = sum(len(form.pages) for form in filled)
        kids: list[int] = []
        for form in filled:
            layers = {} if self._overprint else self._fixed(form.form)
            for page in form.pages:
                words = self._page(page, len(kids) + 1, total)
                content = writer.add_stream("", words.encode("ascii"))
                kids.append(self._page_object(page.page, content, layers, tree, fonts))
        if self._problems:
            title = filled[0].form.title
            raise FormRefused(title, tuple(dict.fromkeys(self._problems)), _REMEDY)
        writer.put(fonts, f"<< {self._embedded.embed(writer)} >>")
        pages = " ".join(f"{kid} 0 R" for kid in kids)
        writer.put(tree, f"<< /Type /Pages /Count {len(kids)} /Kids [{pages}] >>")
        # Viewers must not shrink the page to fit: a millimetre on screen is one on paper.
        root = writer.add(
            f"<< /Type /Catalog /Pages {tree} 0 R /Lang (zh-CN) "
            f"/ViewerPreferences << /PrintScaling /None >> >>"
        )
        title = filled[0].form.title if filled else ""
        info = writer.add(f"<< /Title {text_string(title)} /Producer {text_string('落户柜台')} >>")
        return writer.finish(root, info)

    def _fixed(self, form: FormDefinition) -> dict[int, int]:
        numbers = self._layers.get(id(form))
        if numbers is None:
            numbers = self._shop.layer(form).write(self._writer, form)
            self._layers[id(form)] = numbers
        return {id(page): number for page, number in zip(form.pages, numbers, strict=True)}

    def _page_object(
        self, page: Page, content: int, layers: Mapping[int, int], tree: int, fonts: int
    ) -> int:
        layer = layers.get(id(page))
        objects = "" if layer is None else f" /XObject << /S {layer} 0 R >>"
        return self._writer.add(
            f"<< /Type /Page /Parent {tree} 0 R "
            f"/MediaBox [0 0 {page.width * MM:.2f} {page.height * MM:.2f}] "
            f"/Resources << /Font {fonts} 0 R{objects} >> /Contents {content} 0 R >>"
        )

    def _page(self, filled: FilledPage, number: int, total: int) -> str:
        height = filled.page.height * MM
        words = WordsDrawing(self._embedded, height)
        for text in filled.texts:
            self._set(text, words, number if total > 1 else 0)
        codes = "".join(
            draw_code(self._shop.painter, box, content, height) for box, content in filled.codes
        )
        body = ("" if self._overprint else "/S Do\n") + words.finish() + codes
        if self._offset != _NO_OFFSET:
            body = f"q {_matrix(self._offset, height)} cm\n{body}Q\n"
        return self._under(filled.page) + body + self._over(filled.page, number, total)

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
            missing = "、".join(
                f"“{char}”(U+{ord(char):04X})" for char in self._faces.missing(filled.text)
            )
            self._problems.append(Problem(_value(box), f"{name}里的{missing}没有字形"))
            return ()
        if setting is None:
            self._problems.append(Problem(_value(box), f"{name}有 {len(filled.text)} 个字，放不下"))
            return ()
        return words.pieces(box.face, setting)

    def _under(self, page: Page) -> str:
        """What lies under the words: the training mark across the page."""
        if not self._marks.training:
            return ""
        width, height = page.width * MM, page.height * MM
        angle = math.atan2(height, width)
        units = self._measure["bold"](_TRAINING)
        size = round(0.62 * math.hypot(width, height) * 1000 / units)
        along, up = units * size / 2000, CENTRE * size
        cos, sin = math.cos(angle), math.sin(angle)
        x = width / 2 - along * cos + up * sin
        y = height / 2 - along * sin - up * cos
        ((_, codes),) = self._embedded.runs("bold", _TRAINING)
        return (
            f"q 0.89 g BT /{RESOURCE['bold']} {size} Tf {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} "
            f"{x:.2f} {y:.2f} Tm <{codes}> Tj ET Q\n"
        )

    def _over(self, page: Page, number: int, total: int) -> str:
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
        frame = ""
        if line:
            area = marks_area(page)
            # The right end of the strip belongs to the fixed layer's note on the layout.
            area = replace(area, width=area.width - 20)
            self._mark(area, "　".join(line), words)
        if marks.reprint:
            small = page.height < 150
            wide, high = (9.0, 4.4) if small else (14.0, 6.5)
            area = Text(
                4 if small else 12,
                3 if small else 4.5,
                wide,
                high,
                "",
                face="bold",
                size=8 if small else 13,
                min_size=6,
                align="center",
            )
            self._mark(area, "补打", words)
            left, top = area.x * MM, height - (area.y + high) * MM
            frame = f"0.9 w {left:.2f} {top:.2f} {wide * MM:.2f} {high * MM:.2f} re S\n"
        return words.finish() + frame

    def _mark(self, area: Text, text: str, words: WordsDrawing) -> None:
        unfit = unfit_character(text)
        if unfit is not None:
            self._problems.append(Problem("marks", f"打印标记里有看不见的字符 {unfit[1]}"))
            return
        words.add(self._pieces(FilledText(area, text, label="打印标记"), words, ""))


def _value(box: Text) -> str:
    return box.value if isinstance(box, Box) else box.text


def _matrix(offset: PrintOffset, height: float) -> str:
    """Scale about the upper left corner, then move right and down."""
    scale = offset.scale / 100
    up = height * (1 - scale) - offset.down_mm * MM
    return f"{scale:.5f} 0 0 {scale:.5f} {offset.right_mm * MM:.3f} {up:.3f}"


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
