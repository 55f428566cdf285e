"""The forms as shipped and the renderer that draws them, for the tests of papers."""

from __future__ import annotations

import pytest

from desktop_app.adapters.pdf.book import FormBook, load_forms
from desktop_app.adapters.pdf.renderer import PdfRenderer
from tests.helpers.previews import FONTS, FORMS


@pytest.fixture(scope="module")
def book() -> FormBook:
    """Every form."""
    return load_forms(FORMS)


@pytest.fixture(scope="module")
def renderer(book: FormBook) -> PdfRenderer:
    """The renderer with the fonts that are shipped."""
    return PdfRenderer(FONTS, book)
