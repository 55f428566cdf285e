"""The papers of the program: which edition, what it can draw, and the PDF of filled forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from desktop_app.adapters.pdf.book import FormBook
from desktop_app.adapters.pdf.document import Document, Workshop
from desktop_app.domain.forms import FilledForm, FormDefinition, FormRefused, Problem
from desktop_app.domain.station import PrintOffset
from desktop_app.services.ports import Marks

_NO_OFFSET = PrintOffset()


class PdfRenderer:
    """Renders filled forms; keeps fixed layers and glyphs for the next document."""

    def __init__(self, fonts_dir: Path, forms: FormBook) -> None:
        self._forms = forms
        self._workshop = Workshop(fonts_dir)

    def edition(self, form: str, on: date) -> FormDefinition:
        """The edition of a form in force on that day. Raises Missing when there is none."""
        return self._forms.edition(form, on)

    def titles(self) -> Mapping[str, str]:
        """Form id to title."""
        return {form: self._forms.latest(form).title for form in self._forms.ids()}

    def missing_glyphs(self, text: str) -> tuple[str, ...]:
        """Characters of the text that no face here can draw."""
        return self._workshop.faces.missing(text)

    def fallback_glyphs(self, text: str) -> tuple[str, ...]:
        """Characters of the text that are drawn with the fallback face HanaMinB."""
        return self._workshop.faces.borrowed(text)

    def render(
        self,
        filled: Sequence[FilledForm],
        *,
        marks: Marks,
        overprint: bool = False,
        offset: PrintOffset = _NO_OFFSET,
    ) -> bytes:
        """One PDF of all the forms in order: the same input gives the same bytes.

        ``overprint`` leaves the fixed layer out (套打), ``offset`` moves and scales what is
        printed. Raises FormRefused listing every value that does not fit or has no glyph, or
        naming a form that may not be overprinted.
        """
        for form in {id(one.form): one.form for one in filled}.values():
            if overprint and not form.overprint:
                raise FormRefused(
                    form.title, [Problem(form.id, "没有套打版式")], "取消套打，用普通纸整打"
                )
        return Document(self._workshop, marks, overprint, offset).build(filled)
