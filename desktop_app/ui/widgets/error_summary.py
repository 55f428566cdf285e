"""What has to be changed, on top of the page, each line a way to its field (GOV.UK pattern)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.row_list import ListRow, RowList


@dataclass(frozen=True)
class Problem:
    """One thing to change: the field it is in and the same words as beside the field."""

    field_id: str
    text: str


class ErrorSummary(QFrame):
    """Hidden while there is nothing to change. ``jump`` carries the id of a field."""

    jump = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "summary")
        self._problems: tuple[Problem, ...] = ()
        self._title = PlainLabel(role="heading", parent=self)
        self.list = RowList("需要修改的项", self)
        self.list.activated.connect(self._on_activated)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconMark("cross", TOKENS.err, parent=self))
        head.addWidget(self._title, 1)
        head.addWidget(PlainLabel("↑ ↓ 选，Enter 跳到此项", role="small", parent=self))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)
        self.setVisible(False)

    def show_problems(self, problems: Sequence[Problem], *, focus: bool = True) -> None:
        """Show what has to be changed and take the focus; nothing hides the summary."""
        self._problems = tuple(problems)
        self._title.setText(f"有 {len(self._problems)} 处需要修改")
        self.list.set_rows([
            self._row(number, problem) for number, problem in enumerate(self._problems, start=1)
        ])
        self.setVisible(bool(self._problems))
        if self._problems and focus:
            self.list.set_current(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def problems(self) -> tuple[Problem, ...]:
        """What is on show."""
        return self._problems

    def _row(self, number: int, problem: Problem) -> ListRow:
        row = ListRow(f"需修改：{problem.text}", self.list)
        line = QHBoxLayout(row)
        line.setContentsMargins(8, 3, 8, 3)
        line.setSpacing(10)
        line.addWidget(PlainLabel(str(number), role="strong", parent=row))
        line.addWidget(PlainLabel(problem.text, wrap=True, parent=row), 1)
        return row

    def _on_activated(self, index: int) -> None:
        self.jump.emit(self._problems[index].field_id)
