"""Settings (设置): text size, density, idle lock, printer, and the key map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import CounterError, InputError
from desktop_app.ui.key_table import Scope
from desktop_app.ui.pages.page import Go, Page
from desktop_app.ui.pages.places import acts_for
from desktop_app.ui.pages.settings_keys import KeysCard
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.theme import Scale
from desktop_app.ui.viewmodels.settings import SettingsModel
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.form_grid import FormGrid
from desktop_app.ui.widgets.frames import Scroller
from desktop_app.ui.widgets.messages import Committed, Level
from desktop_app.ui.widgets.number_edit import NumberEdit
from desktop_app.ui.widgets.pick_edit import PickEdit
from desktop_app.ui.widgets.plain import PlainLabel

SIZE, DENSITY, IDLE, PRINTER = "text_size", "density", "idle", "printer"
_DEFAULT = "system"


class SettingsPage(Page):
    """Each choice holds at once and for this person."""

    heading = "设置"

    def __init__(
        self, model: SettingsModel, go: Go, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(keys, parent)
        self._model = model
        self.state_label.setText("改后立即生效，只管当前账号")
        self.grid = FormGrid(columns=2)
        operator = model.counter.operator
        self.keys_card = KeysCard(model, keys, [
            binding.id for scope in Scope for binding in acts_for(operator, keys, scope)
        ], self)
        self._build()
        self._lay_out()
        self.grid.committed.connect(self._on_committed)
        model.refused.connect(self.refuse)
        self.keys_card.told.connect(self.say)
        self.set_acts((
            self.act("change_key", "改按键", self._change_key, letter="K"),
            self.act("put_back", "恢复此键", self.keys_card.put_back, letter="D"),
            self.act("put_all_back", "恢复全部按键", self.keys_card.put_all_back, letter="R"),
        ), self.act("back", "返回", go.back, kind=Kind.QUIET))

    def _build(self) -> None:
        sizes = [Choice(str(s.value), f"{s.words}（{s.value}）") for s in Scale]
        self.grid.begin_section("look", "显示")
        self.grid.add(PickEdit(SIZE, "文字大小", sizes), span=1)
        self.grid.add(PickEdit(
            DENSITY, "行距", (Choice("normal", "标准", "bz"), Choice("compact", "紧凑", "jc"))
        ), span=1)
        self.grid.begin_section("safety", "锁屏")
        self.grid.add(NumberEdit(IDLE, "无操作锁屏", unit="分钟", hint="1 到 15"), span=1)
        self.grid.begin_section("printing", "打印")
        self.grid.add(PickEdit(PRINTER, "打印机", self._printers()), span=2)

    def _printers(self) -> Sequence[Choice]:
        names = self._model.counter.printer.names()
        return (Choice(_DEFAULT, "按工位配置", "ag"), *(Choice(name, name) for name in names))

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        note = PlainLabel(role="hint", wrap=True)
        self.hint(note.setText, "F11 随时切换文字大小。150% 缩放的小屏选紧凑。")
        column.addWidget(note)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Scroller(left), 1)
        row.addWidget(self.keys_card, 1)
        self.body.addLayout(row, 1)

    def _change_key(self) -> None:
        self.keys_card.table.view.setFocus()
        self.keys_card.change()

    # ---- Page

    def entered(self) -> None:
        """What is chosen now."""
        model = self._model
        self.grid.set_texts({
            SIZE: str(model.text_size()),
            DENSITY: "compact" if model.compact() else "normal",
            IDLE: str(model.idle_minutes()),
            PRINTER: model.printer() or _DEFAULT,
        })

    def focus_first(self) -> None:
        """To the text size."""
        self.grid.focus_field(SIZE)

    # ---- inside

    def _on_committed(self, committed: Committed) -> None:
        editor = self.grid.editor(committed.field_id)
        message = editor.message()
        if message is not None and message.level is Level.ERROR:
            return
        try:
            self._apply(editor, committed.text)
        except CounterError as error:
            editor.set_message(Level.ERROR, str(error))

    def _apply(self, editor: FieldEditor, text: str) -> None:
        if editor.field_id == SIZE and text:
            self._model.set_text_size(int(text))
        elif editor.field_id == DENSITY and text:
            self._model.set_compact(text == "compact")
        elif editor.field_id == PRINTER:
            self._model.set_printer("" if text == _DEFAULT else text)
        elif editor.field_id == IDLE:
            if not text.isdigit():
                raise InputError("无操作锁屏应为整数分钟", "例 5", field=IDLE)
            self._model.set_idle_minutes(int(text))
