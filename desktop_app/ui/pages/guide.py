"""The guide (政策导引): a card or a number and an address, and every way with its reasons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.services.ports import CardData
from desktop_app.services.sheets import CaseSheet
from desktop_app.ui.pages.editors import EditorMaker
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.ways import WayList
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.card_watch import CardWatch
from desktop_app.ui.viewmodels.case_card import NUMBER
from desktop_app.ui.viewmodels.guide import DERIVED, GuideModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.frames import Card, Scroller
from desktop_app.ui.widgets.messages import Committed, Level

_GUESS = "按号码推定，对照户口簿核对"


class GuidePage(Page):
    """Questions at the left, ways at the right; Enter asks what decides, then takes the best."""

    heading = "政策导引"

    def __init__(
        self, model: GuideModel, maker: EditorMaker, cards: CardWatch, go: Go, keys: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(keys, parent)
        self._model, self._cards, self._go = model, cards, go
        self.state_label.setText("答几项即可判定，此页不写入任何数据")
        self.grid = FormGrid(columns=1)
        self._build(maker)
        self.ways = WayList(model.counter.book)
        self._lay_out()
        self._connect()
        self.set_acts(
            (
                self.act("take", "按此通道受理", self._take_current, kind=Kind.PRIMARY),
                self.act("read_card", "读证", cards.ask),
                self.act("next_block", "下一栏", self._next_block),
                self.act("show_clause", "看条文", self._show_clause, under="help"),
                self.act("clear", "清空重来", self.start_over),
                self.act("take_back", "取回刚才的问答", self._take_back),
            ),
            self.act("back", "返回", go.back, kind=Kind.QUIET),
        )
        self.bar.set_shown("take_back", False)

    def _build(self, maker: EditorMaker) -> None:
        with self.grid.filling():
            for number, (title, fields) in enumerate(self._model.blocks, start=1):
                self.grid.begin_section(f"block{number}", title, number=str(number))
                for field_id in fields:
                    editor = self.grid.add(maker.make(self._model.definition(field_id)), span=1)
                    # the guide decides where Enter goes: to the question that decides
                    editor.accepted.disconnect()
                    editor.accepted.connect(self._on_accepted)

    def _lay_out(self) -> None:
        scroller = self._left = Scroller(self.grid)
        sheet = Card("落户通道", note="↑ ↓ 选，Enter 受理")
        sheet.body.addWidget(Scroller(self.ways))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(scroller, 5)
        row.addWidget(sheet, 6)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self.grid.committed.connect(self._on_committed)
        self._model.changed.connect(self._on_changed)
        self._model.refused.connect(self.refuse)
        self._model.field_refused.connect(self._on_field_refused)
        self._model.taken.connect(self._on_taken)
        self._cards.read.connect(self._on_card)
        self._cards.laid.connect(self._on_card)
        self._cards.failed.connect(self._on_no_card)
        self.ways.taken.connect(self._take)
        self.ways.asked.connect(self._go.policy)
        self.ways.current_changed.connect(self._on_current)

    # ---- Page

    def entered(self) -> None:
        """Judge anew: the day may have changed. An empty guide is judged by ``start_over``."""
        if self._model.answers:
            self._model.refresh()
        self._cards.watch(self, self._waits_for_card)

    def left(self) -> None:
        """Wait for no card."""
        self._cards.leave()

    def _waits_for_card(self) -> bool:
        """Whether nobody stands at the counter yet, as far as the guide knows."""
        return self.isVisible() and not self._model.answers.get(NUMBER)

    def focus_first(self) -> None:
        """To the next question."""
        self._ask_next()

    def start_over(self) -> None:
        """The next person."""
        self.ways.forget_choice()
        self._model.clear()
        for editor in self.grid.editors():
            editor.set_text("")
            editor.clear_message()
        self._show_answers()
        self._show_put_aside()
        self._left.verticalScrollBar().setValue(0)
        self.grid.editors()[0].focus_line()

    def _take_back(self) -> None:
        self.ways.forget_choice()
        self._model.take_back()
        self._show_put_aside()
        self._ask_next()

    def _show_put_aside(self) -> None:
        aside = bool(self._model.put_aside)
        self.bar.set_shown("take_back", aside)
        door = self._model.wrong_door or ""
        words = "刚才的问答已收起，没有写入。底栏可取回" if aside and not door else door
        self.say(Level.WARN if door else Level.HINT, words)

    def _on_card(self, card: CardData) -> None:
        """A card that was asked for, or laid down for the next person."""
        if self.isVisible():
            self._model.take_card(card)
            self._show_put_aside()
            self._ask_next()

    def _on_no_card(self, error: CounterError) -> None:
        if self.isVisible():
            self.refuse(error)

    # ---- inside

    def _on_committed(self, committed: Committed) -> None:
        self._model.put(committed.field_id, committed.text)

    def _on_accepted(self) -> None:
        sender = self.sender()
        if isinstance(sender, FieldEditor):
            self._model.accept(sender.field_id)
        self._ask_next()

    def _ask_next(self) -> None:
        """To the question that decides; to the ways when there is none left."""
        wanted = self._model.next_question()
        if wanted is not None and self.grid.has(wanted):
            self.grid.focus_field(wanted)
        else:
            self.ways.setFocus()

    def _next_block(self) -> None:
        if not self.grid.next_section():
            self.ways.setFocus()

    def _on_changed(self) -> None:
        self.ways.show_lines(self._model.lines)
        self._show_answers()
        door = self._model.wrong_door
        self.say(Level.WARN, door or "")

    def _show_answers(self) -> None:
        for field_id in DERIVED:
            shown = not self._model.is_derived(field_id)
            if self.grid.editor(field_id).isHidden() is shown:
                self.grid.set_field_shown(field_id, shown)
        for editor in self.grid.editors():
            editor.set_text(self._model.answers.get(editor.field_id, ""))
            if editor.field_id in self._model.suggested:
                editor.set_message(Level.HINT, _GUESS)
            elif (told := editor.message()) is not None and told.text == _GUESS:
                editor.clear_message()

    def _on_field_refused(self, field_id: str, error: CounterError) -> None:
        self.grid.set_message(field_id, Level.ERROR, str(error))

    def _on_current(self, procedure_id: str) -> None:
        line = next((x for x in self._model.lines if x.procedure.id == procedure_id), None)
        if line is not None:
            self.bar.button("take").set_words(f"按{line.procedure.title}受理")
        self.bar.block("take", () if self._model.answers else ("先答左边的问题，或读证",))

    def _take_current(self) -> None:
        current = self.ways.current()
        if current is not None:
            self._take(current)

    def _take(self, procedure_id: str) -> None:
        if self._model.answers:
            self._model.take(procedure_id)
        else:
            self.bar.trigger("take")

    def _on_taken(self, sheet: CaseSheet) -> None:
        self._go.intake(sheet.case.id)

    def _show_clause(self) -> None:
        self._go.policy(self.ways.clause())
