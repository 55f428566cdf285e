"""What every model of a page has: the session's services, and words for what they refuse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.errors import CounterError
from desktop_app.ui.viewmodels.counter import Counter


class SessionModel(QObject):
    """``refused`` carries the CounterError of an act that a service did not do."""

    refused = Signal(object)

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counter = counter

    @property
    def counter(self) -> Counter:
        """The session behind the page."""
        return self._counter

    def _try(self, act: Callable[[], None]) -> bool:
        """Do an act of a service; whether it was done."""
        try:
            act()
        except CounterError as error:
            self.refused.emit(error)
            return False
        return True
