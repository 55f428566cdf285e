"""The key map of one person (按键): looked at, changed, put back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.ui.key_table import STANDARD, Binding, printed, with_changes
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.viewmodels.settings import SettingsModel
from desktop_app.ui.widgets.case_table import CaseTable
from desktop_app.ui.widgets.frames import Card
from desktop_app.ui.widgets.key_capture import KeyCapture
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.record_table import Column, RecordTable

_STANDARD = {binding.id: binding for binding in STANDARD}


class KeysCard(Card):
    """Every act with its keys; Enter on one waits for a new key.

    ``told`` carries a level and words for the page. What is chosen is kept first and then holds
    at once on every open page.
    """

    told = Signal(object, object)

    def __init__(
        self, model: SettingsModel, keys: KeyMap, acts: Sequence[str], over: QWidget,
    ) -> None:
        """``acts`` are those that do something for this person; ``over`` is the page."""
        super().__init__("按键", note="Enter 改选中的一项")
        self._model, self._keys, self._acts = model, keys, tuple(acts)
        self.table = CaseTable("按键", RecordTable((
            Column("label", "操作", lambda b: b.label, stretch=True),
            Column("key", "按键", lambda b: b.all_printed(), chars=8),
            Column("scope", "用在", lambda b: b.scope.words, chars=5, spare=1),
            Column("state", "说明", self._state, chars=6, level=self._level),
        )), empty="没有可改的按键")
        self.capture = KeyCapture(over)
        self.body.addWidget(self.table, 1)
        self.table.activated.connect(self._on_activated)
        self.capture.pressed.connect(self._on_pressed)
        keys.changed.connect(self.show_keys)
        self.show_keys()
        self.table.select(0)

    def show_keys(self) -> None:
        """The keys that hold now; the row stays."""
        row = max(self.table.view.currentIndex().row(), 0)
        self.table.model().set_rows([self._keys.of(act) for act in self._acts])
        self.table.select(row)

    def current(self) -> Binding | None:
        """The act under the cursor."""
        binding = self.table.current()
        return binding if isinstance(binding, Binding) else None

    def change(self) -> None:
        """Wait for a new key of the act under the cursor."""
        self._on_activated(self.current())

    def put_back(self) -> None:
        """The standard keys for the act under the cursor."""
        binding = self.current()
        if binding is None or binding.id not in self._keys.changes():
            self.told.emit(Level.HINT, "这一项本来就是默认按键")
            return
        changes = {k: v for k, v in self._keys.changes().items() if k != binding.id}
        if self._take(changes):
            self.told.emit(
                Level.OK, f"“{binding.label}”已恢复为 {self._keys.of(binding.id).all_printed()}"
            )

    def put_all_back(self) -> None:
        """The standard keys for everything."""
        if self._take({}):
            self.told.emit(Level.OK, "全部按键已恢复默认")

    # ---- inside

    def _state(self, binding: Binding) -> str:
        if binding.fixed:
            return "固定"
        standard = _STANDARD[binding.id]
        return "默认" if binding.keys == standard.keys else f"原 {standard.printed()}"

    def _level(self, binding: Binding) -> str:
        return "ok" if self._state(binding).startswith("原") else "hint"

    def _on_activated(self, binding: object) -> None:
        if not isinstance(binding, Binding):
            return
        if binding.fixed:
            self.told.emit(Level.HINT, f"“{binding.label}”的按键是固定的，不能改")
            return
        self.told.emit(Level.HINT, "")
        self.capture.ask(binding.label, binding.all_printed())

    def _on_pressed(self, key: str) -> None:
        binding = self.current()
        if binding is None:
            return
        changes = {k: v for k, v in self._keys.changes().items() if k != binding.id}
        if key not in _STANDARD[binding.id].keys:
            changes[binding.id] = key
        try:
            with_changes(changes)
        except CounterError as error:
            self.capture.refuse(str(error))
            return
        self.capture.close_capture()
        if self._take(changes):
            self.told.emit(Level.OK, f"“{binding.label}”改为 {printed(key)}，现在就能用")

    def _take(self, changes: dict[str, str]) -> bool:
        """Keep a choice and work by it; whether that could be done."""
        try:
            with_changes(changes)
        except CounterError as error:
            self.told.emit(Level.WARN, str(error))
            return False
        if not self._model.set_keys(changes):
            return False
        self._keys.take(changes)
        return True
