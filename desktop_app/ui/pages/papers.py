"""The papers of a case: a list, and the very bytes on the screen before they are printed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import CounterError
from desktop_app.services.sheets import PaperChoice, PaperSheet
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.jobs import Step
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.viewmodels.papers import PapersModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.frames import EmptyState
from desktop_app.ui.widgets.job_progress import JobProgress
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.page_preview import PagePreview
from desktop_app.ui.widgets.record_table import Column, RecordTable


@dataclass(frozen=True)
class PaperLine:
    """One line of the list: a paper that can be issued, or one that was."""

    title: str
    state: str
    when: str = ""
    form: str = ""
    reason: str = ""
    paper: Paper | None = None


class PapersPage(Page):
    """List left, page right. Ctrl+P issues and prints, or prints again with a reason."""

    heading = "文书"

    def __init__(
        self, model: PapersModel, ask: Ask, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._ask, self._go = model, ask, go
        self._wanted = ""
        self._clock = QElapsedTimer()
        self._clock.start()
        self.table = CaseTable(
            "文书", RecordTable((
                Column("title", "文书", lambda x: x.title, stretch=True),
                Column("when", "时间", lambda x: x.when, chars=6),
                Column("state", "状态", lambda x: x.state, chars=6),
            )), empty="此件现在没有可打印的文书。Esc 返回",
        )
        self.preview = PagePreview()
        self.empty = EmptyState("↑ ↓ 选文书，Enter 看预览")
        self.progress = JobProgress(self._clock.elapsed)
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("print", "打印", self.print_current, kind=Kind.PRIMARY,
                         letter=keys.key("reprint")),
                self.act("show", "看预览", self._show_current, letter="V"),
                self.act("void", "作废", self._void, letter="Z", kind=Kind.DANGER),
            ),
            self.act("back", "返回", go.back, kind=Kind.QUIET),
        )

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.table, 1)
        left.addWidget(self.progress)
        right = QVBoxLayout()
        right.addWidget(self.empty, 1)
        right.addWidget(self.preview, 1)
        self.preview.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        model = self._model
        model.listed.connect(self._on_listed)
        model.previewed.connect(self._on_previewed)
        model.busy.connect(self._on_busy)
        model.stepped.connect(self._on_step)
        model.printed.connect(self._on_printed)
        model.print_failed.connect(self._on_print_failed)
        model.refused.connect(self._on_refused)
        self.progress.cancel_asked.connect(model.cancel)
        self.table.activated.connect(self._show)
        self.table.selected.connect(self._on_selected)

    # ---- Page

    def show_case(self, case_id: str, form: str = "", paper_id: str = "") -> None:
        """Show the papers of a case, one of them at once."""
        self.say(Level.HINT, "")
        self.preview.setVisible(False)
        self.empty.setVisible(True)
        self._wanted = form or paper_id
        self._model.load(case_id)

    def focus_first(self) -> None:
        """To the list."""
        self.table.setFocus()

    # ---- acts

    def current(self) -> PaperLine | None:
        """The line under the cursor."""
        line = self.table.current()
        return line if isinstance(line, PaperLine) else None

    def print_current(self) -> None:
        """Issue and print, or print again with a reason."""
        line = self.current()
        if line is None or self._model.is_busy():
            return
        if line.paper is None and not line.reason:
            self._model.issue(self._model.case_id, (line.form,))
        elif line.paper is not None and not line.paper.voided:
            reason = self._ask.reason("补打", f"{line.title}已打过。补打留痕，写明原因")
            if reason:
                self._model.reprint(line.paper.id, reason)
        else:
            self.say(Level.WARN, line.reason or "此文书已作废")

    def _void(self) -> None:
        line = self.current()
        if line is None or line.paper is None or line.paper.voided:
            self.say(Level.HINT, "选一份已打印的文书再作废")
            return
        answer = self._ask.choose(
            "作废文书", f"{line.title}作废后不能再用，编号保留。",
            (Option("void", "作废", "Y", dangerous=True),),
        )
        reason = self._ask.reason("作废原因", line.title) if answer == "void" else None
        if reason:
            self._model.void(line.paper.id, reason)

    def _show_current(self) -> None:
        self._show(self.current())

    def _show(self, line: object) -> None:
        if not isinstance(line, PaperLine) or self._model.is_busy():
            return
        if line.paper is not None:
            self._model.show_stored(line.paper.id)
        elif line.reason:
            self.say(Level.WARN, f"{line.title}现在不能打印：{line.reason}")
        else:
            self._model.preview(line.form)

    # ---- what changed

    def _on_selected(self, line: object) -> None:
        blocked = (line.reason,) if isinstance(line, PaperLine) and line.reason else ()
        self.bar.block("print", blocked)
        printed = isinstance(line, PaperLine) and line.paper is not None
        self.bar.block("void", () if printed else ("选一份已打印的文书",))

    def _on_listed(self, choices: tuple[PaperChoice, ...], papers: tuple[Paper, ...]) -> None:
        unprinted = sorted((c for c in choices if not c.printed), key=lambda c: bool(c.reason))
        lines = [_of_paper(p) for p in reversed(papers)] + [_of_choice(c) for c in unprinted]
        model = self.table.model()
        model.set_rows(lines)
        place = next(
            (i for i, x in enumerate(lines)
             if self._wanted and self._wanted in _ids(x)), 0
        )
        if lines:
            self.table.select(place)
        if self._wanted and lines:
            self._wanted = ""
            self._show(lines[place])

    def _on_previewed(self, sheet: PaperSheet, pages: tuple[bytes, ...]) -> None:
        self.empty.setVisible(False)
        self.preview.setVisible(True)
        self.preview.set_pages(pages)
        rare = "、".join(sheet.fallback_glyphs)
        if rare:
            self.say(Level.WARN, f"“{rare}”用补充字库打印，已预览。机打不清时改用手写栏")

    def _on_busy(self, on: bool) -> None:
        if on:
            self.progress.start("正在生成文书")
        else:
            self.progress.finish()

    def _on_step(self, step: Step) -> None:
        self.progress.report(step.done, step.total, step.words)

    def _on_printed(self, sheets: tuple[PaperSheet, ...]) -> None:
        if self.isVisible():
            self.say(Level.OK, f"已送打印机：{'、'.join(s.paper.title for s in sheets)}")

    def _on_print_failed(self, error: CounterError) -> None:
        if self.isVisible():
            self.say(Level.WARN, f"文书已保存，未打印：{error}")

    def _on_refused(self, error: CounterError) -> None:
        if self.isVisible():
            self.refuse(error)


def _of_choice(choice: PaperChoice) -> PaperLine:
    state = "可打印" if not choice.reason else "还不能打"
    return PaperLine(choice.title, state, form=choice.form, reason=choice.reason)


def _ids(line: PaperLine) -> tuple[str, ...]:
    """What a line answers to: its form, and the paper that was printed by it."""
    return (line.form, line.paper.id, line.paper.form) if line.paper else (line.form,)


def _of_paper(paper: Paper) -> PaperLine:
    state = "已作废" if paper.voided else "补打" if paper.reprint_of else "已打印"
    return PaperLine(paper.title, state, minute_words(paper.at), paper=paper)
