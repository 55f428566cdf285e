"""An address: a standard beginning by initials, then free words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.candidates import CandidateList
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Check, no_check

Suggest = Callable[[str], Sequence[Choice]]


def no_suggestions(typed: str) -> Sequence[Choice]:
    """Where there is no table of standard addresses."""
    return ()


class AddressEdit(FieldEditor):
    """Free text; latin letters at the start call up standard beginnings.

    ``suggest`` gets those letters and returns Choices whose label is the beginning to insert.
    ↓ and ↑ highlight, Enter takes what is highlighted and stays in the field for the rest.
    """

    def __init__(
        self, field_id: str, label: str, *, suggest: Suggest = no_suggestions,
        check: Check = no_check, hint: str = "", optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field_id, label, check=check, hint=hint, optional=optional, parent=parent)
        self._suggest = suggest
        self._list: CandidateList | None = None
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._on_edited)

    def candidates(self) -> CandidateList:
        """The list; made when first needed, because it lives in the window."""
        if self._list is None:
            self._list = CandidateList(self.line)
            self._list.picked.connect(self._take)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def settle(self) -> None:
        """Commit and close the list."""
        super().settle()
        self._close()

    def _on_edited(self, text: str) -> None:
        typed = text.strip().lower()
        if self.line.composing or not (typed and typed.isascii() and typed.isalpha()):
            self._close()
            return
        self.candidates().offer(self._suggest(typed))

    def _take(self, choice: Choice) -> None:
        self.line.replace_all(choice.label)
        self._close()

    def _close(self) -> None:
        if self._list is not None:
            self._list.setVisible(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the list is open, arrows, digits, Enter and Esc belong to it."""
        is_open = self._list is not None and self._list.isVisible()
        if watched is not self.line or not is_open or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and self._on_key(event):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, listing = event.key(), self.candidates()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            listing.move_by(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self._close()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            choice = listing.current()
            if choice is not None:
                self._take(choice)
            return choice is not None
        place = key - Qt.Key.Key_1
        if 0 <= place < len(listing.on_page()):
            self._take(listing.on_page()[place])
            return True
        return False
