"""A number without a check digit: scanned once, or typed twice without seeing the first."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.entry_line import EntryLine
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Check, Committed, Level, Message, no_check

Ticks = Callable[[], int]
_GAP_MS = 30
_SHORTEST = 4


def plain_code(text: str) -> str:
    """Half-width capitals without blanks around."""
    return unicodedata.normalize("NFKC", text).strip().upper()


class ScanWatch:
    """Tells a scanner from fingers: every gap between keys is shorter than 30 ms."""

    def __init__(self, ticks: Ticks) -> None:
        self._ticks = ticks
        self._last = 0
        self._fast = 0
        self._slow = False

    def key(self) -> None:
        """A character arrived."""
        now = self._ticks()
        if self._fast and now - self._last > _GAP_MS:
            self._slow = True
        self._last = now
        self._fast += 1

    def scanned(self) -> bool:
        """Whether all of it came from a scanner."""
        return not self._slow and self._fast >= _SHORTEST

    def restart(self) -> None:
        """Forget what came."""
        self._fast, self._slow = 0, False


class _WatchedLine(EntryLine):
    """A line that tells a ScanWatch about each typed character."""

    def __init__(self, watch: ScanWatch | None) -> None:
        super().__init__(latin=True)
        self._watch = watch

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count characters, then type them."""
        if self._watch is not None and event.text() and event.text().isprintable():
            self._watch.key()
        super().keyPressEvent(event)


class TwiceEdit(FieldEditor):
    """Blind double entry. ``text()`` is empty until both entries agree or a scanner wrote it.

    ``ticks`` is a monotonic clock in milliseconds; without one every entry is typed twice.
    Leaving the field or pressing Enter takes an entry. A mismatch shows both and keeps neither.
    """

    def __init__(
        self, field_id: str, label: str, *, ticks: Ticks | None = None, check: Check = no_check,
        hint: str = "扫描，或手录两遍", optional: bool = False, parent: QWidget | None = None,
    ) -> None:
        self._first = ""
        self._agreed = ""
        self._watch = ScanWatch(ticks) if ticks else None
        super().__init__(
            field_id, label, check=check, hint=hint, optional=optional,
            line=_WatchedLine(self._watch), parent=parent,
        )

    def text(self) -> str:
        """The agreed words, or nothing yet."""
        return self._agreed

    def is_empty(self) -> bool:
        """Whether there is no agreed number yet."""
        return not self._agreed

    def set_text(self, text: str) -> None:
        """Show a number that is known: from the case, a card or a scan."""
        if self.line.hasFocus() and self.line.isModified():
            return
        self._agreed, self._first = plain_code(text), ""
        self._last = self._agreed
        self._write(self._agreed)

    def reset(self) -> None:
        """Empty and silent, both entries forgotten."""
        self._agreed, self._first = "", ""
        super().reset()

    def awaiting_second(self) -> bool:
        """Whether the first entry is hidden and the second is due."""
        return bool(self._first)

    def settle(self) -> None:
        """Take what was typed as the first or the second entry."""
        self.line.finish_composing()
        typed = plain_code(self.line.text())
        if not typed:
            if self._agreed:
                self._agree("")
        elif typed == self._agreed:
            self._write(typed)
        elif self._first:
            self._compare(typed)
        elif self._watch is not None and self._watch.scanned():
            self._agree(typed)
        else:
            self._keep_first(typed)

    def _typing(self, text: str) -> None:
        if not self.line.text() and self._watch is not None:
            self._watch.restart()
        if not self._first:
            super()._typing(text)

    def _on_accepted(self) -> None:
        had_words = bool(self.line.text().strip())
        self.settle()
        if self._agreed or not had_words:
            self.accepted.emit()

    def _keep_first(self, typed: str) -> None:
        self._agree("")
        self._first = typed
        self._show(Message(Level.HINT, "再录一遍，上一遍已隐去"))

    def _compare(self, typed: str) -> None:
        first, self._first = self._first, ""
        if typed == first:
            self._agree(typed)
            return
        self._write("")
        self._show(Message(
            Level.ERROR, f"{self.label}两遍不同：{first} 和 {typed}。对照原件重新录两遍"
        ))

    def _agree(self, text: str) -> None:
        self._agreed, self._first = text, ""
        self._write(text)
        self._show(None)
        if text != self._last:
            self._last = text
            self._judge(text)
            self.committed.emit(Committed(self.field_id, text))

    def _write(self, text: str) -> None:
        self.line.blockSignals(True)
        self.line.setText(text)
        self.line.blockSignals(False)
        if self._watch is not None:
            self._watch.restart()
