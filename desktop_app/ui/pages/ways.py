"""Every way to settle as a list: where it stands, why, by which clause, and what then."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.rules import Finding, Verdict
from desktop_app.services.sheets import GuideLine
from desktop_app.services.words import cites
from desktop_app.ui.theme import TOKENS
from desktop_app.ui.viewmodels.guide import outcome_words, reasons
from desktop_app.ui.viewmodels.words import fact_labels
from desktop_app.ui.widgets.frames import reveal
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.plain import PlainLabel, restyle

_MARKS = {
    "可办": ("tick", TOKENS.ok),
    "须审批": ("up", TOKENS.primary),
    "待问明": ("half", TOKENS.warn),
    "差一条": ("arrow", TOKENS.text2),
    "不适用": ("empty", TOKENS.text2),
}
_SHOWN = 3


class WayRow(QFrame):
    """One way: title and state; the current one tells its reasons."""

    pressed = Signal(str)
    opened = Signal(str)

    def __init__(self, line: GuideLine, book: PolicyBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self._book = book
        self.setProperty("part", "row")
        state = outcome_words(line)
        icon, colour = _MARKS[state]
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark(icon, colour, factor=1.35))
        head.addWidget(PlainLabel(line.procedure.title, role="strong"))
        head.addWidget(PlainLabel(state, role="chip"))
        if line.recommended:
            head.addWidget(PlainLabel("推荐", role="badge"))
        head.addStretch(1)
        self._details = QWidget()
        self._fill_details()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._details)
        self.set_current(False)

    def set_current(self, on: bool, *, focused: bool = False) -> None:
        """Open the reasons of the current row; the ring is only where the keyboard is."""
        restyle(self, current=on and focused, chosen=on and not focused)
        self._details.setVisible(on)

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        recommended = "，推荐" if self.line.recommended else ""
        return f"{self.line.procedure.title}，{outcome_words(self.line)}{recommended}"

    def _fill_details(self) -> None:
        column = QVBoxLayout(self._details)
        column.setContentsMargins(30, 0, 0, 0)
        column.setSpacing(4)
        procedure = self.line.procedure
        column.addWidget(PlainLabel(procedure.summary, role="small", wrap=True))
        cited = f"依据 {cites(self._book, procedure.cites)}"
        column.addWidget(PlainLabel(cited, role="hint", wrap=True))
        found = reasons(self.line)
        for finding in found[:_SHOWN]:
            self._add_finding(column, finding)
        if len(found) > _SHOWN:
            column.addWidget(PlainLabel(f"另有 {len(found) - _SHOWN} 条，F1 看条文", role="hint"))
        steps = self.line.assessment.one_step_away
        if steps and outcome_words(self.line) == "差一条":
            words = " 或 ".join(fact_labels(step) for step in steps[:2])
            column.addWidget(PlainLabel(f"只差：{words}", role="small", wrap=True))

    def _add_finding(self, column: QVBoxLayout, finding: Finding) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        icon, colour = {
            Verdict.MET: ("tick", TOKENS.ok),
            Verdict.UNMET: ("arrow", TOKENS.warn),
            Verdict.UNKNOWN: ("half", TOKENS.text2),
        }[finding.verdict]
        row.addWidget(IconMark(icon, colour), 0, Qt.AlignmentFlag.AlignTop)
        words = {Verdict.MET: "", Verdict.UNMET: "不符：", Verdict.UNKNOWN: "待问："}
        row.addWidget(PlainLabel(f"{words[finding.verdict]}{finding.says}", wrap=True), 1)
        row.addWidget(PlainLabel(_clauses(self._book, finding), role="hint"))
        column.addLayout(row)
        if finding.verdict is Verdict.UNMET and finding.remedy:
            remedy = PlainLabel(f"建议：{finding.remedy}", role="small", wrap=True)
            remedy.setContentsMargins(26, 0, 0, 0)
            column.addWidget(remedy)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes it current."""
        self.pressed.emit(self.line.procedure.id)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click takes it."""
        self.opened.emit(self.line.procedure.id)
        event.accept()


def _clauses(book: PolicyBook, finding: Finding) -> str:
    """The clauses alone: 二(三); their document stands in the line above."""
    return "、".join(book.label(citation).rpartition(" ")[2] for citation in finding.cites)


class WayList(QWidget):
    """Rows from best to worst; ↑ ↓ walk, Enter takes, F1 asks for the clause of the current one.

    ``asked`` carries that clause, empty when the way cites none.
    """

    taken = Signal(str)
    asked = Signal(str)
    current_changed = Signal(str)

    def __init__(self, book: PolicyBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._rows: list[WayRow] = []
        self._current = 0
        self._walked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringless", True)  # the current row wears the ring
        self.setAccessibleName("落户通道")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 6, 6, 6)
        self._column.setSpacing(2)
        self._column.addStretch(1)

    def show_lines(self, lines: Sequence[GuideLine]) -> None:
        """Show the ways; the best is current unless the clerk chose another."""
        kept = self.current() if self._walked else None
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()  # else Qt may still show it, as a window
            row.setParent(None)
            row.deleteLater()
        self._rows = [WayRow(line, self._book, self) for line in lines]
        for place, row in enumerate(self._rows):
            row.pressed.connect(self._on_pressed)
            row.opened.connect(self.taken)
            self._column.insertWidget(place, row)
        ids = [row.line.procedure.id for row in self._rows]
        self._go(ids.index(kept) if kept in ids else 0)

    def forget_choice(self) -> None:
        """Follow the best way again, as for the next person."""
        self._walked = False

    def current(self) -> str | None:
        """Id of the current way."""
        return self._rows[self._current].line.procedure.id if self._rows else None

    def clause(self) -> str:
        """The first clause of the current way; empty when there is none."""
        cites = self._rows[self._current].line.procedure.cites if self._rows else ()
        return cites[0].ref if cites else ""

    def rows(self) -> tuple[WayRow, ...]:
        """The rows in order."""
        return tuple(self._rows)

    def _go(self, place: int) -> None:
        if not self._rows:
            return
        self._current = min(max(place, 0), len(self._rows) - 1)
        for index, row in enumerate(self._rows):
            row.set_current(index == self._current, focused=self.hasFocus())
        self.setAccessibleDescription(self._rows[self._current].spoken())
        if self.hasFocus():
            reveal(self._rows[self._current])
        self.current_changed.emit(self.current())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the ring on the current row."""
        super().focusInEvent(event)
        self._go(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it off again."""
        super().focusOutEvent(event)
        self._go(self._current)

    def _on_pressed(self, procedure_id: str) -> None:
        self._walked = True
        ids = [row.line.procedure.id for row in self._rows]
        self._go(ids.index(procedure_id))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def event(self, event: QEvent) -> bool:
        """F1 asks for the current way and not for the help of the page."""
        if (
            event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F1
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, take, ask."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walked = True
            self._go(self._current + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            current = self.current()
            if current is not None:
                self.taken.emit(current)
        elif key == Qt.Key.Key_F1 and not event.isAutoRepeat():
            self.asked.emit(self.clause())
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 < len(self._rows):
            self._walked = True
            self._go(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)
