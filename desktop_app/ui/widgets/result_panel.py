"""How it ended: the number, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel, restyle, set_name
from desktop_app.ui.widgets.tones import tone_of


@dataclass(frozen=True)
class ResultView:
    """Level, headline, the reference number if there is one, and the next steps in order."""

    level: Level
    headline: str
    number: str = ""
    next_steps: tuple[str, ...] = ()


class ResultPanel(QFrame):
    """A confirmation that is read at arm's length; the number can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self._icon = IconMark(factor=2.4, parent=self)
        self._headline = PlainLabel(role="verdict", wrap=True, parent=self)
        self._number = PlainLabel(role="number", parent=self)
        self._number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        set_name(self._number, "编号")
        self._steps = QVBoxLayout()
        self._steps.setSpacing(6)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._headline)
        words.addWidget(self._number, 0, Qt.AlignmentFlag.AlignLeft)
        words.addLayout(self._steps)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(18)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_result(self, view: ResultView) -> None:
        """Show how it ended."""
        tone = tone_of(view.level)
        restyle(self, level=view.level.value)
        self._icon.show_icon(tone.icon, tone.ink)
        self._headline.setText(view.headline)
        set_name(self._headline, f"{view.level.spoken}：{self._headline.text()}")
        self._number.setText(view.number)
        self._number.setVisible(bool(view.number))
        while (item := self._steps.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # else Qt may still show it, as a window
                old.setParent(None)
                old.deleteLater()
        for step in view.next_steps:
            self._steps.addWidget(self._step(step))

    def _step(self, text: str) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        mark = IconMark("next", TOKENS.primary, factor=1.0, parent=line)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(text, wrap=True, parent=line), 1)
        return line

    def text(self) -> str:
        """Headline and number."""
        return f"{self._headline.text()} {self._number.text()}".strip()
