"""What all editors share: Enter, settling, messages, input methods (T21), undo (T22)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import InputError
from desktop_app.ui.widgets.field import FieldEditor
from desktop_app.ui.widgets.messages import Committed, Level, Message, check_by
from desktop_app.ui.widgets.password_edit import PasswordEdit
from desktop_app.ui.widgets.text_edit import TextEdit
from tests.helpers.ime import commit, compose, enter_chinese
from tests.helpers.keys import NoMouse, focused, press, type_text
from tests.helpers.sample_fields import EDITORS

Show = Callable[..., QWidget]
KINDS = list(EDITORS)


def _of(kind: str) -> FieldEditor:
    return EDITORS[kind]()


def _too_short(text: str) -> object:
    if len(text) < 3:
        raise InputError("备注太短", "再写几个字")
    return text


@pytest.fixture
def note(show: Show) -> TextEdit:
    made = TextEdit("case.note", "备注", check=check_by(_too_short))
    show(made, TextEdit("other", "附注"))
    made.focus_line()
    return made


def _log(editor: FieldEditor) -> list[str]:
    said: list[str] = []

    def on_commit(committed: Committed) -> None:
        said.append(f"{committed.field_id}={committed.text}")

    editor.committed.connect(on_commit)
    editor.accepted.connect(lambda: said.append("accepted"))
    editor.back.connect(lambda: said.append("back"))
    return said


# ---- Enter and settling


def test_enter_commits_once_and_asks_for_the_next_field(note: TextEdit) -> None:
    said = _log(note)
    type_text("hello")
    press("Return")
    press("Return")
    assert said == ["case.note=hello", "accepted", "accepted"]


def test_the_enter_of_the_number_block_is_enter(note: TextEdit) -> None:
    said = _log(note)
    press("Num+Enter")
    press("Enter")
    assert said == ["accepted", "accepted"]


def test_leaving_commits_and_the_same_words_are_not_committed_again(note: TextEdit) -> None:
    said = _log(note)
    type_text("hello")
    press("Tab")
    note.focus_line()
    press("Tab")
    assert said == ["case.note=hello"]


def test_shift_enter_asks_for_the_field_before(note: TextEdit) -> None:
    said = _log(note)
    type_text("hello")
    press("Shift+Return")
    assert said == ["case.note=hello", "back"]


def test_an_error_stops_enter_once_and_never_traps(note: TextEdit) -> None:
    said = _log(note)
    type_text("ab")
    press("Return")
    assert note.message() == Message(Level.ERROR, "备注太短。再写几个字")
    assert said == ["case.note=ab"], "wrong words are committed all the same, and Enter stays"
    assert note.line.selectedText() == "ab"
    press("Return")
    assert said == ["case.note=ab", "accepted"]


def test_typing_takes_the_message_away_and_a_new_error_stops_again(note: TextEdit) -> None:
    said = _log(note)
    type_text("ab")
    press("Return")
    type_text("c")
    assert note.message() is None
    press("Return")
    assert said == ["case.note=ab", "case.note=c"]


def test_a_message_of_the_service_is_shown_and_spoken(note: TextEdit) -> None:
    note.set_message(Level.WARN, "与读卡不同")
    assert note.message_line.text() == "与读卡不同"
    assert not note.message_line.isHidden()
    assert "注意：与读卡不同" in note.line.accessibleDescription()
    note.set_message(Level.WARN, "")
    assert note.message_line.isHidden()
    assert "与读卡不同" not in note.line.accessibleDescription()


def test_known_words_are_shown_without_a_signal(note: TextEdit) -> None:
    said = _log(note)
    note.changed.connect(lambda _: said.append("changed"))
    note.set_text("已有的话")
    note.settle()
    assert said == []
    assert note.text() == "已有的话"


def test_typing_in_hand_is_never_overwritten(note: TextEdit) -> None:
    type_text("typed")
    note.set_text("from elsewhere")
    assert note.text() == "typed"
    note.settle()
    note.set_text("later")
    assert note.text() == "later"


@pytest.mark.parametrize("kind", KINDS)
def test_another_case_begins_empty_and_silent(kind: str, show: Show) -> None:
    editor = _of(kind)
    show(editor)
    editor.focus_line()
    type_text("19900101")
    press("Return")
    type_text("7")
    editor.set_message(Level.ERROR, "旧话")
    said = _log(editor)
    editor.changed.connect(lambda _: said.append("changed"))
    editor.reset()
    assert (editor.line.text(), editor.text(), editor.message()) == ("", "", None)
    press("Ctrl+Z")
    assert editor.line.text() == "", "undo must not bring back another person's words"
    editor.settle()
    editor.set_text("2017-01-01")
    assert editor.line.text() != ""
    assert said == []


def test_a_locked_field_can_be_read_and_copied_but_not_changed(note: TextEdit) -> None:
    note.set_text("kept")
    note.set_read_only(True)
    type_text("x")
    press("Ctrl+A")
    press("Ctrl+C")
    assert note.text() == "kept"
    assert QGuiApplication.clipboard().text() == "kept"


def test_ctrl_enter_is_left_to_the_page(note: TextEdit) -> None:
    said = _log(note)
    type_text("hello")
    press("Ctrl+Return")
    assert said == []


# ---- every kind of editor


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_acts_while_an_input_method_composes(kind: str, show: Show) -> None:
    editor = _of(kind)
    show(editor, TextEdit("other", "附注"))
    editor.focus_line()
    said = _log(editor)
    compose(editor.line, "zhongshan")
    for key in ("Return", "Enter", "Shift+Return", "Esc", "F1", "F9", "Down", "Up", "Tab", "1"):
        press(key)
    assert said == []
    assert focused() is editor.line
    assert editor.line.text() == ""
    commit(editor.line, "中山")
    assert "中山" in editor.line.text()
    assert not editor.line.composing


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "PasswordEdit"])
def test_copy_paste_and_undo_work(kind: str, show: Show, no_mouse: NoMouse) -> None:
    editor = _of(kind)
    show(editor)
    editor.focus_line()
    QGuiApplication.clipboard().setText("2017")
    press("Ctrl+V")
    assert editor.line.text() == "2017"
    press("Ctrl+A")
    press("Ctrl+X")
    assert (editor.line.text(), QGuiApplication.clipboard().text()) == ("", "2017")
    press("Ctrl+Z")
    assert editor.line.text() == "2017"
    press("Ctrl+Z")
    assert editor.line.text() == ""
    press("Ctrl+Y")
    assert editor.line.text() == "2017"


@pytest.mark.parametrize(("kind", "typed", "tidy"), [
    ("IdNumberEdit", "210283197803154218", "210283 19780315 4218"),
    ("DateTextEdit", "19900315", "1990-03-15"), ("PhoneEdit", "13000000000", "130 0000 0000"),
    ("PickEdit", "zhs", "庄河市"), ("YesNo", "s", "是"),
])
def test_undo_brings_back_what_was_typed_before_tidying(
    kind: str, typed: str, tidy: str, show: Show
) -> None:
    editor = _of(kind)
    show(editor)
    editor.focus_line()
    type_text(typed)
    editor.settle()
    assert editor.line.text() == tidy
    press("Ctrl+Z")
    assert editor.line.text() == typed


@pytest.mark.parametrize("kind", KINDS)
def test_enter_never_submits_a_dialog(kind: str, qtbot: QtBot, show: Show) -> None:
    dialog = QDialog()
    editor = _of(kind)
    QVBoxLayout(dialog).addWidget(editor)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    editor.focus_line()
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    for text in ("", "19900101"):
        enter_chinese(editor.line, text)
        for _ in range(100):
            press("Return", editor.line)
    assert ended == []
    assert dialog.isVisible()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "TwiceEdit"])
def test_the_words_are_kept_whatever_they_are(kind: str, show: Show) -> None:
    editor = _of(kind)
    show(editor)
    editor.focus_line()
    enter_chinese(editor.line, "欧阳𠮷")
    editor.settle()
    first = editor.line.text()
    assert "欧阳𠮷" in first


def test_a_password_leaves_by_one_way_only(show: Show) -> None:
    field = PasswordEdit("p", "口令")
    show(field, TextEdit("other", "附注"))
    field.focus_line()
    said = _log(field)
    QGuiApplication.clipboard().setText("pass word")
    press("Ctrl+V")
    press("Tab")
    assert said == []
    assert field.line.displayText() != "pass word"
    assert field.take() == "pass word"
    assert field.is_empty()


def test_a_check_forgives_empty_words() -> None:
    assert check_by(_too_short)("  ") is None
    assert check_by(_too_short)("ab") == Message(Level.ERROR, "备注太短。再写几个字")
    assert check_by(_too_short)("abc") is None
