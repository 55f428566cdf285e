"""A list of cases or persons: keyboard first, quick with a hundred thousand rows."""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.frames import EmptyState
from desktop_app.ui.widgets.plain import set_name
from desktop_app.ui.widgets.record_table import LevelRole, RecordTable

_INKS = {"error": TOKENS.err, "warn": TOKENS.warn, "ok": TOKENS.ok, "hint": TOKENS.text2}


class _Painted(Protocol):
    """The part of a style option that the stubs of PySide6 leave out."""

    palette: QPalette


class _LevelInk(QStyledItemDelegate):
    """Colours the words of a cell by its level; nothing is edited here."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        ink = _INKS.get(str(index.data(LevelRole) or ""), TOKENS.text)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            cast(_Painted, option).palette.setColor(role, QColor(ink))


class _Grid(QTableView):
    """Whole rows, Enter opens, Tab leaves."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.opened.emit()
            return
        if event.text().isprintable() and event.text().strip():
            event.ignore()  # Qt would look for a row by it; letters are the page's acts
            return
        super().keyPressEvent(event)


class CaseTable(QWidget):
    """A table over a RecordTable, or the words why it is empty.

    ``activated`` carries the record under Enter or a double click, ``selected`` the record that
    became current, or None.
    """

    activated = Signal(object)
    selected = Signal(object)

    def __init__(
        self, name: str, model: RecordTable[Any], *, empty: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        model.setParent(self)
        self._empty = EmptyState(empty, parent=self)
        self.view = _Grid(self)
        set_name(self.view, name)
        self.view.setModel(model)
        self.view.setItemDelegate(_LevelInk(self.view))
        self._set_up_view()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        self.view.opened.connect(self._on_opened)
        self.view.doubleClicked.connect(self._on_opened)
        self.view.selectionModel().currentRowChanged.connect(self._on_row)
        model.modelReset.connect(self._on_reset)
        self._on_reset()

    def _set_up_view(self) -> None:
        view = self.view
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setCornerButtonEnabled(False)
        view.verticalHeader().setVisible(False)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionsMovable(False)

    def model(self) -> RecordTable[Any]:
        """The rows."""
        return self._model

    def current(self) -> object:
        """The current record, or None."""
        index = self.view.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def select(self, number: int) -> None:
        """Make a row current and bring it into sight."""
        if self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(number, 0))

    def set_empty(self, text: str) -> None:
        """Say why there are no rows."""
        self._empty.set_text(text)

    def empty_text(self) -> str:
        """The words shown while there are no rows."""
        return self._empty.text()

    def _size(self) -> None:
        metrics = self.view.fontMetrics()
        header = self.view.horizontalHeader()
        for number, column in enumerate(self._model.columns()):
            mode = (
                QHeaderView.ResizeMode.Stretch if column.stretch
                else QHeaderView.ResizeMode.Interactive
            )
            header.setSectionResizeMode(number, mode)
            words = max(metrics.horizontalAdvance("汉") * column.chars,
                        metrics.horizontalAdvance(column.title))
            header.resizeSection(number, words + 28)
        row = metrics.height() + 14
        self.view.verticalHeader().setDefaultSectionSize(row)
        self.view.setMinimumHeight(3 * row)

    def _on_reset(self) -> None:
        rows = self._model.rowCount()
        self.view.setVisible(rows > 0)
        self._empty.setVisible(rows == 0)
        # Qt's Tab chain ends at a proxy that is hidden; the stubs leave out that None is allowed
        self.setFocusProxy(self.view if rows else cast(QWidget, None))
        self._size()
        if rows:
            self.select(0)
        else:
            self.selected.emit(None)

    def _on_opened(self) -> None:
        record = self.current()
        if record is not None:
            self.activated.emit(record)

    def _on_row(self) -> None:
        self.selected.emit(self.current())
