"""The papers of a case: preview of the very bytes, issue, print, print again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import CounterError
from desktop_app.services.sheets import PaperChoice, PaperSheet
from desktop_app.ui.jobs import Cancelled, Jobs, Progress
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.sign_in import as_counter_error
from desktop_app.ui.viewmodels.work import Work

PREVIEW_DPI = 110


class PapersModel(Work):
    """Renders and prints outside the window's thread; one job at a time.

    ``previewed`` carries a PaperSheet and its pages as PNG bytes. A paper whose printing went
    wrong stays issued: ``print_failed`` says so, and it can be printed again.
    """

    listed = Signal(object, object)
    previewed = Signal(object, object)
    issued = Signal(object)
    printed = Signal(object)
    print_failed = Signal(object)

    def __init__(self, counter: Counter, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._counter = counter
        self.case_id = ""
        self.choices: tuple[PaperChoice, ...] = ()
        self.papers: tuple[Paper, ...] = ()

    @property
    def counter(self) -> Counter:
        """The session behind the page."""
        return self._counter

    def load(self, case_id: str) -> None:
        """What the case can have, and what was printed."""
        self.case_id = case_id
        try:
            self.choices = self._counter.certificates.choices(case_id)
            self.papers = self._counter.certificates.of_case(case_id)
        except CounterError as error:
            self.refused.emit(error)
            return
        self.listed.emit(self.choices, self.papers)

    def preview(self, form: str) -> None:
        """Show a paper as it would be printed now."""
        case_id, certificates = self.case_id, self._counter.certificates
        self.run(
            "正在画预览",
            lambda progress: self._with_pages(certificates.preview(case_id, form)),
            self._on_previewed,
        )

    def show_stored(self, paper_id: str) -> None:
        """Show the kept bytes of a paper."""
        certificates = self._counter.certificates
        self.run(
            "正在画预览",
            lambda progress: self._with_pages(certificates.stored(paper_id)), self._on_previewed,
        )

    def issue(self, case_id: str, forms: Sequence[str]) -> None:
        """Issue papers and send them to the printer, in order."""
        certificates = self._counter.certificates

        def work(progress: Progress) -> tuple[PaperSheet, ...]:
            sheets = []
            for index, form in enumerate(forms):
                progress.report(index, len(forms), "正在生成文书")
                sheets.append(certificates.issue(case_id, form))
            return tuple(sheets)

        def done(sheets: tuple[PaperSheet, ...]) -> None:
            self.issued.emit(sheets)
            self._relist(case_id)
            self.send(sheets)
        self.run("正在生成文书", work, done, stoppable=False, patient=True)

    def reprint(self, paper_id: str, reason: str) -> None:
        """Print the kept bytes again, marked 补打, keeping the reason."""
        certificates = self._counter.certificates

        def work(_: Progress) -> tuple[PaperSheet, ...]:
            return (certificates.reprint(paper_id, reason),)

        def done(sheets: tuple[PaperSheet, ...]) -> None:
            self.issued.emit(sheets)
            self._relist(self.case_id)
            self.send(sheets)
        self.run("正在生成补打件", work, done, stoppable=False, patient=True)

    def void(self, paper_id: str, reason: str) -> None:
        """Void a paper, keeping the reason."""
        try:
            self._counter.certificates.void(paper_id, reason)
        except CounterError as error:
            self.refused.emit(error)
            return
        self._relist(self.case_id)

    def send(self, sheets: Sequence[PaperSheet]) -> None:
        """Print bytes that are already kept."""
        printer, name = self._counter.printer, self._printer_name()

        def work(progress: Progress) -> tuple[PaperSheet, ...]:
            for sheet in sheets:
                title = sheet.paper.title

                def told(done: int, total: int, title: str = title) -> None:
                    progress.report(done, total, f"正在打印{title}")
                printer.send(sheet.pdf, printer=name, progress=told)
            return tuple(sheets)
        self.run(
            "正在打印", work, self.printed.emit, failed=self._on_print_failed, endless=True,
            patient=True,
        )

    # ---- inside

    def _printer_name(self) -> str:
        return self._counter.preferences.printer() or self._counter.station.printer

    def _with_pages(self, sheet: PaperSheet) -> tuple[PaperSheet, tuple[bytes, ...]]:
        return sheet, tuple(self._counter.pages(sheet.pdf, PREVIEW_DPI))

    def _on_previewed(self, found: tuple[PaperSheet, tuple[bytes, ...]]) -> None:
        self.previewed.emit(*found)

    def _relist(self, case_id: str) -> None:
        if case_id == self.case_id:
            self.load(case_id)

    def _on_print_failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            error = CounterError("打印已停止", "文书已保存，按 Ctrl+P 再打")
        self.print_failed.emit(as_counter_error(error))
