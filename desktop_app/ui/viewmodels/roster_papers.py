"""The papers of a batch: thousands of pages, shown and printed a few at a time.

A page is a picture of nine million points when it goes to the printer; only a handful of them is
ever held, and after a jam printing goes on at the page that did not come out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.batch import Batch, BatchKind
from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import CounterError
from desktop_app.services.batch_printing import BatchPrinting
from desktop_app.services.sheets import PaperSheet
from desktop_app.ui.jobs import Cancelled, Jobs, Progress
from desktop_app.ui.viewmodels.counter import Counter, Cut
from desktop_app.ui.viewmodels.sign_in import as_counter_error
from desktop_app.ui.viewmodels.work import Work, counting

PREVIEW_DPI = 110
SHOWN_AT_ONCE = 4
SENT_AT_ONCE = 8
_BLOCK = 25 * SENT_AT_ONCE


class BatchPapersModel(Work):
    """Makes, shows and prints the papers of one batch.

    ``listed`` carries the papers, newest first; ``previewed`` the paper, the number of the first
    page shown and the pages as PNG bytes; ``stopped_at`` the error and the first page that did
    not reach the printer.
    """

    listed = Signal(object)
    made = Signal(object)
    previewed = Signal(object, int, object)
    printed = Signal(object, int, int)
    stopped_at = Signal(object, int)

    def __init__(self, counter: Counter, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._counter = counter
        self.batch: Batch | None = None
        self._people = 0
        self.papers: tuple[Paper, ...] = ()
        self._held: tuple[str, bytes] = ("", b"")
        self.next_page: dict[str, int] = {}

    def open(self, batch: Batch, papers: tuple[Paper, ...], people: int) -> None:
        """Take up a batch with its papers; ``people`` wait for theirs, 0 for nobody."""
        self.batch, self._people = batch, people
        self._list(papers)

    @property
    def can_make(self) -> bool:
        """Whether there is somebody to print for."""
        return self._people > 0

    @property
    def leaving(self) -> bool:
        """Whether the batch is one of graduates."""
        return self.batch is not None and self.batch.kind is BatchKind.DEPARTURE

    # ---- making

    def make_all(self) -> None:
        """Make everything of the batch as one paper."""
        if self.batch is None or not self.can_make:
            return
        batch_id, students, people = self.batch.id, self._counter.students, self._people

        def work(progress: Progress) -> PaperSheet:
            if self.leaving:
                return students.graduation.print_certificates(
                    batch_id, progress=counting(progress, people, "正在生成户口迁移证")
                )
            return students.papers.print_all(
                batch_id, progress=counting(progress, 1 + 2 * people, "正在生成登记表和登记卡")
            )

        def done(sheet: PaperSheet) -> None:
            self._people = 0
            self._on_made(sheet)
        self.run("正在生成文书", work, done)

    def make_reconciliation(self, *, send: bool) -> None:
        """Make the reconciliation sheet as a paper, and print it at once if asked to."""
        if self.batch is None:
            return
        batch_id, papers = self.batch.id, self._counter.students.papers

        def done(sheet: PaperSheet) -> None:
            self._on_made(sheet)
            if send:
                self.send(sheet.paper, 1, sheet.paper.pages)
        self.run("正在生成核对单", lambda progress: papers.reconciliation(batch_id), done)

    def print_again(self, paper: Paper, first: int, last: int, reason: str) -> None:
        """Spoiled pages once more: marked 补打, and sent to the printer."""
        service = self._service()

        def work(_: Progress) -> PaperSheet:
            return service.resend(paper.id, first, last, reason)

        def done(sheet: PaperSheet) -> None:
            self._on_made(sheet)
            self.send(sheet.paper, 1, sheet.paper.pages)
        self.run("正在生成补打页", work, done)

    # ---- showing and printing

    def preview(self, paper: Paper, first: int = 1) -> None:
        """Show some pages from ``first`` on."""
        cut, pages = self._counter.students.cut, self._counter.pages
        last = min(first + SHOWN_AT_ONCE - 1, paper.pages)

        def work(_: Progress) -> tuple[bytes, ...]:
            shown = cut(self._bytes(paper), first, last)
            return tuple(islice(pages(shown, PREVIEW_DPI), SHOWN_AT_ONCE))

        def done(images: tuple[bytes, ...]) -> None:
            self.previewed.emit(paper, first, images)
        self.run("正在画预览", work, done)

    def send(self, paper: Paper, first: int, last: int) -> None:
        """Print pages ``first`` to ``last``, a few at a time.

        Pages after the first are those that did not come out before; the journal says so.
        """
        students, printer, name = self._service(), self._counter.printer, self._printer_name()
        cut = self._counter.students.cut
        self.next_page[paper.id] = first

        def work(progress: Progress) -> None:
            resumed = first > 1
            whole = students.part(paper.id, first, last).pdf if resumed else self._bytes(paper)
            total = last - first + 1
            for before, count, some in _pieces(cut, whole, total):

                def told(done: int, _: int, before: int = before) -> None:
                    self.next_page[paper.id] = first + before + done
                    progress.report(before + done, total, "正在打印")
                printer.send(some, printer=name, progress=told)
                self.next_page[paper.id] = first + before + count

        def done(_: None) -> None:
            self.printed.emit(paper, first, last)

        def failed(error: Exception) -> None:
            page = min(self.next_page[paper.id], last)
            words = CounterError("打印已停止") if isinstance(error, Cancelled) else error
            self.stopped_at.emit(as_counter_error(words), page)
        self.run("正在打印", work, done, failed=failed, endless=True)

    # ---- inside

    def _service(self) -> BatchPrinting:
        students = self._counter.students
        return students.graduation if self.leaving else students.papers

    def _bytes(self, paper: Paper) -> bytes:
        """The bytes of a paper; those of the one looked at last are at hand."""
        held, pdf = self._held
        if held != paper.id:
            pdf = self._service().stored(paper.id).pdf
            self._held = paper.id, pdf
        return pdf

    def _printer_name(self) -> str:
        return self._counter.preferences.printer() or self._counter.station.printer

    def _on_made(self, sheet: PaperSheet) -> None:
        self._held = sheet.paper.id, sheet.pdf
        self._list((*reversed(self.papers), sheet.paper))
        self.made.emit(sheet)

    def _list(self, papers: tuple[Paper, ...]) -> None:
        """Papers come oldest first and are shown newest first."""
        self.papers = tuple(reversed(papers))
        self.listed.emit(self.papers)


def _pieces(cut: Cut, whole: bytes, total: int) -> Iterator[tuple[int, int, bytes]]:
    """Pages before it, pages in it, and the bytes of each piece that goes to the printer.

    Opening a file of thousands of pages takes long; so pieces are cut from blocks of it.
    """
    for start in range(0, total, _BLOCK):
        size = min(_BLOCK, total - start)
        block = cut(whole, start + 1, start + size)
        for place in range(0, size, SENT_AT_ONCE):
            count = min(SENT_AT_ONCE, size - place)
            yield start + place, count, cut(block, place + 1, place + count)
