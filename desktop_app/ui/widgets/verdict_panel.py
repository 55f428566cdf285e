"""The verdict (判定), always in sight: what is missing first, the clause second."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.frames import Scroller
from desktop_app.ui.widgets.icons import IconMark
from desktop_app.ui.widgets.plain import PlainLabel, restyle, set_name
from desktop_app.ui.widgets.row_list import ListRow, RowList


class Standing(Enum):
    """Where a case or a rule stands. Not eligible is no error and never red."""

    ELIGIBLE = "eligible"
    INCOMPLETE = "incomplete"
    SUPERVISOR = "supervisor"
    OTHER_WAY = "other_way"

    @property
    def icon(self) -> str:
        """✓ ◐ ↑ →"""
        return {"eligible": "tick", "incomplete": "half", "supervisor": "up",
                "other_way": "arrow"}[self.value]

    @property
    def colour(self) -> str:
        """Ink of the icon."""
        return {"eligible": TOKENS.ok, "incomplete": TOKENS.warn, "supervisor": TOKENS.primary,
                "other_way": TOKENS.primary}[self.value]

    @property
    def level(self) -> str:
        """The level the style sheet knows."""
        return {"eligible": "ok", "incomplete": "warn", "supervisor": "hint",
                "other_way": "hint"}[self.value]


@dataclass(frozen=True)
class FindingLine:
    """One rule as judged: words, what to do, the citation as people read it, and ids to go on.

    ``field_id`` is where Enter leads, ``clause`` what F1 opens; both may be empty.
    """

    standing: Standing
    text: str
    remedy: str = ""
    citation: str = ""
    field_id: str = ""
    clause: str = ""


@dataclass(frozen=True)
class VerdictView:
    """What the panel shows."""

    standing: Standing
    headline: str
    procedure: str = ""
    summary: str = ""
    findings: tuple[FindingLine, ...] = ()


_ONE_LINE = 36
_HEAD_GAP, _MARK = 10, 1.15
_LIST_EDGES, _ROW_SIDES, _ROW_EDGES = 4, 26, 18
"""What a row takes beside and around its words: edges, ring, gap."""
_FIRST = (Standing.INCOMPLETE, Standing.SUPERVISOR, Standing.OTHER_WAY, Standing.ELIGIBLE)


def _text_height(of: QWidget, words: str, width: int) -> int:
    wrap = int(Qt.TextFlag.TextWordWrap)
    return of.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), wrap, words).height() + 1


def _height(label: PlainLabel, width: int) -> int:
    return label.heightForWidth(width) if label.wordWrap() else label.sizeHint().height()


class VerdictPanel(QFrame):
    """Icon, headline, procedure, findings. Enter on a finding: ``jump``; F1: ``clause_asked``."""

    jump = Signal(str)
    clause_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "verdict")
        self._findings: tuple[FindingLine, ...] = ()
        self._icon = IconMark(factor=1.7, parent=self)
        self._headline = PlainLabel(role="verdict", wrap=True, parent=self)
        self._procedure = PlainLabel(role="strong", wrap=True, parent=self)
        self._summary = PlainLabel(role="small", wrap=True, parent=self)
        self.list = RowList("判定依据", self, takes_help=True)
        self.list.activated.connect(self._on_activated)
        self.list.asked.connect(self._on_asked)
        self._hint = PlainLabel(role="hint", parent=self)
        head = QHBoxLayout()
        head.setSpacing(_HEAD_GAP)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._headline, 1)
        inside = QWidget(self)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.list)
        rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 10, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._procedure)
        column.addWidget(self._summary)
        reasons = Scroller(inside, self)
        reasons.setMinimumHeight(_ONE_LINE)  # in a low window the headline must stay whole
        column.addWidget(reasons, 1)
        column.addWidget(self._hint)
        self.show_view(VerdictView(Standing.INCOMPLETE, "尚未录入"))

    def show_view(self, view: VerdictView) -> None:
        """Show a verdict: what is missing comes first; the current row stays where it was."""
        restyle(self, level=view.standing.level)
        self._icon.show_icon(view.standing.icon, view.standing.colour)
        self._headline.setText(view.headline)
        for label, words in ((self._procedure, view.procedure), (self._summary, view.summary)):
            label.setText(words)
            label.setVisible(bool(words))
        ordered = tuple(sorted(view.findings, key=lambda line: _FIRST.index(line.standing)))
        if ordered != self._findings:
            self._findings = ordered
            self.list.set_rows([self._row(line) for line in ordered])
        self._hint.setText("   ".join(words for words, wanted in (
            ("Enter 去补此项", any(line.field_id for line in ordered)),
            ("F1 看条文", any(line.clause for line in ordered)),
        ) if wanted))
        self._fit_hint()
        set_name(self, f"判定：{self._headline.text()}")

    def whole_height(self, width: int) -> int:
        """How high it is at a width when nothing scrolls, in pixels.

        Counted from the words: rows just made have no size yet.
        """
        column = self.layout()
        if column is None:
            return 0
        edges = column.contentsMargins()
        inner = width - edges.left() - edges.right()
        shown = [
            label for label in (self._procedure, self._summary, self._hint)
            if not label.isHidden()
        ]
        beside = self._icon.sizeHint().width() + _HEAD_GAP
        parts = [
            max(self._icon.sizeHint().height(), _height(self._headline, inner - beside)),
            *(_height(label, inner) for label in shown),
            _LIST_EDGES + sum(self._row_height(line, inner) for line in self._findings),
        ]
        return sum(parts) + (len(parts) - 1) * column.spacing() + edges.top() + edges.bottom()

    def _row_height(self, line: FindingLine, width: int) -> int:
        room = width - _ROW_SIDES - IconMark(factor=_MARK).sizeHint().width()
        parts = ((line.text, self), (line.remedy, self._summary), (line.citation, self._hint))
        return _ROW_EDGES + sum(_text_height(of, words, room) for words, of in parts if words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep headline and clause whole."""
        super().resizeEvent(event)
        self._fit_hint()

    def _fit_hint(self) -> None:
        """The keys are said where there is room: all else comes first."""
        layout, words = self.layout(), self._hint.text()
        if layout is None:
            return
        need = layout.totalMinimumHeightForWidth(self.width())
        if self._hint.isHidden():
            need += self._hint.sizeHint().height() + layout.spacing()
        self._hint.setVisible(bool(words) and need <= self.height())

    def headline(self) -> str:
        """The words on top."""
        return self._headline.text()

    def findings(self) -> tuple[FindingLine, ...]:
        """The findings in the order shown."""
        return self._findings

    def _row(self, line: FindingLine) -> ListRow:
        row = ListRow("。".join(p for p in (line.text, line.remedy, line.citation) if p), self.list)
        outer = QHBoxLayout(row)
        outer.setContentsMargins(6, 5, 6, 5)
        outer.setSpacing(8)
        mark = IconMark(line.standing.icon, line.standing.colour, factor=_MARK, parent=row)
        outer.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(PlainLabel(line.text, wrap=True, parent=row))
        if line.remedy:
            words.addWidget(PlainLabel(line.remedy, role="small", wrap=True, parent=row))
        if line.citation:
            words.addWidget(PlainLabel(line.citation, role="hint", wrap=True, parent=row))
        outer.addLayout(words, 1)
        return row

    def _on_activated(self, index: int) -> None:
        if self._findings[index].field_id:
            self.jump.emit(self._findings[index].field_id)

    def _on_asked(self, index: int) -> None:
        if self._findings[index].clause:
            self.clause_asked.emit(self._findings[index].clause)
