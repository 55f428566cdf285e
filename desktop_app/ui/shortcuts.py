"""Keys that act: the table of one person, bound to pages, and changed while they are open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_app.ui.key_table import (
    STANDARD,
    Binding,
    Scope,
    require_no_conflict,
    with_changes,
)
from desktop_app.ui.widgets.field import FieldEditor


@dataclass
class _Bound:
    """One act bound to one owner."""

    act: str
    owner: QWidget
    fire: Callable[[], None]
    shortcuts: list[QShortcut] = field(default_factory=list)


class KeyMap(QObject):
    """A table of keys without conflicts, and everything that is bound to it.

    ``changed`` comes after other keys were taken: who prints keys prints them anew.
    """

    changed = Signal()

    def __init__(self, bindings: Iterable[Binding] = STANDARD) -> None:
        """Raises InputError for no key or a lone letter, Conflict for a key used twice."""
        super().__init__()
        self._bindings = {binding.id: binding for binding in bindings}
        require_no_conflict(self._bindings.values())
        self._bound: list[_Bound] = []
        self._spoken: dict[str, str] = {}
        self._token: re.Pattern[str] | None = None
        self._learn()

    def bindings(self, scope: Scope | None = None) -> tuple[Binding, ...]:
        """All, or those of one scope, in order."""
        return tuple(b for b in self._bindings.values() if scope in (None, b.scope))

    def of(self, act: str) -> Binding:
        """One act. Raises KeyError."""
        return self._bindings[act]

    def key(self, act: str) -> str:
        """What is printed on the button of an act. Raises KeyError."""
        return self._bindings[act].printed()

    def changes(self) -> dict[str, str]:
        """What differs from the standard table, to be kept with the settings."""
        standard = {binding.id: binding.keys for binding in STANDARD}
        return {
            b.id: b.keys[0] for b in self._bindings.values()
            if b.keys and standard.get(b.id) != b.keys
        }

    def take(self, changes: Mapping[str, str]) -> None:
        """Work by the standard table with these changes from now on, on every open page.

        Raises InputError and Conflict like ``key_table.with_changes``; then nothing is changed.
        """
        self._bindings = {binding.id: binding for binding in with_changes(changes)}
        self._learn()
        self._bound = [bound for bound in self._bound if isValid(bound.owner)]
        for bound in self._bound:
            self._rebind(bound)
        self.changed.emit()

    def said(self, text: str) -> str:
        """Words for people that name standard keys, with the keys of this table instead."""
        if self._token is None:
            return text
        return self._token.sub(lambda found: self._spoken[found[0]], text)

    def bind(
        self, act: str, owner: QWidget, slot: Callable[[], None], *, settle: bool = True
    ) -> list[QShortcut]:
        """Let the keys of an act call ``slot`` while ``owner``'s window is active.

        WINDOW and PLACE keys work in the whole window, others while the focus is inside
        ``owner``. The edit in hand is settled first, so that the act sees what was typed.
        Raises KeyError.
        """
        def fire() -> None:
            if settle:
                settle_focus(owner.window())
            slot()
        bound = _Bound(self._bindings[act].id, owner, fire)
        self._bound.append(bound)
        self._rebind(bound)
        return bound.shortcuts

    def _rebind(self, bound: _Bound) -> None:
        binding = self._bindings[bound.act]
        context = (
            Qt.ShortcutContext.WindowShortcut if binding.scope in (Scope.WINDOW, Scope.PLACE)
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        for old in bound.shortcuts:
            old.setEnabled(False)
            old.deleteLater()
        bound.shortcuts = []
        for key in binding.keys:
            shortcut = QShortcut(QKeySequence(key), bound.owner, context=context)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(bound.fire)
            bound.shortcuts.append(shortcut)

    def _learn(self) -> None:
        """Which words of messages mean another key now."""
        self._spoken = {
            standard.printed(): self.key(standard.id) for standard in STANDARD
            if standard.id in self._bindings and not standard.fixed
            and self.key(standard.id) != standard.printed()
        }
        longest_first = sorted(map(re.escape, self._spoken), key=len, reverse=True)
        self._token = (
            re.compile(rf"(?<![A-Za-z0-9+])(?:{'|'.join(longest_first)})(?![A-Za-z0-9])")
            if longest_first else None
        )


def settle_focus(window: QWidget) -> None:
    """Finish the edit in hand, if a field of this window has the focus."""
    place: QWidget | None = window.focusWidget()
    while place is not None:
        if isinstance(place, FieldEditor):
            place.settle()
            return
        place = place.parentWidget()
