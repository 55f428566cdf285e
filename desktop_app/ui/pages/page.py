"""What every screen of the program is: a heading, a body, and a bar of acts at its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.ui.key_table import Scope
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.widgets.action_bar import ActionBar, ActionSpec
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.frames import Banner
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.plain import PlainLabel

MARGIN = 16
FIRM = frozenset({"submit", "decide", "register", "enter", "approve"})
"""Acts that Enter never does (ux §6): they want their own key, or Space on their button."""
Act = tuple[ActionSpec, Callable[[], None]]


class Go(Protocol):
    """The ways from one screen to another; the window walks them."""

    def workbench(self) -> None:
        """To 工作台."""

    def guide(self) -> None:
        """To the guide, for the next person."""

    def intake(self, case_id: str) -> None:
        """To 受理 with that case in hand."""

    def fault(self, field_id: str) -> None:
        """To 受理, at a field of the case in hand."""

    def result(self) -> None:
        """To the verdict on the case in hand."""

    def check(self) -> None:
        """To the check before submission of the case in hand."""

    def notice(self) -> None:
        """To the one-time notice of the case in hand."""

    def refuse_case(self) -> None:
        """Not accept the case in hand, after asking for the reason."""

    def done(self, case_id: str) -> None:
        """To what comes after acceptance."""

    def case(self, case_id: str) -> None:
        """To everything about one case."""

    def papers(self, case_id: str, form: str = "", paper_id: str = "") -> None:
        """To the papers of a case, one of them on show."""

    def policy(self, ref: str = "") -> None:
        """To a clause."""

    def search(self) -> None:
        """To 查询."""

    def approvals(self) -> None:
        """To what waits for a decision."""

    def place(self, page_id: str) -> None:
        """To a page whose model already has what it shows."""

    def resume(self) -> None:
        """Take up a case by the code on its one-time notice."""

    def back(self) -> None:
        """One level back; nothing is lost."""


class Page(QWidget):
    """One screen.

    ``entered`` runs whenever it comes into sight, ``left`` before it goes. Acts are printed on
    the bar with their key; keys of the key map work while the focus is on the page, a single
    letter works while no field has the focus.
    """

    heading = ""

    def __init__(self, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "page")
        self.keys = keys
        self._acts: dict[str, Callable[[], None]] = {}
        self._letters: dict[str, str] = {}
        self._specs: tuple[ActionSpec, ...] = ()
        self._bound: set[str] = set()
        self._keyed: list[tuple[Callable[[str], None], str]] = []
        self._hints: list[tuple[Callable[[str], None], str]] = []
        self.title_label = PlainLabel(self.heading, role="title", parent=self)
        self.state_label = PlainLabel(role="hint", parent=self)
        self.banner = Banner(parent=self)
        self.bar = ActionBar(self)
        self.bar.triggered.connect(self._on_triggered)
        self.head = QHBoxLayout()
        self.head.setSpacing(14)
        self.head.addWidget(self.title_label)
        self.head.addWidget(self.state_label, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        sheet = self.page_layout = QVBoxLayout()
        sheet.setContentsMargins(MARGIN, 10, MARGIN, 10)
        sheet.setSpacing(8)
        sheet.addLayout(self.head)
        sheet.addWidget(self.banner)
        sheet.addLayout(self.body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(sheet, 1)
        column.addWidget(self.bar)
        keys.changed.connect(self._on_keys_changed)

    # ---- acts

    def act(
        self, act_id: str, label: str, do: Callable[[], None], *, kind: Kind = Kind.PLAIN,
        letter: str = "", under: str = "",
    ) -> Act:
        """An act with the key that the key map gives it, or a letter of its own.

        ``under`` is the act of the key map that leads here from every page.
        """
        known = {binding.id for binding in self.keys.bindings()}
        bound = "" if letter else next((x for x in (under, act_id) if x in known), "")
        key = self.keys.key(bound) if bound else letter
        return ActionSpec(act_id, label, key, kind, act_id in FIRM, bound), do

    def set_acts(self, acts: Sequence[Act], way_back: Act | None = None) -> None:
        """Fill the bar at the foot."""
        pairs = [*acts, *([way_back] if way_back else [])]
        self._acts = {spec.id: do for spec, do in pairs}
        self._letters = {spec.key: spec.id for spec, _ in pairs if len(spec.key) == 1}
        self._specs = tuple(spec for spec, _ in pairs)
        self.bar.set_actions([spec for spec, _ in acts], way_back[0] if way_back else None)
        for binding in self.keys.bindings():
            page_wide = binding.scope in (Scope.CASE, Scope.TABLE)
            if binding.id in self._acts and page_wide and binding.id not in self._bound:
                self._bound.add(binding.id)
                self.keys.bind(binding.id, self, self._trigger_of(binding.id))

    def keyed(self, button: KeyButton, act_id: str) -> KeyButton:
        """A button elsewhere on the page, with the key of an act printed on it from now on."""
        self._keyed.append((button.set_key, act_id))
        button.set_key(self.keys.key(act_id))
        return button

    def key_cap(self, act_id: str) -> PlainLabel:
        """The key of an act as a cap of its own."""
        cap = PlainLabel(self.keys.key(act_id), role="key")
        self._keyed.append((cap.setText, act_id))
        return cap

    def hint(self, show: Callable[[str], None], words: str) -> None:
        """Show words that name standard keys with the keys that hold now, and from now on."""
        self._hints.append((show, words))
        show(self.keys.said(words))

    def _on_keys_changed(self) -> None:
        for spec in self._specs:
            if spec.bound:
                self.bar.button(spec.id).set_key(self.keys.key(spec.bound))
        for show_key, act_id in self._keyed:
            show_key(self.keys.key(act_id))
        for show, words in self._hints:
            show(self.keys.said(words))

    def _trigger_of(self, act_id: str) -> Callable[[], None]:
        def trigger() -> None:
            self.bar.trigger(act_id)
        return trigger

    def _on_triggered(self, act_id: str) -> None:
        do = self._acts.get(act_id)
        if do is not None:
            do()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that no field took."""
        act_id = self._letters.get(event.text().upper())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
        )
        if act_id is not None and plain and not event.isAutoRepeat():
            self.bar.trigger(act_id)
            event.accept()
            return
        super().keyPressEvent(event)

    # ---- what the window calls

    def entered(self) -> None:
        """Bring the page up to date."""

    def focus_first(self) -> None:
        """Put the focus where work begins."""

    def left(self) -> None:
        """Keep what is under way."""

    # ---- messages

    def say(self, level: Level, text: str) -> None:
        """A message across the page; an empty text takes it away.

        Services and models name the standard keys; here they become those of this person.
        """
        self.banner.say(level, self.keys.said(text))

    def refuse(self, error: CounterError) -> None:
        """Say what a service refused."""
        self.say(Level.WARN, str(error))
