"""The composition root: command line, sign-in window first, everything else behind it.

Imports at the top are only what the first paint needs; everything heavy (SQLAlchemy, ReportLab,
the policy book, the pages) is imported inside the functions that run after it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from desktop_app import __version__
from desktop_app.backstage import Backstage

if TYPE_CHECKING:
    from PySide6.QtCore import QLockFile
    from PySide6.QtWidgets import QApplication

    from desktop_app.domain.errors import CounterError
    from desktop_app.ui.jobs import ThreadJobs
    from desktop_app.ui.theme import Look
    from desktop_app.ui.viewmodels.counter import Counter
    from desktop_app.ui.window import Create, Shell, Threshold, Window

NO_DISPLAY = (
    "没有可用的显示，窗口打不开：登录图形桌面后再运行，或装 xvfb，在命令前加 xvfb-run -a。"
    "No display: run this on a desktop, or install xvfb and put xvfb-run -a before the command."
)
_LOCK = "window.lock"
_HEADLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
_RAISE = b"raise"
_ANSWER_MS = 800


def run(argv: Sequence[str] | None = None) -> int:
    """``luohu``: the exit status. 2 without a display, for bad usage, 1 for a failed self-test."""
    options = _options(argv)
    if options.self_test:
        return _self_test()
    if not has_display(os.environ, sys.platform):
        sys.stderr.write(NO_DISPLAY + "\n")
        return 2
    return _Program(options.training, options.data).run()


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be opened: always outside Linux, else with a display or without need."""
    if platform != "linux":
        return True
    chosen = environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    return chosen in _HEADLESS or bool(
        environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    )


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what it cannot read; the words for it are fetched only then."""

    def format_help(self) -> str:
        """The help under Chinese headings."""
        from desktop_app.admin.usage import ChineseFormatter

        self.formatter_class = ChineseFormatter
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Leave with status 2."""
        from desktop_app.admin.usage import in_chinese

        self.exit(2, f"{in_chinese(message)}\n看用法：luohu --help\n")


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="luohu", description="落户柜台", add_help=False, allow_abbrev=False)
    parser.add_argument("-h", "--help", action="help", help="显示这份说明")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    parser.add_argument("--training", action="store_true", help="打开演练数据")
    parser.add_argument("--self-test", action="store_true", help="检查安装，0 完好，1 有问题")
    parser.add_argument("--data", default="", metavar="DIR", help="数据文件夹")
    return parser.parse_args(argv)


def _self_test() -> int:
    # the self-test never opens a window, so nothing here may cost the window's start
    import tempfile

    from desktop_app.adapters.workstation import paths
    from desktop_app.adapters.workstation.profile import load_profile
    from desktop_app.admin.health import PARTS, installation_faults
    from desktop_app.admin.training import make_folder

    faults = installation_faults(paths.resources_dir(), paths.forms_dir())
    words = [f"{PARTS[part]}：{fault}" for part, found in faults.items() for fault in found]
    try:
        with tempfile.TemporaryDirectory() as folder:
            profile = paths.training_profile()
            make_folder(Path(folder) / "data", profile, load_profile(profile, training=True))
    except Exception as error:
        words.append(f"数据库：{error}")
    sys.stdout.write(("\n".join(words) if words else "安装完好") + "\n")
    return 1 if words else 0


