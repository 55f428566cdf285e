"""How the program looks to one person (设置)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.session_model import SessionModel

COMPACT = "compact"
NORMAL = "normal"


class SettingsModel(SessionModel):
    """Reads and keeps the preferences; ``looked`` asks the window to dress anew."""

    looked = Signal()
    idle_changed = Signal(int)

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(counter, parent)

    def text_size(self) -> int:
        """Body size in pixels."""
        return self._counter.preferences.text_size()

    def compact(self) -> bool:
        """Whether rows stand close."""
        return self._counter.preferences.density() == COMPACT

    def idle_minutes(self) -> int:
        """Minutes without a key until the lock."""
        return self._counter.preferences.idle_minutes()

    def printer(self) -> str:
        """The printer papers go to; empty for the system's own choice."""
        return self._counter.preferences.printer() or self._counter.station.printer

    def set_text_size(self, pixels: int) -> None:
        """Choose 16, 18 or 20."""
        if self._try(lambda: self._counter.preferences.set_text_size(pixels)):
            self.looked.emit()

    def set_compact(self, on: bool) -> None:
        """Choose how close rows stand."""
        if self._try(lambda: self._counter.preferences.set_density(COMPACT if on else NORMAL)):
            self.looked.emit()

    def set_idle_minutes(self, minutes: int) -> None:
        """Choose when the screen locks."""
        if self._try(lambda: self._counter.preferences.set_idle_minutes(minutes)):
            self.idle_changed.emit(minutes)

    def set_printer(self, name: str) -> None:
        """Choose a printer."""
        self._try(lambda: self._counter.preferences.set_printer(name))

    def keys(self) -> Mapping[str, str]:
        """Keys this person chose, by act."""
        return self._counter.preferences.keys()

    def set_keys(self, keys: Mapping[str, str]) -> bool:
        """Keep a choice of keys; whether it was kept."""
        return self._try(lambda: self._counter.preferences.set_keys(keys))
