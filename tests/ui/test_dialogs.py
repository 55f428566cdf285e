"""Questions are safe: Enter never confirms (T23), letters do, the scripted fake answers alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.dialogs import Ask, FileKind, Option, QtAsk
from desktop_app.ui.widgets.ask_dialog import AskDialog
from desktop_app.ui.widgets.reauth_dialog import ReAuthDialog
from desktop_app.ui.widgets.text_edit import TextEdit
from tests.helpers.ime import enter_chinese
from tests.helpers.keys import focused, press, type_text
from tests.helpers.ui_fakes import FakeAsk

Show = Callable[..., QWidget]
DELETE = (("yes", "删除草稿", "Y", True),)


@pytest.fixture
def dialog(qtbot: QtBot, show: Show) -> Iterator[AskDialog]:
    made = AskDialog("删除这份草稿", "删除后不能恢复。", DELETE, "返回")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made


def test_the_safe_answer_has_the_focus_and_enter(dialog: AskDialog) -> None:
    assert focused() is dialog.safe_button()
    press("Return")
    assert dialog.answer() is None
    assert dialog.isHidden()


def test_two_hundred_enters_confirm_nothing(dialog: AskDialog) -> None:
    for _ in range(200):
        press("Return", dialog)
    assert dialog.answer() is None
    assert dialog.isVisible()


def test_no_key_but_the_letter_confirms(dialog: AskDialog) -> None:
    for key in ("Tab", "Return", "N", "1", "Space"):
        if dialog.isVisible():
            press(key, dialog)
    assert dialog.answer() is None


def test_the_letter_confirms_in_either_case(dialog: AskDialog) -> None:
    press("Y", dialog)
    assert dialog.answer() == "yes"


def test_esc_is_the_way_out(dialog: AskDialog) -> None:
    press("Esc", dialog)
    assert dialog.answer() is None
    assert dialog.isHidden()


def test_a_dangerous_button_is_never_reached_by_tab(dialog: AskDialog) -> None:
    for _ in range(5):
        press("Tab")
        assert focused() is dialog.safe_button()


def test_no_button_is_a_default_button(dialog: AskDialog) -> None:
    for button in dialog.findChildren(type(dialog.safe_button())):
        assert not button.autoDefault()
        assert not button.isDefault()


# ---- QtAsk: the dialog is answered from inside its own loop


def _answer(keys: tuple[str, ...], words: str = "") -> None:
    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AskDialog)
        try:
            if words:
                enter_chinese(dialog.findChildren(TextEdit)[0].line, words)
            for key in keys:
                press(key, dialog)
        finally:
            dialog.reject()  # a wrong dialog must fail, not hang

    QTimer.singleShot(0, act)


@pytest.fixture
def asking(show: Show) -> QtAsk:
    return QtAsk(show(QWidget()))


@pytest.mark.parametrize(("key", "answer"), [("Y", True), ("Esc", False)])
def test_confirm(asking: QtAsk, key: str, answer: bool) -> None:
    _answer((key,))
    assert asking.confirm("删除", "不能恢复", yes="删除草稿") is answer


def test_choose(asking: QtAsk) -> None:
    options = [Option("go", "继续", "G"), Option("drop", "放弃", "D", dangerous=True)]
    _answer(("D",))
    assert asking.choose("草稿", "有 1 份", options) == "drop"
    _answer(("Esc",))
    assert asking.choose("草稿", "有 1 份", options) is None


def test_a_reason_is_never_empty(asking: QtAsk) -> None:
    _answer(("Ctrl+Return", "Esc"))
    assert asking.reason("退回", "写明原因") is None
    _answer(("Ctrl+Return",), words="材料不全")
    assert asking.reason("退回", "写明原因") == "材料不全"


def test_warn_returns_after_it_was_read(asking: QtAsk) -> None:
    _answer(("Esc",))
    asking.warn("打印机", "缺纸", "补纸后按 Ctrl+P")
    assert QApplication.activeModalWidget() is None


def test_files_and_folders(
    asking: QtAsk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    filters: list[str] = []

    def pick(_: QWidget, __: str, ___: str, wanted: str) -> tuple[str, str]:
        filters.append(wanted)
        return str(tmp_path / "名册.xlsx"), wanted

    monkeypatch.setattr(QFileDialog, "getOpenFileName", pick)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    kinds = [FileKind("名册", ("xlsx", "csv")), FileKind("日志", ("luohu",))]
    assert asking.open_file("选名册", kinds) == tmp_path / "名册.xlsx"
    assert filters == ["名册 (*.xlsx *.csv);;日志 (*.luohu)"]
    assert asking.save_file("存为", "名册.xlsx", kinds) is None
    assert asking.folder("选文件夹") == tmp_path


def test_the_fake_answers_from_its_script_and_notes_the_questions() -> None:
    fake = FakeAsk([True, "drop", None, "原因", Path("a")])
    ask: Ask = fake
    assert ask.confirm("一", "", yes="是")
    assert ask.choose("二", "", [Option("drop", "放弃")]) == "drop"
    assert ask.choose("三", "", []) is None
    assert ask.reason("四", "") == "原因"
    assert ask.open_file("五", []) == Path("a")
    ask.warn("六", "话", "办法")
    assert [kind for kind, _, _ in fake.asked] == [
        "confirm", "choose", "choose", "reason", "open_file", "warn",
    ]
    with pytest.raises(AssertionError, match="unexpected question"):
        ask.confirm("七", "", yes="是")


# ---- the password once more


def test_the_password_is_checked_elsewhere(qtbot: QtBot, show: Show) -> None:
    dialog = ReAuthDialog("主管", "批准前再次验证")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    said: list[str] = []
    dialog.submitted.connect(said.append)
    dialog.field().focus_line()
    press("Return")
    assert said == []
    assert "填写口令" in dialog.field().message_line.text()
    type_text("secret")
    press("Return")
    press("Return")
    assert said == ["secret"], "one at a time while it is being checked"
    assert dialog.field().is_empty()
    dialog.refuse("口令不对")
    type_text("other")
    press("Return")
    assert said == ["secret", "other"]
    dialog.accept()
    assert dialog.result() == 1
