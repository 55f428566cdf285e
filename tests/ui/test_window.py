"""The first page and what comes behind it (R12, and the bad starts)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app import main
from desktop_app.domain.errors import CounterError, Damaged, Unavailable
from desktop_app.ui.pages.fault import FaultPage
from desktop_app.ui.pages.set_up import SetUpPage
from desktop_app.ui.theme import Look
from desktop_app.ui.viewmodels.sign_in import SignInModel
from desktop_app.ui.window import Create, Shell, Threshold, Window
from tests.helpers.keys import press, type_text
from tests.helpers.ui_fakes import FakeAsk, FakeJobs
from tests.helpers.world import ROOT

PASSWORD = "a-long-password"


class FakeEntrance:
    """A way in with one account."""

    def __init__(self, *, has_data: bool = True, unfinished: bool = False) -> None:
        self.has_data, self.unfinished = has_data, unfinished
        self.station_words = "演练派出所 · 1号窗口"
        self.created: list[tuple[Path, str, str]] = []

    def logins(self) -> tuple[str, ...]:
        """See Entrance."""
        return ("clerk", "supervisor")

    def sign_in(self, login: str, password: str) -> object:
        """See Entrance; the session is a word here."""
        if password != PASSWORD:
            raise Unavailable("口令错误，还可试 4 次", "核对大小写后再录")
        return f"session of {login}"

    def create(self, profile: Path, name: str, password: str) -> None:
        """See Entrance."""
        if not profile.name.endswith(".toml"):
            raise Unavailable("没有这个工位配置文件", "核对路径后再试")
        self.created.append((profile, name, password))
        self.has_data = True


class FakeShell(Shell):
    """A counter that notes what happens to it."""

    def __init__(self, session: object) -> None:
        super().__init__()
        self.session, self.started, self.closed = session, False, False

    def start(self) -> None:
        """See Shell."""
        self.started = True

    def close_down(self) -> None:
        """See Shell."""
        self.closed = True


class FakeShells:
    """Real thresholds, a fake counter."""

    def __init__(self) -> None:
        self.again = 0

    def counter(self, counter: object, sign_out: object) -> Shell:
        """See Shells."""
        return FakeShell(counter)

    def set_up(self, create: Create) -> Threshold:
        """See Shells."""
        return SetUpPage(create, FakeAsk())

    def fault(self, error: CounterError, again: object) -> Threshold:
        """See Shells."""
        assert callable(again)
        return FaultPage(error, again, lambda: None)


def opened(qtbot: QtBot, entrance: FakeEntrance, jobs: FakeJobs) -> Window:
    """A window over an entrance, painted."""
    model = SignInModel(lambda: entrance, jobs)  # type: ignore[arg-type,return-value]
    window = Window(model, FakeShells(), training=False)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    window.activateWindow()
    window.start()
    window.sign_in.first_focus()
    return window


def sign_in(login: str = "clerk", password: str = PASSWORD) -> None:
    """Type both and press Enter."""
    type_text(login)
    press("Return")
    type_text(password)
    press("Return")


def test_password_is_taken_before_the_rest_is_loaded(qtbot: QtBot, look: Look) -> None:
    jobs = FakeJobs(hold=True)
    window = opened(qtbot, FakeEntrance(), jobs)
    sign_in()
    assert window.shell is None
    assert window.sign_in.button.words() == "正在登录…"
    jobs.release()
    assert isinstance(window.shell, FakeShell)
    assert window.shell.started
    assert window.shell.session == "session of clerk"


def test_wrong_password_says_why_and_keeps_the_account(qtbot: QtBot, look: Look) -> None:
    window = opened(qtbot, FakeEntrance(), FakeJobs())
    sign_in(password="wrong")
    assert window.shell is None
    assert "还可试 4 次" in window.sign_in.banner.text()
    assert window.sign_in.login.text() == "clerk"
    assert window.sign_in.password.is_empty()
    type_text(PASSWORD)
    press("Return")
    assert isinstance(window.shell, FakeShell)


def test_signing_out_lets_the_data_go(qtbot: QtBot, look: Look) -> None:
    window = opened(qtbot, FakeEntrance(), FakeJobs())
    sign_in()
    shell = window.shell
    assert isinstance(shell, FakeShell)
    window.sign_out()
    assert shell.closed
    assert window.sign_in.isVisible()
    assert window.sign_in.password.is_empty()


def test_first_start_asks_for_profile_and_password(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    entrance = FakeEntrance(has_data=False)
    window = opened(qtbot, entrance, FakeJobs())
    page = window.findChild(SetUpPage)
    assert page is not None
    page.profile.set_text(str(tmp_path / "station.toml"))
    page.name.set_text("王演练")
    page.password.line.setText(PASSWORD)
    page.again.line.setText("another one")
    page.button.click()
    assert "两遍口令不同" in page.banner.text()
    assert entrance.created == []
    page.again.line.setText(PASSWORD)
    page.button.click()
    assert entrance.created == [(tmp_path / "station.toml", "王演练", PASSWORD)]
    assert window.sign_in.isVisible()


def test_a_half_made_folder_is_told_and_can_be_made(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    entrance = FakeEntrance(has_data=False, unfinished=True)
    window = opened(qtbot, entrance, FakeJobs())
    page = window.findChild(SetUpPage)
    assert page is not None
    assert "没有做完" in page.banner.text()
    assert not page.button.reasons()


def test_a_bad_profile_creates_nothing_and_keeps_what_was_typed(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    entrance = FakeEntrance(has_data=False)
    window = opened(qtbot, entrance, FakeJobs())
    page = window.findChild(SetUpPage)
    assert page is not None
    page.profile.set_text(str(tmp_path / "station.txt"))
    page.name.set_text("王演练")
    page.password.line.setText(PASSWORD)
    page.again.line.setText(PASSWORD)
    page.button.click()
    assert "没有这个工位配置文件" in page.banner.text()
    assert page.name.text() == "王演练"
    assert not page.button.reasons()


def test_keys_or_a_profile_that_are_unfit_show_the_fault(qtbot: QtBot, look: Look) -> None:
    class Unfit(FakeEntrance):
        def logins(self) -> tuple[str, ...]:
            raise Damaged("钥匙文件已损坏，打不开数据", "交信息员用另存的钥匙文件恢复")

    window = opened(qtbot, Unfit(), FakeJobs())
    page = window.findChild(FaultPage)
    assert page is not None
    assert page.message.text() == "钥匙文件已损坏，打不开数据"


def test_unusable_data_shows_the_fault_and_can_be_tried_again(qtbot: QtBot, look: Look) -> None:
    entrance = FakeEntrance()
    faults = [Unavailable("数据库损坏，打不开", "交信息员用最近的备份恢复")]

    def prepare() -> FakeEntrance:
        if faults:
            raise faults.pop()
        return entrance

    model = SignInModel(prepare, FakeJobs())  # type: ignore[arg-type]
    window = Window(model, FakeShells(), training=False)
    qtbot.addWidget(window)
    window.show()
    window.start()
    page = window.findChild(FaultPage)
    assert page is not None
    assert page.message.text() == "数据库损坏，打不开"
    press("F5", page)
    assert window.sign_in.isVisible()
    assert id(model.entrance) == id(entrance)


@pytest.mark.parametrize(("environ", "platform", "wanted"), [
    ({}, "linux", False),
    ({"DISPLAY": ":0"}, "linux", True),
    ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
    ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
    ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
    ({}, "win32", True),
])
def test_display_is_looked_for(environ: dict[str, str], platform: str, wanted: bool) -> None:
    assert main.has_display(environ, platform) is wanted


def test_without_a_display_one_line_and_two(tmp_path: Path) -> None:
    environ = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--training", "--data", tmp_path / "data"],
        cwd=ROOT, env=environ, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip() == main.NO_DISPLAY
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "data").exists()


def test_first_page_needs_nothing_heavy() -> None:
    """What the sign-in window imports is Qt and itself."""
    look_up = (
        "import sys, desktop_app.main, desktop_app.ui.window, desktop_app.ui.fonts, "
        "desktop_app.ui.theme, desktop_app.ui.jobs; "
        "print([m for m in ('sqlalchemy', 'reportlab', 'fontTools', 'msgspec', 'sqlcipher3',"
        " 'desktop_app.services.desk', 'desktop_app.adapters.policy', 'PySide6.QtPrintSupport',"
        " 'PySide6.QtNetwork') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", look_up], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_second_start_calls_the_first_window(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    """R12: whoever starts the program twice gets the window that is there."""
    window = opened(qtbot, FakeEntrance(), FakeJobs())
    main.listen(tmp_path, window)
    window.showMinimized()
    caller = subprocess.Popen(
        [sys.executable, "-c",
         "import sys, pathlib; from desktop_app import main; from PySide6.QtCore import"
         " QCoreApplication; app = QCoreApplication([]);"
         " sys.exit(0 if main._call_first(pathlib.Path(sys.argv[1])) else 1)", str(tmp_path)],
        cwd=ROOT,
    )
    qtbot.waitUntil(lambda: not window.isMinimized(), timeout=15000)
    assert caller.wait() == 0


def test_only_one_program_takes_a_folder(qtbot: QtBot, tmp_path: Path) -> None:
    first = main._Program(False, str(tmp_path / "data"))
    second = main._Program(False, str(tmp_path / "data"))
    assert first._take_folder() is None
    assert first._lock is not None
    assert second._take_folder() is None
    assert second._lock is None
