"""Free words: notes, reasons, workplaces."""

from __future__ import annotations

from desktop_app.ui.widgets.field import FieldEditor


class TextEdit(FieldEditor):
    """One line of free text; nothing is changed but blanks at the ends."""
