"""One row of a roster corrected on the spot, beside the list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.roster import BY_ID, COLUMNS, CheckedRow
from desktop_app.domain.roster import Level as Severity
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.flow_row import FlowRow
from desktop_app.ui.widgets.frames import Card, Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.text_edit import TextEdit

_ALWAYS = ("name", "citizen_id", "voluntary")
_BY_LABEL = {column.label: column.id for column in COLUMNS}


class _Holder(QWidget):
    """As high as its wrapped words need: a scroller alone would squeeze them."""

    def event(self, event: QEvent) -> bool:
        layout = self.layout()
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and layout is not None:
            self.setMinimumHeight(max(layout.totalHeightForWidth(self.width()), 0))
        return super().event(event)


class RowEditor(Card):
    """Fields with problems first, then those that tell who it is.

    Enter goes on to the next field and after the last problem saves; ``saved`` carries the row's
    number and what was changed, ``left`` comes with Esc.
    """

    saved = Signal(int, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("改这一行", parent=parent)
        self.row: CheckedRow | None = None
        self._fields: dict[str, TextEdit] = {}
        self._wrong: tuple[str, ...] = ()
        self._holder = _Holder()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(5, 3, 6, 3)
        self._column.setSpacing(4)
        save = KeyButton("保存此行", "Ctrl+Enter", kind=Kind.PRIMARY, parent=self)
        save.activated.connect(self.save)
        back = KeyButton("不改", "Esc", parent=self)
        back.activated.connect(self.left)
        keys = FlowRow()
        for button in (save, back):
            keys.addWidget(button)
        self.body.addWidget(Scroller(self._holder), 1)
        self.body.addLayout(keys)

    def show_row(self, row: CheckedRow) -> None:
        """Show a row as it was read."""
        self.row = row
        self.set_title(f"改第 {row.row.number} 行", row.lane.label)
        self._clear()
        wrong = list(dict.fromkeys(_BY_LABEL[problem.column] for problem in row.problems))
        self._wrong = tuple(wrong)
        rest = [column for column in _ALWAYS if column not in wrong]
        for column in (*wrong, *rest):
            self._add(column, row)
        self._column.addStretch(1)
        self.field((*wrong, *rest)[0]).focus_line()

    def field(self, column: str) -> TextEdit:
        """The field of a column. Raises KeyError."""
        return self._fields[column]

    def columns(self) -> tuple[str, ...]:
        """The columns on show, in order."""
        return tuple(self._fields)

    def save(self) -> None:
        """Hand over what was changed; nothing changed means leaving."""
        if self.row is None:
            return
        changes = self._changes(self.row.row.cells)
        if changes:
            self.saved.emit(self.row.row.number, changes)
        else:
            self.left.emit()

    def _changes(self, cells: Mapping[str, str]) -> dict[str, str]:
        return {
            column: field.text() for column, field in self._fields.items()
            if field.text() != cells.get(column, "")
        }

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        self._fields = {}

    def _add(self, column: str, row: CheckedRow) -> None:
        field = TextEdit(f"row.{column}", BY_ID[column].label)
        field.set_text(row.row.cells.get(column, ""))
        label = PlainLabel(BY_ID[column].label, role="label")
        label.setBuddy(field.line)
        self._column.addWidget(label, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(field)
        mine = [p for p in row.problems if p.column == BY_ID[column].label]
        if mine:
            worst = next((p for p in mine if p.level is Severity.ERROR), mine[0])
            hint = f"。建议 {worst.suggestion}" if worst.suggestion else ""
            level = Level.ERROR if worst.level is Severity.ERROR else Level.WARN
            field.set_message(level, f"{worst.message}{hint}")
        field.accepted.connect(self._on_accepted)
        field.back.connect(self._on_back)
        self._fields[column] = field

    def _on_accepted(self) -> None:
        order = list(self._fields.values())
        here = next((i for i, field in enumerate(order) if field is self.sender()), -1)
        last = (len(self._wrong) or len(order)) - 1
        if here >= last:
            self.save()
        else:
            order[here + 1].focus_line()

    def _on_back(self) -> None:
        order = list(self._fields.values())
        here = next((i for i, field in enumerate(order) if field is self.sender()), 0)
        order[max(here - 1, 0)].focus_line()
