"""The counter of a signed-in person: the work, and the layers that can lie over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.ui.dialogs import Ask
from desktop_app.ui.jobs import Jobs
from desktop_app.ui.key_table import Binding, Scope
from desktop_app.ui.pages.ahead import Ahead
from desktop_app.ui.pages.lock_guard import LockGuard
from desktop_app.ui.pages.places import WORKBENCH, acts_for
from desktop_app.ui.pages.rooms import Rooms
from desktop_app.ui.pages.walks import Walks
from desktop_app.ui.pages.workroom import Workroom
from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.theme import Density, Look, Scale
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.settings import COMPACT
from desktop_app.ui.widgets.key_sheet import KeySheet
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.page_stack import PageStack
from desktop_app.ui.widgets.training_frame import TrainingFrame
from desktop_app.ui.window import Shell


class CounterShell(Shell):
    """Work at the bottom; key sheet, lock and training frame over it."""

    def __init__(
        self, counter: Counter, ask: Ask, jobs: Jobs, look: Look, keys: KeyMap,
        sign_out: Callable[[], None], parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.counter, self._look = counter, look
        refused = _take(keys, counter)
        self._dress()
        self._behind = QWidget(self)
        self.work = Workroom(counter, ask, jobs, look, keys, self._behind)
        for outer, inner in ((self._behind, self.work), (self, self._behind)):
            column = QVBoxLayout(outer)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(inner)
        self.ahead = Ahead(self.go.prepare(), self)
        self._frame = TrainingFrame(self) if counter.station.training else None
        self.key_sheet = KeySheet(self)
        self.guard = LockGuard(counter, jobs, self, self._behind)
        self.guard.locking.connect(self._on_locking)
        self.guard.warned.connect(self._on_idle_warned)
        self.guard.leave_asked.connect(sign_out)
        self._connect()
        if refused:
            self.tell("自定按键与本版程序不合，已用默认按键")

    def _dress(self) -> None:
        preferences = self.counter.preferences
        density = Density.COMPACT if preferences.density() == COMPACT else Density.COMFORTABLE
        scale = Scale(preferences.text_size())
        if (scale, density) != (self._look.scale, self._look.density):
            self._look.apply(scale, density)

    def _connect(self) -> None:
        self.work.lock_asked.connect(self.lock)
        self.work.keys_asked.connect(self._show_keys)
        settings = self.rooms.settings_model
        settings.looked.connect(self._dress)
        settings.idle_changed.connect(self.guard.idle.set_minutes)

    # ---- what lies within

    @property
    def go(self) -> Walks:
        """The ways between the pages."""
        return self.work.go

    @property
    def rooms(self) -> Rooms:
        """The pages and the models behind them."""
        return self.work.rooms

    @property
    def stack(self) -> PageStack:
        """The pages, one of them in sight."""
        return self.work.stack

    # ---- Shell

    def start(self) -> None:
        """Show the workbench and begin to watch for idleness."""
        self.guard.start()
        self.work.backup_age.start()
        self.go.to(WORKBENCH)
        self.ahead.start()
        if self._frame is not None:
            self._frame.cover()

    def tell(self, words: str) -> None:
        """See Shell."""
        self.work.say(Level.WARN, words)

    def close_down(self) -> None:
        """Keep what is being typed; let the data go."""
        self.ahead.stop()
        self.guard.stop()
        self.work.backup_age.stop()
        self.rooms.cards.leave()
        self.work.keep_typing()
        self.counter.close()

    # ---- layers

    def lock(self) -> None:
        """Cover everything; what is typed is kept."""
        self.guard.lock()

    def _on_locking(self) -> None:
        self.work.keep_typing()
        self.key_sheet.uncover()

    def _on_idle_warned(self, seconds: int) -> None:
        self.work.say(Level.HINT, f"{seconds} 秒后锁屏，按任意键继续")

    def _show_keys(self) -> None:
        self.key_sheet.show_groups([
            (scope.words, [(b.printed(), b.label) for b in self._bindings(scope)])
            for scope in Scope
        ])
        self._raise_frame()

    def _raise_frame(self) -> None:
        """Training shows on every layer, the topmost too."""
        if self._frame is not None:
            self._frame.raise_()

    def _bindings(self, scope: Scope) -> tuple[Binding, ...]:
        """The acts of a scope that lead somewhere for this person."""
        return acts_for(self.counter.operator, self.work.keys, scope)


def _take(keys: KeyMap, counter: Counter) -> bool:
    """Take this person's own keys; True when they no longer fit, as after an upgrade."""
    try:
        keys.take(counter.preferences.keys())
    except CounterError:
        return True
    return False
