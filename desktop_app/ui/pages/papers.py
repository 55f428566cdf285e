"""The papers of a case: a list, and the very bytes on the screen before they are printed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import CounterError
from desktop_app.services.sheets import PaperChoice, PaperSheet
from desktop_app.ui.dialogs import Ask, Option
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.paper_panel import (
    PaperNews,
    PaperPanel,
    about,
    rare_words,
    state_words,
)
from desktop_app.ui.pages.work_line import way_out
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.counter import minute_words
from desktop_app.ui.viewmodels.papers import PapersModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.messages import Level
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
        self.panel = PaperPanel(
            RecordTable((
                Column("title", "文书", lambda x: x.title, stretch=True),
                Column("when", "时间", lambda x: x.when, chars=6),
                Column("state", "状态", lambda x: x.state, chars=6, level=_level),
            )), model, empty="此件现在没有可打印的文书。Esc 返回",
            hint="↑ ↓ 选文书，Enter 看预览",
        )
        self.table = self.panel.table
        self.body.addWidget(self.panel, 1)
        PaperNews(self, model)
        model.listed.connect(self._on_listed)
        model.previewed.connect(self._on_previewed)
        self.table.activated.connect(self._show)
        self.table.selected.connect(self._on_selected)
        self.set_acts(
            (
                self.act("print", "打印", self.print_current, kind=Kind.PRIMARY,
                         under="reprint"),
                self.act("show", "看预览", self._show_current, letter="V"),
                self.act("void", "作废", self._void, letter="Z", kind=Kind.DANGER),
            ),
            self.act("back", "返回", way_out(self, model, go.back), kind=Kind.QUIET),
        )

    # ---- Page

    def show_case(self, case_id: str, form: str = "", paper_id: str = "") -> None:
        """Show the papers of a case, one of them at once."""
        self.say(Level.HINT, "")
        self.panel.show_no_pages()
        self._wanted = form or paper_id
        self._model.load(case_id)
        self._show_whose(case_id)

    def _show_whose(self, case_id: str) -> None:
        try:
            self.state_label.setText(about(self._model.counter.desk.sheet(case_id)))
        except CounterError as error:
            self.refuse(error)

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
        self.panel.show_pages(sheet.paper.title, pages)
        rare = rare_words(sheet)
        if rare:
            self.say(Level.WARN, rare)


def _level(line: PaperLine) -> str:
    if line.paper is not None:
        return "error" if line.paper.voided else "ok"
    return "hint" if line.reason else ""


def _of_choice(choice: PaperChoice) -> PaperLine:
    state = "可打印" if not choice.reason else "暂不能打印"
    return PaperLine(choice.title, state, form=choice.form, reason=choice.reason)


def _ids(line: PaperLine) -> tuple[str, ...]:
    """What a line answers to: its form, and the paper that was printed by it."""
    return (line.form, line.paper.id, line.paper.form) if line.paper else (line.form,)


def _of_paper(paper: Paper) -> PaperLine:
    return PaperLine(paper.title, state_words(paper), minute_words(paper.at), paper=paper)
