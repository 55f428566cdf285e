"""The PDF as a file: sound, the same bytes for the same input, faces of its own only."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from desktop_app.adapters.pdf.book import FormBook
from desktop_app.adapters.pdf.raster import page_count, page_png
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.domain.errors import Unavailable
from desktop_app.domain.forms import (
    fill,
)
from tests.helpers.pdf_pages import (
    QPDF,
    page_size,
)
from tests.helpers.pdf_trial import MARKS, NONE, named
from tests.helpers.previews import FONTS


@pytest.mark.skipif(QPDF is None, reason="qpdf is not installed")
def test_every_form_is_a_sound_file(book: FormBook, renderer: PdfRenderer, tmp_path: Path) -> None:
    for form_id in book.ids():
        file = tmp_path / f"{form_id}.pdf"
        file.write_bytes(
            renderer.render([fill(book.latest(form_id), book.sample(form_id))], marks=MARKS)
        )
        done = subprocess.run([str(QPDF), "--check", file], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout


def test_same_input_gives_the_same_bytes(book: FormBook, renderer: PdfRenderer) -> None:
    for form_id in book.ids():
        filled = [fill(book.latest(form_id), book.sample(form_id))]
        first = renderer.render(filled, marks=MARKS)
        renderer.render([named("其他")], marks=NONE)
        assert renderer.render(filled, marks=MARKS) == first
        assert PdfRenderer(FONTS, book).render(filled, marks=MARKS) == first


def test_threads_may_draw_at_once(book: FormBook, renderer: PdfRenderer) -> None:
    """A preview and a print may meet; ReportLab's font parser alone would mix them up."""
    filled = [fill(book.latest(form_id), book.sample(form_id)) for form_id in book.ids()]
    alone = [renderer.render([one], marks=MARKS) for one in filled]
    fresh = PdfRenderer(FONTS, book)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: fresh.render([one], marks=MARKS), filled * 3))
    assert together == alone * 3


def test_pages_keep_their_size_and_ask_printers_to_keep_it(
    book: FormBook, renderer: PdfRenderer
) -> None:
    pdf = renderer.render(
        [fill(book.latest("book_member"), book.sample("book_member"))], marks=NONE
    )
    width, height = page_size(pdf, 0)
    assert width == pytest.approx(143, abs=0.01)
    assert height == pytest.approx(105, abs=0.01)
    assert b"/PrintScaling /None" in pdf


def test_raster_refuses_what_is_no_pdf(renderer: PdfRenderer) -> None:
    with pytest.raises(Unavailable, match="不是完整的 PDF"):
        page_count(b"no pdf")
    with pytest.raises(Unavailable, match="没有第 2 页"):
        page_png(renderer.render([named("王")], marks=NONE), 1)


def test_renderer_knows_its_forms(book: FormBook, renderer: PdfRenderer) -> None:
    assert renderer.titles()["settlement_certificate"] == "落户证明"
    assert renderer.edition("receipt", date(2017, 6, 1)) is book.latest("receipt")


def test_reportlab_without_its_compiled_part_is_told(
    book: FormBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportlab.lib.rl_accel.fp_str", lambda *numbers: "0")
    with pytest.raises(Unavailable, match="rl_accel 没有装上"):
        PdfRenderer(FONTS, book)


def test_file_names_no_face_that_is_not_embedded_and_no_day(
    book: FormBook, renderer: PdfRenderer
) -> None:
    for form_id in book.ids():
        pdf = renderer.render([fill(book.latest(form_id), book.sample(form_id))], marks=MARKS)
        assert b"Helvetica" not in pdf
        assert b"CreationDate" not in pdf
        assert pdf.count(b"/Type0") == pdf.count(b"/FontFile2")


def test_files_that_differ_have_their_own_identity(renderer: PdfRenderer) -> None:
    """The page of 王一 and that of 王二 draw the same codes; only the faces differ."""
    identities = {
        renderer.render([named(name)], marks=NONE).rpartition(b"/ID")[2].split(b"]")[0]
        for name in ("王一", "王二", "王一一")
    }
    assert len(identities) == 3
