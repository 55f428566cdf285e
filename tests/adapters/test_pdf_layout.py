"""What stands where: words that fit, offsets of a printer, codes, cells, overprint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from desktop_app.adapters.pdf.book import FormBook
from desktop_app.adapters.pdf.raster import page_png
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.domain.forms import (
    Box,
    FormRefused,
    Line,
    fill,
)
from desktop_app.domain.station import PrintOffset
from desktop_app.services.ports import Marks
from tests.helpers.pdf_pages import (
    page_grey,
    page_text,
)
from tests.helpers.pdf_trial import MARKS, NAME, NONE, named, one
from tests.helpers.plain_reportlab import PlainProgram
from tests.helpers.previews import FONTS


def test_all_that_does_not_fit_is_listed_at_once(renderer: PdfRenderer) -> None:
    tight = Box(10, 30, 10, 5, "{person.address}", id="address", size=10, min_size=8)
    form = one(replace(NAME, width=8, height=5, wrap=False), tight)
    record = {"person.name": "长" * 30, "person.address": "甲" * 40}
    with pytest.raises(FormRefused) as refused:
        renderer.render([fill(form, record)], marks=NONE)
    assert [problem.words for problem in refused.value.problems] == [
        "姓名有 30 个字，放不下",
        "住址有 40 个字，放不下",
    ]
    assert "长长" not in str(refused.value)


def test_page_looks_as_plain_reportlab_draws_it(book: FormBook, renderer: PdfRenderer) -> None:
    filled = [fill(book.latest("book_member"), book.sample("book_member"))]
    foot = "份号 210213001-01-000123　第 1 页 共 1 页"
    plain = PlainProgram(FONTS)
    theirs = page_grey(plain.draw(plain.prepare(filled, foot)), dpi=150)
    ours = page_grey(renderer.render(filled, marks=Marks(copy_number=MARKS.copy_number)), dpi=150)
    assert ours[:2] == theirs[:2]
    assert max(abs(a - b) for a, b in zip(ours[2], theirs[2], strict=True)) <= 16


def test_overprint_leaves_the_fixed_layer_out(book: FormBook, renderer: PdfRenderer) -> None:
    for form_id in book.ids():
        form = book.latest(form_id)
        filled = fill(form, book.sample(form_id))
        if not form.overprint:
            with pytest.raises(FormRefused, match="没有套打版式"):
                renderer.render([filled], marks=NONE, overprint=True)
            continue
        pdf = renderer.render([filled], marks=NONE, overprint=True)
        values = {char for text in filled.pages[0].texts for char in text.text if char.strip()}
        assert set(page_text(pdf)) == values
        assert b"/XObject" not in pdf


def ink(pdf: bytes) -> tuple[float, float]:
    """The upper left corner of what is printed, in millimetres, measured on the page."""
    width, height, grey = page_grey(pdf, dpi=254)
    rows = [y for y in range(height) if min(grey[y * width : (y + 1) * width]) < 128]
    columns = [x for x in range(width) if min(grey[x::width]) < 128]
    return columns[0] / 10, rows[0] / 10


@pytest.mark.parametrize("right", [-2.5, 0.0, 3.2])
@pytest.mark.parametrize("down", [-1.4, 0.0, 5.0])
@pytest.mark.parametrize("overprint", [False, True])
def test_offset_moves_the_marks(
    right: float, down: float, overprint: bool, renderer: PdfRenderer
) -> None:
    filled = named("十")
    still = ink(renderer.render([filled], marks=NONE, overprint=overprint))
    moved = ink(
        renderer.render([filled], marks=NONE, overprint=overprint, offset=PrintOffset(right, down))
    )
    assert moved[0] - still[0] == pytest.approx(right, abs=0.2)
    assert moved[1] - still[1] == pytest.approx(down, abs=0.2)


def test_scale_grows_from_the_upper_left_corner(renderer: PdfRenderer) -> None:
    filled = fill(one(lines=(Line(50, 40, 80, 40, 1.0),)), {})
    left, top = ink(renderer.render([filled], marks=NONE, offset=PrintOffset(scale=102)))
    assert left == pytest.approx(51, abs=0.3)
    assert top == pytest.approx(40.8, abs=0.3)


@pytest.mark.parametrize("training", [False, True])
def test_code_is_read_from_the_printed_page(
    training: bool, book: FormBook, renderer: PdfRenderer, tmp_path: Path
) -> None:
    for form_id, value in (
        ("settlement_certificate", "certificate.code"),
        ("receipt", "case.code"),
    ):
        pdf = renderer.render(
            [fill(book.latest(form_id), book.sample(form_id))], marks=Marks(training=training)
        )
        picture = tmp_path / "page.png"
        picture.write_bytes(page_png(pdf, 0, 300))
        found = zxingcpp.read_barcodes(Image.open(picture))
        assert [code.text for code in found] == [book.sample(form_id)[value]]


def test_cells_take_one_character_each(renderer: PdfRenderer) -> None:
    cells = Box(10, 10, 45, 8, "{household.number}", id="number", cells=9, size=12)
    form = one(cells)
    pdf = renderer.render([fill(form, {"household.number": "021300017"})], marks=NONE)
    assert page_text(pdf) == "021300017"
    with pytest.raises(FormRefused, match="户号有 10 个字"):
        renderer.render([fill(form, {"household.number": "0213000170"})], marks=NONE)
