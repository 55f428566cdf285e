"""The one window: signing in first, the counter behind it, a fault page when neither can be.

Only what the sign-in page needs is imported here; the counter itself comes from ``open_shell``
after somebody signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.domain.errors import CounterError
from desktop_app.ui.pages.sign_in import PRODUCT, SignInPage
from desktop_app.ui.viewmodels.sign_in import Entrance, SignInModel
from desktop_app.ui.widgets.training_frame import TrainingFrame

if TYPE_CHECKING:
    from desktop_app.ui.viewmodels.counter import Counter

SMALLEST = QSize(900, 450)
USUAL = QSize(1366, 690)
Create = Callable[[Path, str, str], None]


class Shell(QWidget):
    """The counter as the window knows it."""

    def start(self) -> None:
        """Show the first screen."""

    def tell(self, words: str) -> None:
        """Say something over the page in sight."""

    def close_down(self) -> None:
        """Keep what is being typed and let the data go."""


class Threshold(QWidget):
    """A screen in place of the sign-in page: first set-up, or a fault."""

    def refuse(self, error: CounterError) -> None:
        """Say what went wrong."""

    def first_focus(self) -> None:
        """Put the focus where work begins."""


class Shells(Protocol):
    """Makes the screens that are loaded after the sign-in page was painted."""

    def counter(self, counter: Counter, sign_out: Callable[[], None]) -> Shell:
        """The counter of a signed-in person."""

    def set_up(self, create: Create) -> Threshold:
        """The page of first set-up."""

    def fault(self, error: CounterError, again: Callable[[], None]) -> Threshold:
        """The page for a folder or database that cannot be used."""


class Window(QWidget):
    """Phases one over another: sign-in, set-up, counter, fault."""

    painted = Signal()
    _told = Signal(str)

    def __init__(self, model: SignInModel, shells: Shells, *, training: bool) -> None:
        super().__init__()
        self._model, self._shells, self._training = model, shells, training
        self._painted = False
        self._shell: Shell | None = None
        self._other: Threshold | None = None
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(f"{PRODUCT} · 演练" if training else PRODUCT)
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.sign_in = SignInPage(training=training, parent=self)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.sign_in)
        self._connect()
        self.sign_in.first_focus()

    def _connect(self) -> None:
        model = self._model
        self.sign_in.asked.connect(model.sign_in)
        model.ready.connect(self._on_ready)
        model.busy.connect(self.sign_in.set_busy)
        model.refused.connect(self._on_refused)
        model.broken.connect(self.show_fault)
        model.signed_in.connect(self._on_signed_in)
        model.set_up.connect(self._on_set_up)
        self._told.connect(self._on_told)

    def start(self) -> None:
        """Load the rest; called after the first paint."""
        if self._training:
            TrainingFrame(self.sign_in).cover()
        self._model.start()

    def tell_fault(self, reference: str) -> None:
        """Something nobody foresaw went wrong, in any thread; the log has it by its reference."""
        self._told.emit(reference)

    def _on_told(self, reference: str) -> None:
        words = f"出了没有料到的问题，代号 {reference}。已保存的内容不受影响"
        if self._shell is not None:
            self._shell.tell(words)
        else:
            self.sign_in.refuse(CounterError(words, "重新登录，再出现就找信息员"))

    def raise_up(self) -> None:
        """Come to the front, as when the program is started a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def shell(self) -> Shell | None:
        """The counter while somebody is signed in."""
        return self._shell

    # ---- phases

    def show_fault(self, error: CounterError) -> None:
        """Nothing can be done with the data now: say why and what helps."""
        self._show_other(self._shells.fault(error, self._on_again))

    def sign_out(self) -> None:
        """Back to the sign-in page."""
        shell, self._shell = self._shell, None
        self._layers.setCurrentWidget(self.sign_in)
        if shell is not None:
            self._layers.removeWidget(shell)
            shell.close_down()
            shell.deleteLater()
        self.sign_in.clear()

    def _on_ready(self, entrance: Entrance) -> None:
        if not entrance.has_data:
            page = self._shells.set_up(self._model.create)
            self._show_other(page)
            if entrance.unfinished:
                page.refuse(CounterError("上次建立数据没有做完", "没有写入数据，重新填写再建立"))
            return
        try:
            self._welcome(entrance)
        except CounterError as error:  # the keys or the profile in the folder are unfit
            self.show_fault(error)

    def _welcome(self, entrance: Entrance) -> None:
        self.sign_in.show_station(entrance.station_words)
        logins = entrance.logins()
        self.sign_in.set_note(
            f"演练账号：{'、'.join(logins)}，不用口令。演练数据都是编的，不作数" if self._training
            else ""
        )
        if len(logins) == 1 or self._training:
            self.sign_in.suggest(logins[0] if logins else "")

    def _on_refused(self, error: CounterError) -> None:
        if self._other is not None:
            self._other.refuse(error)
        else:
            self.sign_in.refuse(error)

    def _on_set_up(self, entrance: Entrance) -> None:
        self._drop_other()
        self._layers.setCurrentWidget(self.sign_in)
        self._welcome(entrance)
        self.sign_in.clear()

    def _on_signed_in(self, counter: Counter) -> None:
        self._drop_other()
        shell = self._shells.counter(counter, self.sign_out)
        self._shell = shell
        self._layers.addWidget(shell)
        self._layers.setCurrentWidget(shell)
        shell.start()

    def _on_again(self) -> None:
        self._drop_other()
        self._layers.setCurrentWidget(self.sign_in)
        self._model.start()

    def _show_other(self, page: Threshold) -> None:
        self._drop_other()
        self._other = page
        self._layers.addWidget(page)
        self._layers.setCurrentWidget(page)
        page.first_focus()

    def _drop_other(self) -> None:
        if self._other is not None:
            self._layers.removeWidget(self._other)
            self._other.deleteLater()
            self._other = None

    # ---- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say once that the window is painted."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed."""
        if self._shell is not None:
            self._shell.close_down()
            self._shell = None
        event.accept()
