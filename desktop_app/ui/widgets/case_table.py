"""A list of cases or persons: keyboard first, quick with a hundred thousand rows."""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
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

_AROUND = 28
"""Room beside the words of a cell: padding of the style sheet and Qt's own margin, twice."""
_MEASURED = 40
_STRETCH_CHARS = 20
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
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.resized.emit()

    def sizeHint(self) -> QSize:
        """No higher than it must be: the page says how much of its room a list gets."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

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
        self._needs: list[int] = []
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
        self.view.resized.connect(self._fit)
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
        row = metrics.height() + 14
        self.view.verticalHeader().setDefaultSectionSize(row)
        self.view.setMinimumHeight(3 * row)
        self._needs = [self._need(number) for number in range(len(self._model.columns()))]
        self._fit()

    def _usual(self, number: int) -> int:
        """The width a column was given."""
        column, metrics = self._model.columns()[number], self.view.fontMetrics()
        words = metrics.horizontalAdvance("汉") * column.chars
        return max(words, metrics.horizontalAdvance(column.title)) + _AROUND

    def _need(self, number: int) -> int:
        """The width its first words take; of a column that stretches, twenty characters at most."""
        column, metrics = self._model.columns()[number], self.view.fontMetrics()
        widest = max((
            metrics.horizontalAdvance(str(self._model.index(row, number).data() or ""))
            for row in range(min(self._model.rowCount(), _MEASURED))
        ), default=0)
        if column.stretch:
            widest = min(widest, metrics.horizontalAdvance("汉") * _STRETCH_CHARS)
        return max(widest, metrics.horizontalAdvance(column.title)) + _AROUND

    def _fit(self) -> None:
        """Usual widths where there is room; else as narrow as the words, then without the spare."""
        columns, header = self._model.columns(), self.view.horizontalHeader()
        if len(self._needs) != len(columns):
            return
        room = self.view.width() - self.view.verticalScrollBar().sizeHint().width()
        usual = [
            self._needs[n] if column.stretch else self._usual(n)
            for n, column in enumerate(columns)
        ]
        widths = usual if sum(usual) <= room else [
            min(need, given) for need, given in zip(self._needs, usual, strict=True)
        ]
        left_out: set[int] = set()
        spare = sorted(
            (n for n, column in enumerate(columns) if column.spare),
            key=lambda n: -columns[n].spare,
        )
        for number in spare:
            if sum(w for n, w in enumerate(widths) if n not in left_out) <= room:
                break
            left_out.add(number)
        for number, column in enumerate(columns):
            header.setSectionHidden(number, number in left_out)
            header.setSectionResizeMode(number, (
                QHeaderView.ResizeMode.Stretch if column.stretch
                else QHeaderView.ResizeMode.Interactive
            ))
            header.resizeSection(number, widths[number])

    def changeEvent(self, event: QEvent) -> None:
        """Another text size takes other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._needs:
            self._size()

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
