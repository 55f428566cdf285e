"""The papers of a case (材料): seen in original or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.tick_box import TickBox


@dataclass(frozen=True)
class MaterialLine:
    """One paper: id, name, whether it was seen, and a note such as 系统已核 or 两表选一.

    ``fixed`` is true when the machine vouches for it and there is nothing to tick.
    """

    id: str
    label: str
    seen: bool = False
    note: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class MaterialTick:
    """What ``ticked`` carries."""

    material_id: str
    seen: bool


class MaterialList(QWidget):
    """↑ ↓ walk, Space ticks. ``ticked`` carries MaterialTick.

    Enter goes to the next paper not seen; after the last one ``finished`` comes.
    """

    ticked = Signal(object)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[MaterialLine, ...] = ()
        self._boxes: dict[str, TickBox] = {}
        self._count = PlainLabel(role="small", parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._count)

    def show_lines(self, lines: Sequence[MaterialLine]) -> None:
        """Show the papers; boxes of the same papers stay, so the focus stays too."""
        same = [line.id for line in lines] == list(self._boxes)
        self._lines = tuple(lines)
        if not same:
            self._rebuild()
        for line in self._lines:
            box = self._boxes[line.id]
            box.blockSignals(True)
            box.setChecked(line.seen)
            box.blockSignals(False)
            if (box.words(), box.note()) != (line.label, line.note):
                box.set_words(line.label, line.note)
            box.setEnabled(not line.fixed)
        self._tell()

    def boxes(self) -> tuple[TickBox, ...]:
        """The boxes in order."""
        return tuple(self._boxes.values())

    def box(self, material_id: str) -> TickBox:
        """One box. Raises KeyError."""
        return self._boxes[material_id]

    def unseen(self) -> tuple[str, ...]:
        """Ids of the papers not yet seen."""
        return tuple(name for name, box in self._boxes.items() if not box.isChecked())

    def focus_first_unseen(self) -> bool:
        """Go to the first paper not seen; False when all are."""
        for box in self._boxes.values():
            if box.isEnabled() and not box.isChecked():
                box.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def count_text(self) -> str:
        """已核 2 / 4."""
        return self._count.text()

    def _rebuild(self) -> None:
        for old in self._boxes.values():
            self._column.removeWidget(old)
            old.hide()  # else Qt may still show it, as a window
            old.setParent(None)
            old.deleteLater()
        self._boxes = {}
        for line in self._lines:
            box = TickBox(line.label, line.note, self)
            box.setObjectName(line.id)
            box.toggled.connect(self._on_toggled)
            self._column.addWidget(box)
            self._boxes[line.id] = box

    def _tell(self) -> None:
        seen = len(self._boxes) - len(self.unseen())
        self._count.setText(f"已核原件 {seen} / {len(self._boxes)}")

    def _on_toggled(self, on: bool) -> None:
        self._tell()
        self.ticked.emit(MaterialTick(self.sender().objectName(), on))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the boxes; Enter goes to the next one not seen."""
        order = [box for box in self._boxes.values() if box.isEnabled()]
        here = next((i for i, box in enumerate(order) if box.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if here is not None and step is not None:
            order[min(max(here + step, 0), len(order) - 1)].setFocus(
                Qt.FocusReason.TabFocusReason
            )
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next_unseen(order[(here + 1 if here is not None else 0):])
        else:
            super().keyPressEvent(event)

    def _next_unseen(self, boxes: Sequence[TickBox]) -> None:
        for box in boxes:
            if not box.isChecked():
                box.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.finished.emit()
