"""Two versions side by side (读卡 and 手录, 旧 and 新); a person decides between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.row_list import ListRow, RowList


class Side(Enum):
    """Which version."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class DiffLine:
    """One datum in both versions."""

    id: str
    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether there is anything to decide."""
        return self.left != self.right


@dataclass(frozen=True)
class DiffChoice:
    """What ``decided`` carries."""

    line_id: str
    side: Side


class DiffView(QWidget):
    """← keeps the left, → the right version of the current line; equal lines need nothing."""

    decided = Signal(object)

    def __init__(
        self, left: str, right: str, *, read_only: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._titles = (left, right)
        self._read_only = read_only
        self._lines: tuple[DiffLine, ...] = ()
        self._chosen: dict[str, Side] = {}
        self.list = _DiffList(self)
        self.list.taken.connect(self._on_taken)
        self._hint = PlainLabel(role="small", parent=self)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        for words, share in (("", 2), (left, 3), (right, 3)):
            head.addWidget(PlainLabel(words, role="columnhead", parent=self), share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)
        column.addWidget(self._hint)

    def show_lines(self, lines: Sequence[DiffLine]) -> None:
        """Show both versions; earlier choices are forgotten."""
        self._lines, self._chosen = tuple(lines), {}
        self._redraw()

    def undecided(self) -> tuple[str, ...]:
        """Ids of differing lines nobody decided yet."""
        return tuple(x.id for x in self._lines if x.differs and x.id not in self._chosen)

    def choices(self) -> dict[str, Side]:
        """What was decided."""
        return dict(self._chosen)

    def _redraw(self) -> None:
        current = self.list.current()
        self.list.set_rows([self._row(line) for line in self._lines])
        self.list.set_current(current)
        differing = sum(line.differs for line in self._lines)
        if self._read_only or not differing:
            self._hint.setText(f"{differing} 处不同" if differing else "两份一致")
        else:
            left, right = self._titles
            self._hint.setText(
                f"{differing} 处不同，待定 {len(self.undecided())} 处。← 用{left}，→ 用{right}"
            )

    def _row(self, line: DiffLine) -> ListRow:
        chosen = self._chosen.get(line.id)
        state = "不同" if line.differs else "一致"
        row = ListRow(
            f"{line.label}，{state}：{self._titles[0]} {line.left or '--'}，"
            f"{self._titles[1]} {line.right or '--'}", self.list,
        )
        box = QHBoxLayout(row)
        box.setContentsMargins(8, 5, 8, 5)
        name = QHBoxLayout()
        icon = "alert" if line.differs and chosen is None else "tick"
        colour = TOKENS.warn if icon == "alert" else TOKENS.ok
        name.addWidget(IconMark(icon, colour, factor=1.1, parent=row))
        name.addWidget(PlainLabel(line.label, role="label", parent=row), 1)
        box.addLayout(name, 2)
        for side, words in ((Side.LEFT, line.left), (Side.RIGHT, line.right)):
            box.addWidget(self._cell(row, line, side, words), 3)
        return row

    def _cell(self, row: ListRow, line: DiffLine, side: Side, words: str) -> PlainLabel:
        chosen = self._chosen.get(line.id)
        role = "same"
        if line.differs:
            role = "added" if chosen is side else "differs" if chosen is None else "hint"
        kept = "✓ " if chosen is side else ""
        return PlainLabel(f"{kept}{words or '--'}", role=role, wrap=True, parent=row)

    def _on_taken(self, index: int, right: bool) -> None:
        line = self._lines[index]
        if self._read_only or not line.differs:
            return
        side = Side.RIGHT if right else Side.LEFT
        self._chosen[line.id] = side
        self._redraw()
        self.decided.emit(DiffChoice(line.id, side))


class _DiffList(RowList):
    """Rows that also know ← and →."""

    taken = Signal(int, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("差异", parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.rows():
            self.taken.emit(self.current(), key == Qt.Key.Key_Right)
            return
        super().keyPressEvent(event)
