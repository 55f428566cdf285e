"""All answers once more before submitting (核对), each block with its way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import KeyButton
from desktop_app.ui.widgets.frames import Card
from desktop_app.ui.widgets.plain import PlainLabel, set_name
from desktop_app.ui.widgets.words import is_figures

_ONE_COLUMN, _TWO_COLUMNS = 20, 36
_LONG = 20
"""Words of more characters than these have a row of their own."""


@dataclass(frozen=True)
class AnswerBlock:
    """One block: id, title, and (label, words) of its answers; ``--`` stands for no answer."""

    id: str
    title: str
    answers: tuple[tuple[str, str], ...]


class CheckAnswers(QWidget):
    """Blocks in two columns of label and words, in one where the room is narrow.

    ``change`` carries the id of a block.
    While the focus is inside, the digit printed on a block's button leads there too.
    """

    change = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[KeyButton] = []
        self._cards: list[Card] = []
        self._grids: list[QGridLayout] = []
        self._labels: dict[int, list[PlainLabel]] = {0: [], 2: []}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        self._blocks: tuple[AnswerBlock, ...] = ()
        self._narrow = False

    def show_blocks(self, blocks: Sequence[AnswerBlock]) -> None:
        """Show all blocks."""
        self._blocks = tuple(blocks)
        self._build()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one label and its words."""
        high = super().minimumSizeHint().height()
        return QSize(self.fontMetrics().horizontalAdvance("汉") * _ONE_COLUMN, high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two do not fit."""
        super().resizeEvent(event)
        narrow = self.width() < self.fontMetrics().horizontalAdvance("汉") * _TWO_COLUMNS
        if narrow is not self._narrow:
            self._narrow = narrow
            self._build()

    def _build(self) -> None:
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()  # else Qt may still show it, as a window
            card.setParent(None)
            card.deleteLater()
        self._cards, self._buttons = [], []
        self._grids, self._labels = [], {0: [], 2: []}
        for number, block in enumerate(self._blocks, start=1):
            self._column.insertWidget(len(self._cards), self._card(number, block))
        self._align()

    def _align(self) -> None:
        """The words of all blocks stand in the same two lines."""
        for half in (0, 2):
            widest = max((x.sizeHint().width() for x in self._labels[half]), default=0)
            for grid in self._grids:
                grid.setColumnMinimumWidth(half, widest)

    def buttons(self) -> tuple[KeyButton, ...]:
        """The 更改 buttons in order."""
        return tuple(self._buttons)

    def _card(self, number: int, block: AnswerBlock) -> Card:
        card = Card(block.title, parent=self)
        card.set_margins(16, 6, 16, 10)
        button = KeyButton("更改", str(number), parent=card)
        button.setObjectName(block.id)
        set_name(button, f"更改{block.title}，{number}")
        button.activated.connect(self._on_change)
        self._buttons.append(button)
        self._cards.append(card)
        head = QHBoxLayout()
        card.head.addLayout(head)
        head.addWidget(button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        top = Qt.AlignmentFlag.AlignTop
        row = half = 0
        for label, words in block.answers:
            long = len(words) > _LONG
            if long and half:
                row, half = row + 1, 0
            name = PlainLabel(label, role="label", parent=card)
            self._labels[2 * half].append(name)
            grid.addWidget(name, row, 2 * half, top | Qt.AlignmentFlag.AlignRight)
            told = PlainLabel(words or "--", wrap=not is_figures(words), parent=card)
            grid.addWidget(told, row, 2 * half + 1, 1, 3 if long else 1, top)
            row, half = (row + 1, 0) if half or long or self._narrow else (row, 1)
        self._grids.append(grid)
        card.body.addLayout(grid)
        return card

    def _on_change(self) -> None:
        self.change.emit(self.sender().objectName())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit leads to its block."""
        place = event.key() - Qt.Key.Key_1
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and 0 <= place < len(self._buttons):
            self._buttons[place].click()
            return
        super().keyPressEvent(event)
