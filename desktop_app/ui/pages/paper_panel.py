"""Papers beside their pages: what the pages of a case's and of a batch's papers share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import CounterError
from desktop_app.services.sheets import CaseSheet, PaperSheet
from desktop_app.ui.pages.page import Page
from desktop_app.ui.pages.work_line import WorkLine
from desktop_app.ui.viewmodels.papers import PapersModel
from desktop_app.ui.viewmodels.work import Work
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.frames import EmptyState
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.page_preview import PagePreview
from desktop_app.ui.widgets.record_table import R, RecordTable

_TURNS: Mapping[int, int] = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class PaperPanel(QWidget):
    """A list of papers with its progress at the left, the pages of one of them at the right.

    ``below`` takes what a page wants between the list and the progress.
    """

    def __init__(
        self, records: RecordTable[R], work: Work, *, empty: str, hint: str,
    ) -> None:
        """``empty`` stands in place of the list, ``hint`` in place of the pages."""
        super().__init__()
        self.table = CaseTable("文书", records, empty=empty)
        self.preview = PagePreview()
        self._hint = EmptyState(hint)
        self.below = QVBoxLayout()
        self.below.setSpacing(8)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.table, 1)
        left.addLayout(self.below)
        left.addWidget(WorkLine(work))
        right = QVBoxLayout()
        right.addWidget(self._hint, 1)
        right.addWidget(self.preview, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.table.view.installEventFilter(self)
        self.show_no_pages()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that turn pages do so while the list has the focus, too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = _TURNS.get(event.key())
            if by is not None and not self.preview.isHidden():
                self.preview.turn(by)
                return True
        return super().eventFilter(watched, event)

    def show_no_pages(self) -> None:
        """Nothing is looked at."""
        self.preview.setVisible(False)
        self._hint.setVisible(True)

    def show_pages(
        self, paper: str, pages: Sequence[bytes], *, first: int = 1, of: int = 0, at: int = 0
    ) -> None:
        """Show the pages of a paper; see PagePreview."""
        self._hint.setVisible(False)
        self.preview.setVisible(True)
        self.preview.set_pages(pages, first=first, of=of, at=at)
        if of:
            last = first + len(pages) - 1
            self.preview.setAccessibleDescription(f"{paper}第 {first} 至 {last} 页")


class PaperNews(QObject):
    """Says on a page what became of the papers of a case, while the page is in sight."""

    def __init__(self, page: Page, model: PapersModel) -> None:
        super().__init__(page)
        self._page = page
        model.printed.connect(self._on_printed)
        model.print_failed.connect(self._on_print_failed)
        model.refused.connect(self._on_refused)

    def _on_printed(self, sheets: tuple[PaperSheet, ...]) -> None:
        self._say(Level.OK, f"已送打印机：{'、'.join(s.paper.title for s in sheets)}")

    def _on_print_failed(self, error: CounterError) -> None:
        self._say(Level.WARN, f"文书已保存，未打印：{error}")

    def _on_refused(self, error: CounterError) -> None:
        self._say(Level.WARN, str(error))

    def _say(self, level: Level, words: str) -> None:
        if self._page.isVisible():
            self._page.say(level, words)


def about(sheet: CaseSheet) -> str:
    """Whose papers these are: name, way to settle, number."""
    case = sheet.case
    parts = (case.answers.get("applicant.name", ""), sheet.procedure.title, case.number)
    return "　".join(part for part in parts if part)


def rare_words(sheet: PaperSheet) -> str:
    """What to know about characters drawn by the supplementary font; empty when there are none."""
    rare = "、".join(sheet.fallback_glyphs)
    return f"“{rare}”用补充字库打印，先看预览。机打不清时改用手写栏" if rare else ""


def state_words(paper: Paper) -> str:
    """Where a paper that was made and sent to the printer stands."""
    if paper.voided:
        return "已作废"
    return "补打" if paper.reprint_of else "已打印"
