"""The papers of a batch: looked at, printed whole, resumed at the page where the printer jammed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import CounterError
from desktop_app.services.sheets import PaperSheet
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.paper_panel import PaperPanel, rare_words, state_words
from desktop_app.ui.pages.work_line import way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.viewmodels.roster_papers import SHOWN_AT_ONCE, BatchPapersModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.number_edit import NumberEdit
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.record_table import Column, RecordTable

_NEVER, _SPOILED = "never", "spoiled"


class RosterPapersPage(Page):
    """Papers at the left, the first pages at the right; Ctrl+P prints, J goes on after a jam."""

    heading = "整批打印"

    def __init__(
        self, model: BatchPapersModel, ask: Ask, go: Go, keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._ask = model, ask
        self.panel = PaperPanel(
            RecordTable(_columns()), model, empty="还没有生成文书",
            hint="文书生成后在这里看前几页",
        )
        self.table = self.panel.table
        self.hint(self.table.set_empty, "还没有生成文书。按 Ctrl+P 生成")
        self.first = NumberEdit("papers.first", "从第几页", unit="页")
        self.last = NumberEdit("papers.last", "到第几页", unit="页")
        self.copy = PlainLabel(role="hint")
        self._wanted = 0
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("batch_print", "打印", self._print, kind=Kind.PRIMARY,
                         under="reprint"),
                self.act("jam", "卡纸续打", self._jam, letter="J"),
                self.act("look", "看所填的页", self._look, letter="V"),
                self.act("reconcile", "打印核对单", self._reconcile, letter="R"),
            ),
            self.act("back", "返回", way_out(self, model, go.back), kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        form = FormGrid(columns=2)
        form.begin_section("pages", "页码")
        form.add(self.first, span=1)
        form.add(self.last, span=1)
        form.finished.connect(self.focus_first)
        self.panel.below.addWidget(self.copy)
        self.panel.below.addWidget(form)
        self.body.addWidget(self.panel, 1)

    def _connect(self) -> None:
        model = self._model
        model.listed.connect(self._on_listed)
        model.made.connect(self._on_made)
        model.previewed.connect(self._on_previewed)
        model.printed.connect(self._on_printed)
        model.stopped_at.connect(self._on_stopped_at)
        model.refused.connect(self._on_refused)
        model.stopped.connect(self._on_stopped)
        self.table.activated.connect(self._show)
        self.table.selected.connect(self._on_selected)
        self.panel.preview.beyond.connect(self._on_beyond)

    # ---- Page

    def entered(self) -> None:
        """Show the batch in hand."""
        self.say(Level.HINT, "")
        batch = self._model.batch
        if batch is not None:
            kind = "毕业迁出" if self._model.leaving else batch.file
            self.state_label.setText(f"{batch.school_name}　{kind}")
        self.bar.set_shown("reconcile", not self._model.leaving)
        self._on_listed(self._model.papers)
        paper = self.current()
        if paper is not None:
            self._show(paper)

    def focus_first(self) -> None:
        """To the papers."""
        if self._model.papers:
            self.table.setFocus()
        else:
            self.bar.button("batch_print").setFocus()

    def current(self) -> Paper | None:
        """The paper under the cursor."""
        paper = self.table.current()
        return paper if isinstance(paper, Paper) else None

    # ---- acts

    def _print(self) -> None:
        paper = self.current()
        if self._model.is_busy():
            return
        if self._model.can_make:
            self._model.make_all()
        elif paper is not None:
            self._model.send(paper, 1, paper.pages)
        else:
            self.say(Level.HINT, "没有要打印的人")

    def _jam(self) -> None:
        """Pages that never came out are the same paper; those that came out spoiled are 补打."""
        paper, pages = self.current(), self._range()
        if paper is None or pages is None or self._model.is_busy():
            return
        first, last = pages
        how = self._ask.choose(
            "卡纸续打", f"{paper.title}，第 {first:,} 至 {last:,} 页，共 {last - first + 1:,} 页。",
            (Option(_NEVER, "没打出来，接着打", "N"), Option(_SPOILED, "打坏了，补打", "D")),
        )
        if how == _NEVER:
            self._model.send(paper, first, last)
        elif how == _SPOILED:
            reason = self._ask.reason("补打", "补打页印“补打”字样并留痕，写明原因")
            if reason:
                self._model.print_again(paper, first, last, reason)

    def _look(self) -> None:
        paper, pages = self.current(), self._range()
        if paper is not None and pages is not None:
            self._model.preview(paper, pages[0])

    def _reconcile(self) -> None:
        self._model.make_reconciliation(send=True)

    def _range(self) -> tuple[int, int] | None:
        """The pages asked for, or None with the reason at the field."""
        paper = self.current()
        if paper is None:
            return None
        for field in (self.first, self.last):
            text = field.text()
            if not text.isdigit() or not 1 <= int(text) <= paper.pages:
                field.set_message(Level.ERROR, f"{field.label}填 1 至 {paper.pages}")
                field.focus_line()
                return None
        first, last = int(self.first.text()), int(self.last.text())
        if first > last:
            self.last.set_message(Level.ERROR, f"到第几页不能小于 {first}")
            self.last.focus_line()
            return None
        return first, last

    def _show(self, paper: object) -> None:
        if isinstance(paper, Paper):
            self._model.preview(paper)

    # ---- what changed

    def _on_listed(self, papers: tuple[Paper, ...]) -> None:
        self.table.model().set_rows(papers)
        making = self._model.can_make
        self.bar.button("batch_print").set_words("生成文书" if making else "打印")
        self.bar.block("batch_print", () if papers or making else ("没有要打印的人",))
        if not papers:
            self._on_selected(None)

    def _on_selected(self, paper: object) -> None:
        found = paper if isinstance(paper, Paper) else None
        lacking = () if found is not None else ("先生成文书",)
        for act in ("jam", "look"):
            self.bar.block(act, lacking)
        self.copy.setText(f"份号 {found.copy_number}" if found else "")
        if found is not None:
            first = self._model.next_page.get(found.id, 1)
            self.first.set_text(str(min(first, found.pages)))
            self.last.set_text(str(found.pages))

    def _on_made(self, sheet: PaperSheet) -> None:
        if not self.isVisible():
            return
        rare = rare_words(sheet)
        self.say(
            Level.WARN if rare else Level.OK,
            f"已生成 {sheet.paper.pages:,} 页，按 Ctrl+P 打印" + (f"。{rare}" if rare else ""),
        )
        self.table.setFocus()
        self._model.preview(sheet.paper)

    def _on_previewed(self, paper: Paper, first: int, images: tuple[bytes, ...]) -> None:
        self.panel.show_pages(
            paper.title, images, first=first, of=paper.pages, at=max(self._wanted, first)
        )
        self._wanted = 0

    def _on_beyond(self, number: int) -> None:
        """Leafing on past the pages at hand, or back before them, fetches the next ones."""
        paper = self.current()
        if paper is not None and not self._model.is_busy():
            back = number < self.panel.preview.page()
            self._wanted = number
            self._model.preview(paper, max(1, number - SHOWN_AT_ONCE + 1) if back else number)

    def _on_printed(self, paper: Paper, first: int, last: int) -> None:
        if self.isVisible():
            self.say(Level.OK, f"已送打印机：{paper.title}，第 {first:,} 至 {last:,} 页")

    def _on_stopped_at(self, error: CounterError, page: int) -> None:
        paper = self.current()
        if paper is not None:
            self.first.set_text(str(page))
            self.last.set_text(str(paper.pages))
        if self.isVisible():
            self.say(Level.WARN, f"{error}。第 {page:,} 页起没有打出，按 J 续打")

    def _on_refused(self, error: CounterError) -> None:
        if self.isVisible():
            self.say(Level.WARN, str(error))

    def _on_stopped(self) -> None:
        if self.isVisible():
            self.say(Level.HINT, "已停止，没有写入任何数据")


def _state(paper: Paper) -> str:
    """Where a paper stands; that it was made does not say that it came out of the printer."""
    return state_words(paper) if paper.voided or paper.reprint_of else "已生成"


def _columns() -> tuple[Column[Paper], ...]:
    return (
        Column("title", "文书", lambda p: p.title, stretch=True),
        Column("pages", "页数", lambda p: f"{p.pages:,}", chars=4, figures=True),
        Column("when", "时间", lambda p: minute_words(p.at), chars=7),
        Column("state", "状态", _state, chars=5),
    )