class _Program:
    """One run of the window."""

    def __init__(self, training: bool, data: str) -> None:
        from desktop_app.adapters.workstation import paths

        self._training = training
        self._folder = paths.data_dir(data or None, training=training)
        self._resources = paths.resources_dir()
        self._lock: QLockFile | None = None

    def run(self) -> int:
        """Paint the first page, load the rest behind it, and stay until the window is closed."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from desktop_app.adapters.workstation import hardening
        from desktop_app.ui import fonts
        from desktop_app.ui.theme import Look
        from desktop_app.ui.viewmodels.sign_in import SignInModel
        from desktop_app.ui.window import Window

        hardening.forbid_memory_images()
        hardening.keep_files_private()
        app = QApplication(sys.argv[:1])
        fault = self._take_folder()
        if fault is None and self._lock is None and _call_first(self._folder):
            return 0
        fonts.load_first(self._resources / "fonts")
        look = Look(app, self._resources / "styles")
        look.apply(look.scale)
        window_keeper: list[Window] = []
        shells = Shells(look, lambda: window_keeper[0])
        model = SignInModel(
            lambda: Backstage(self._folder, self._resources, training=self._training)
        )
        window = Window(model, shells, training=self._training)
        window_keeper.append(window)

        def after_paint() -> None:
            from desktop_app.ui.jobs import ThreadJobs

            shells.jobs = ThreadJobs()
            model.jobs = shells.jobs
            if fault is not None:
                window.show_fault(fault)
                return
            self._start_behind(app, window)

        window.painted.connect(lambda: QTimer.singleShot(0, after_paint))
        window.show()
        status = app.exec()
        if shells.jobs is not None:
            shells.jobs.close()
        return int(status)

    def _take_folder(self) -> CounterError | None:
        """Take the data folder for this program alone; a CounterError when it cannot be used."""
        from PySide6.QtCore import QLockFile

        from desktop_app.adapters.workstation import paths
        from desktop_app.domain.errors import CounterError, Unavailable

        try:
            paths.private_folder(self._folder)
        except CounterError as error:
            return error
        lock = QLockFile(str(self._folder / _LOCK))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            self._lock = lock
            return None
        if lock.error() is QLockFile.LockError.PermissionError:
            return Unavailable("数据文件夹只能读，写不进去", "检查权限或换可写的磁盘，再按 F5")
        return None

    def _start_behind(self, app: QApplication, window: Window) -> None:
        from PySide6.QtGui import QIcon

        from desktop_app.adapters.workstation import logs, paths
        from desktop_app.domain.errors import CounterError
        from desktop_app.ui import fonts
        from desktop_app.ui.widgets.focus import FocusKeeper

        window.start()
        app.setWindowIcon(QIcon(str(self._resources / "icons" / "luohu.png")))
        FocusKeeper(app)
        fonts.load_rest(self._resources / "fonts")
        listen(self._folder, window)
        try:
            folder = paths.logs_dir(self._folder)
            logs.start(folder)
            logs.record_crashes(folder)
            logs.catch_everything(window.tell_fault)
        except CounterError as error:
            window.show_fault(error)


def socket_name(folder: Path) -> str:
    """The name under which the first window of a data folder can be called."""
    import hashlib

    return "luohu-" + hashlib.sha256(str(folder).encode()).hexdigest()[:16]


def _call_first(folder: Path) -> bool:
    """Ask the window that holds the folder to come to the front; whether it answered."""
    from PySide6.QtNetwork import QLocalSocket  # only a second start needs it

    socket = QLocalSocket()
    socket.connectToServer(socket_name(folder))
    if not socket.waitForConnected(_ANSWER_MS):
        sys.stderr.write("本程序已在运行，但没有应答。稍等再试\n")
        return True
    socket.write(_RAISE)
    socket.waitForBytesWritten(_ANSWER_MS)
    socket.disconnectFromServer()
    return True


def listen(folder: Path, window: Window) -> None:
    """Come to the front when the program is started again for the same data folder."""
    from PySide6.QtNetwork import QLocalServer  # after the first paint: it is not needed before

    server = QLocalServer(window)
    QLocalServer.removeServer(socket_name(folder))

    def called() -> None:
        connection = server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
        window.raise_up()
    server.newConnection.connect(called)
    server.listen(socket_name(folder))


class Shells:
    """Makes the screens behind the sign-in page; see ``ui.window.Shells``."""

    def __init__(self, look: Look, window: Callable[[], Window]) -> None:
        self._look, self._window = look, window
        self.jobs: ThreadJobs | None = None  # made after the first paint

    def counter(self, counter: Counter, sign_out: Callable[[], None]) -> Shell:
        """The counter of a signed-in person."""
        # the pages come with every service behind them: not before somebody signed in
        from desktop_app.ui.dialogs import QtAsk
        from desktop_app.ui.jobs import ThreadJobs
        from desktop_app.ui.pages.shell import CounterShell
        from desktop_app.ui.shortcuts import KeyMap

        self.jobs = self.jobs or ThreadJobs()
        return CounterShell(
            counter, QtAsk(self._window()), self.jobs, self._look, KeyMap(), sign_out
        )

    def set_up(self, create: Create) -> Threshold:
        """First set-up."""
        from desktop_app.ui.dialogs import QtAsk
        from desktop_app.ui.pages.set_up import SetUpPage

        return SetUpPage(create, QtAsk(self._window()))

    def fault(self, error: CounterError, again: Callable[[], None]) -> Threshold:
        """A fault in place of the program."""
        from desktop_app.ui.pages.fault import FaultPage

        def close() -> None:
            self._window().close()
        return FaultPage(error, again, close)
