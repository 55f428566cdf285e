"""What lies over the window or passes by: covers, progress, passing words, preview, icons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.shortcuts import KeyMap
from desktop_app.ui.theme import TOKENS
from desktop_app.ui.widgets.icons import PATHS, icon
from desktop_app.ui.widgets.job_progress import BAR_AFTER_MS, WORDS_AFTER_MS, JobProgress
from desktop_app.ui.widgets.key_sheet import KeySheet
from desktop_app.ui.widgets.lock_cover import LockCover
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.page_preview import PagePreview
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.text_edit import TextEdit
from desktop_app.ui.widgets.toast_log import KEPT, ToastLog
from desktop_app.ui.widgets.training_frame import EDGE, TrainingFrame
from tests.helpers.keys import NoMouse, focused, press, type_text
from tests.helpers.samples import page_png

Show = Callable[..., QWidget]


class _Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.fields = [TextEdit(name, name) for name in "ab"]
        for field in self.fields:
            column.addWidget(field)

    def focus_first(self) -> None:
        self.fields[0].focus_line()


# ---- covers


def test_the_lock_covers_all_and_gives_the_keyboard_back(show: Show, no_mouse: NoMouse) -> None:
    behind = _Page()
    window = show(behind)
    behind.fields[1].focus_line()
    type_text("half")
    cover = LockCover(window, behind)
    said: list[str] = []
    cover.unlock_asked.connect(said.append)
    cover.lock("试某", "10:41")
    cover.lock("另一人", "10:42")
    assert cover.is_locked()
    assert cover.geometry() == window.rect()
    assert not behind.isVisible()
    assert not behind.isEnabled()
    for _ in range(8):
        press("Tab")
        assert cover.isAncestorOf(focused())
    cover.field().focus_line()
    press("Return")
    assert said == []
    type_text("secret")
    press("Return")
    assert said == ["secret"]
    cover.refuse("口令不对")
    type_text("again")
    press("Return")
    assert said == ["secret", "again"]
    cover.unlock()
    assert behind.fields[1].line.hasFocus()
    assert behind.fields[1].line.text() == "half"
    window.resize(900, 500)
    assert not cover.isVisible()


def test_a_locked_window_shows_nothing_of_the_case(show: Show) -> None:
    behind = _Page()
    window = show(behind)
    cover = LockCover(window, behind)
    cover.lock("试某", "10:41")
    empty = window.grab().toImage()
    cover.unlock()
    behind.fields[0].set_text("210283197803154218")
    cover.lock("试某", "10:41")
    assert window.grab().toImage() == empty


def test_keys_do_not_get_through_the_lock(show: Show) -> None:
    behind = _Page()
    window = show(behind)
    fired: list[str] = []
    table = KeyMap()
    for act in ("new_case", "submit", "place_1", "back", "lock", "keys"):
        table.bind(act, window, partial(fired.append, act))
    cover = LockCover(window, behind)
    cover.lock("试某", "10:41")
    for _ in range(4):
        for key in ("Esc", "F2", "F9", "Alt+1", "Ctrl+N", "F12", "Ctrl+/"):
            press(key)
        press("Tab")
    assert cover.is_locked()
    assert fired == []
    cover.unlock()
    press("F2")
    assert fired == ["new_case"]


@pytest.mark.parametrize("close", ["Esc", "Return"])
def test_the_key_sheet_opens_over_the_page_and_goes(show: Show, close: str) -> None:
    page = _Page()
    window = show(page)
    page.fields[1].focus_line()
    sheet = KeySheet(window)
    KeyMap().bind("submit", window, lambda: pytest.fail("a key got through"))
    for _ in range(2):
        sheet.show_groups([("全窗口", [("F1", "帮助")]), ("受理", [("F9", "提交")])])
        assert focused() is sheet
        for key in ("Tab", "x", "Down", "F9"):
            press(key)
        assert sheet.isVisible()
        press(close)
        assert not sheet.isVisible()
        assert page.fields[1].line.hasFocus()
    words = [label.text() for label in sheet.findChildren(PlainLabel)]
    assert words.count("提交") == 1


def test_training_is_framed_and_lets_everything_through(show: Show) -> None:
    page = _Page()
    window = show(page)
    before = window.grab().toImage()
    frame = TrainingFrame(window)
    frame.cover()
    after = window.grab().toImage()
    purple = QColor(TOKENS.train)
    for step in range(EDGE):
        assert after.pixelColor(step, 300) == purple
        assert after.pixelColor(window.width() - 1 - step, 300) == purple
        assert after.pixelColor(700, step) == purple
    assert before != after
    page.fields[0].focus_line()
    type_text("x")
    assert page.fields[0].text() == "x"
    window.resize(900, 500)
    assert frame.geometry() == window.rect()


# ---- progress, passing words, preview, icons


def test_progress_is_silent_then_words_then_a_way_out(qtbot: QtBot, show: Show) -> None:
    now = [0]
    progress = JobProgress(lambda: now[0])
    show(progress)
    assert progress._soon.interval() == WORDS_AFTER_MS
    assert progress._late.interval() == BAR_AFTER_MS
    progress.start("正在导入")
    assert progress.isHidden()
    progress.show_words()
    assert progress.text() == "正在导入"
    assert not progress.is_showing_bar()
    progress.show_bar()
    now[0] = 8000
    progress.report(1380, 2000)
    assert progress.is_showing_bar()
    assert progress.text() == "正在导入 1,380 / 2,000，约剩 4 秒"
    now[0] = 600_000
    progress.report(1000, 2000, "正在预检")
    assert progress.text() == "正在预检 1,000 / 2,000，约剩 10 分钟"
    progress.finish()
    assert progress.isHidden()


def test_cancel_is_asked_once(show: Show) -> None:
    progress = JobProgress(lambda: 0)
    show(progress)
    asked: list[bool] = []
    progress.cancel_asked.connect(lambda: asked.append(True))
    progress.start("正在导入")
    progress.show_bar()
    progress.cancel()
    progress.cancel()
    assert asked == [True]
    assert "正在停下" in progress.text()
    progress.start("又一次")
    progress.cancel()
    assert asked == [True, True]


def test_passing_words_are_kept(show: Show) -> None:
    window = show(QWidget())
    toast = ToastLog(window, lambda: "10:41")
    for number in range(KEPT + 5):
        toast.say(Level.OK, f"第 {number} 件")
    assert len(toast.said()) == KEPT
    assert toast.said()[-1].text == f"第 {KEPT + 4} 件"
    assert window.rect().contains(toast.geometry())
    window.resize(700, 400)
    assert window.rect().contains(toast.geometry())


def test_pages_turn_and_zoom_by_keys(show: Show, no_mouse: NoMouse) -> None:
    view = PagePreview()
    show(view)
    view.set_pages([page_png(number) for number in (1, 2, 3)])
    turned: list[int] = []
    view.turned.connect(turned.append)
    view.setFocus()
    fitting = view.zoom()
    for key in ("PgDown", "PgDown", "PgDown", "PgUp", "Home", "End"):
        press(key)
    assert turned == [2, 3, 2, 1, 3]
    assert view.page() == 3
    press("+")
    assert view.zoom() > fitting
    press("-")
    press("-")
    press("0")
    assert view.zoom() == pytest.approx(fitting)
    assert "第 3 页，共 3 页" in view.accessibleDescription()


def test_zoom_stops_at_its_ends(show: Show) -> None:
    view = PagePreview()
    show(view)
    view.set_pages([page_png(1)])
    for _ in range(9):
        view.zoom_by(1)
    assert view.zoom() == 3.0
    for _ in range(9):
        view.zoom_by(-1)
    assert view.zoom() == 0.5


def test_what_is_no_page_is_refused(show: Show) -> None:
    view = PagePreview()
    show(view)
    assert view.page() == 0
    with pytest.raises(ValueError, match="page"):
        view.set_pages([b"no picture"])


def test_every_icon_draws_something_of_its_own(show: Show) -> None:
    pictures = {name: icon(name).pixmap(24, 24).toImage() for name in PATHS}
    for name, picture in pictures.items():
        assert any(
            picture.pixelColor(x, y).alpha() > 100 for x in range(24) for y in range(24)
        ), name
    blank = [name for name in PATHS if PATHS[name].count("M") == 0]
    assert blank == []
    with pytest.raises(KeyError):
        icon("no such icon")
