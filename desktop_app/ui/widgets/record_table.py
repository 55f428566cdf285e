"""Rows for a table, fetched a page at a time when they come into sight. QtCore only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.ui.widgets.words import shown

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
PAGE = 100
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: id, heading, words of a row, width in characters, and whether figures align.

    ``level`` returns error, warn, ok, hint or nothing for the ink of a cell; the words must say
    the same, for colour never stands alone. ``spare`` above 0 lets a narrow window leave the
    column out, the highest first.
    """

    id: str
    title: str
    text: Callable[[R], str]
    chars: int = 8
    figures: bool = False
    stretch: bool = False
    level: Callable[[R], str] | None = None
    spare: int = 0


LevelRole = Qt.ItemDataRole.UserRole + 1
Fetch = Callable[[int, int], Sequence[R]]


class RecordTable(QAbstractTableModel, Generic[R]):
    """A table over ``fetch(offset, limit)`` with a known count.

    Pages are kept until ``reset``. ``fetch`` runs in the window's thread and must be quick
    (an indexed query); a row that has vanished since shows ``--``.
    """

    def __init__(
        self, columns: Sequence[Column[R]], fetch: Fetch[R] | None = None, count: int = 0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._fetch = fetch
        self._count = count
        self._pages: dict[int, Sequence[R]] = {}

    def columns(self) -> tuple[Column[R], ...]:
        """The columns."""
        return self._columns

    def reset(self, fetch: Fetch[R], count: int) -> None:
        """Show another result."""
        self.beginResetModel()
        self._fetch, self._count, self._pages = fetch, count, {}
        self.endResetModel()

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show rows that are all at hand."""
        held = tuple(rows)
        self.reset(lambda offset, limit: held[offset:offset + limit], len(held))

    def row(self, number: int) -> R | None:
        """The record of a row, or None when it is gone."""
        if not 0 <= number < self._count or self._fetch is None:
            return None
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            self._pages[page] = self._fetch(page * PAGE, PAGE)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    # ---- Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        """All rows, fetched or not."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _ROOT) -> int:
        """All columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, alignment, ink and the spoken form of a cell."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, LevelRole
        ):
            return None
        record = self.row(index.row())
        if role == LevelRole:
            return column.level(record) if column.level and record is not None else ""
        words = "--" if record is None else shown(column.text(record), lines=False) or "--"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}：{words}"
        return words

    def headerData(
        self, section: int, orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Headings; rows carry no number."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
