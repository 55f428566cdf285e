"""The bar at the foot of every page: what can be done now, and why something cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.flow_row import FlowRow
from desktop_app.ui.widgets.message_line import MessageLine
from desktop_app.ui.widgets.messages import Level, Message


@dataclass(frozen=True)
class ActionSpec:
    """One act of a page: id, words, the key as printed, its look; ``firm`` ignores Enter.

    ``bound`` is the act of the key map whose key it is, empty for a key of its own.
    """

    id: str
    label: str
    key: str = ""
    kind: Kind = Kind.PLAIN
    firm: bool = False
    bound: str = ""


class ActionBar(QFrame):
    """Buttons from left to right, the way back at the far right.

    ``triggered`` carries the id. A blocked button keeps its place in the tab order; its reasons
    appear above the bar when it has the focus or is pressed, and in its spoken description.
    """

    triggered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "actionbar")
        self._buttons: dict[str, KeyButton] = {}
        self._why = MessageLine(self)
        self._row = FlowRow()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 9, 16, 9)
        column.setSpacing(6)
        column.addWidget(self._why)
        column.addLayout(self._row)

    def set_actions(self, specs: Sequence[ActionSpec], way_back: ActionSpec | None = None) -> None:
        """Replace all buttons; the keyboard stays on the act it was on, else goes to the first."""
        held = next((name for name, b in self._buttons.items() if b.hasFocus()), "")
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # else Qt may still show it, as a window
                old.setParent(None)
                old.deleteLater()
        self._buttons = {}
        for spec in specs:
            self._row.addWidget(self._button(spec))
        self._row.put_last_at_right(way_back is not None)
        if way_back is not None:
            self._row.addWidget(self._button(way_back))
        self._why.show_message(None)
        if held and self._buttons:
            self._buttons.get(held, next(iter(self._buttons.values()))).setFocus()

    def button(self, action_id: str) -> KeyButton:
        """The button of an act. Raises KeyError."""
        return self._buttons[action_id]

    def ids(self) -> tuple[str, ...]:
        """The acts in order."""
        return tuple(self._buttons)

    def block(self, action_id: str, reasons: Sequence[str]) -> None:
        """Say why an act is not possible; no reasons make it possible."""
        self._buttons[action_id].block(reasons)
        self._why.show_message(None)

    def set_shown(self, action_id: str, on: bool) -> None:
        """Show or hide an act that has no meaning now."""
        self._buttons[action_id].setVisible(on)

    def trigger(self, action_id: str) -> None:
        """Do what its button does: act, or say why not. Unknown and hidden ids do nothing."""
        button = self._buttons.get(action_id)
        if button is not None and not button.isHidden():
            button.click()

    def reason_text(self) -> str:
        """The reasons on show."""
        return self._why.text()

    def _button(self, spec: ActionSpec) -> KeyButton:
        button = KeyButton(
            spec.label, spec.key, kind=spec.kind, firm=spec.firm, parent=self
        )
        button.setObjectName(spec.id)
        button.activated.connect(self._on_activated)
        button.focused.connect(self._on_focused)
        button.left.connect(self._on_left)
        button.refused.connect(self._on_refused)
        button.key_wanted.connect(self._on_key_wanted)
        self._buttons[spec.id] = button
        return button

    def _on_activated(self) -> None:
        self._why.show_message(None)
        self.triggered.emit(self.sender().objectName())

    def _on_focused(self) -> None:
        button = self.sender()
        reasons = button.reasons() if isinstance(button, KeyButton) else ()
        self._say(reasons)

    def _on_left(self) -> None:
        self._why.show_message(None)

    def _on_refused(self, reasons: tuple[str, ...]) -> None:
        self._say(reasons)

    def _on_key_wanted(self) -> None:
        button = self.sender()
        if isinstance(button, KeyButton):
            self._why.show_message(Message(Level.HINT, f"按 {button.key()} {button.words()}"))

    def _say(self, reasons: tuple[str, ...]) -> None:
        self._why.show_message(
            Message(Level.WARN, "暂不能办：" + "；".join(reasons)) if reasons else None
        )
