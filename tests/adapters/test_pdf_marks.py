"""What is printed beside a form: training, copy number, page, edition, reprint."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.adapters.pdf.book import FormBook
from desktop_app.adapters.pdf.raster import page_count
from desktop_app.adapters.pdf.renderer import PdfRenderer
from desktop_app.domain.forms import (
    FormRefused,
    fill,
)
from desktop_app.services.ports import Marks
from tests.helpers.pdf_pages import (
    page_text,
)
from tests.helpers.pdf_trial import MARKS, named


def test_training_mark_lies_on_every_page(book: FormBook, renderer: PdfRenderer) -> None:
    for form_id in book.ids():
        form = book.latest(form_id)
        filled = [fill(form, book.sample(form_id))] * 2
        for overprint in {False, form.overprint}:
            pdf = renderer.render(filled, marks=Marks(training=True), overprint=overprint)
            for page in range(page_count(pdf)):
                assert "演练" in page_text(pdf, page)
        assert "演练" not in page_text(renderer.render(filled, marks=MARKS))


def test_copy_number_page_and_edition_stand_on_every_page(
    book: FormBook, renderer: PdfRenderer
) -> None:
    for form_id in book.ids():
        filled = [fill(book.latest(form_id), book.sample(form_id))] * 3
        pdf = renderer.render(filled, marks=MARKS)
        total = page_count(pdf)
        for page in range(total):
            text = page_text(pdf, page)
            assert f"份号210213001-01-000123第{page + 1}页共{total}页" in text
            assert "依据版本3f9c1a7be042" in text


def test_reprint_says_so_and_why(book: FormBook, renderer: PdfRenderer) -> None:
    for form_id in book.ids():
        filled = [fill(book.latest(form_id), book.sample(form_id))]
        first = page_text(renderer.render(filled, marks=MARKS))
        text = page_text(renderer.render(filled, marks=replace(MARKS, reprint="打印机卡纸")))
        assert "补打：打印机卡纸" in text
        assert "补打：" not in first
        assert text.count("补打") == first.count("补打") + 2


def test_mark_with_unseen_character_is_refused(renderer: PdfRenderer) -> None:
    with pytest.raises(FormRefused, match=r"U\+202E"):
        renderer.render([named("王")], marks=Marks(copy_number="1", reprint="卡\u202e纸"))
