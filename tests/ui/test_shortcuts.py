"""The table of keys: no conflicts, no lone letters, and the edit in hand is settled first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.errors import Conflict, InputError
from desktop_app.ui.key_table import STANDARD, Binding, Scope, printed, with_changes
from desktop_app.ui.shortcuts import KeyMap, settle_focus
from desktop_app.ui.widgets.text_edit import TextEdit
from tests.helpers.ime import compose
from tests.helpers.keys import NoMouse, press, type_text

Show = Callable[..., QWidget]


def test_the_standard_table_stands() -> None:
    table = KeyMap()
    assert table.key("submit") == "F9"
    assert table.key("larger") == "Ctrl +"
    assert table.key("next_block") == "Ctrl+Enter"
    assert len(table.bindings()) == len(STANDARD)
    assert {b.scope for b in table.bindings(Scope.CASE)} == {Scope.CASE}
    assert table.changes() == {}


@pytest.mark.parametrize("binding", STANDARD, ids=lambda b: b.id)
def test_every_key_is_one_qt_knows_and_is_printed(binding: Binding) -> None:
    table = KeyMap()
    for key in table.of(binding.id).keys:
        assert QKeySequence(key).count() == 1
        assert printed(key)


def test_a_key_used_twice_is_refused_and_both_acts_are_named() -> None:
    with pytest.raises(Conflict, match="F9") as caught:
        with_changes({"help": "F9"})
    assert "帮助与条文" in str(caught.value)
    assert "提交并打印" in str(caught.value)


def test_the_same_key_by_another_spelling_is_still_the_same() -> None:
    with pytest.raises(Conflict):
        with_changes({"help": "ctrl+t"})


def test_a_list_and_a_case_may_share_a_key() -> None:
    assert KeyMap(with_changes({"find": "F4"})).key("find") == "F4"


@pytest.mark.parametrize("key", ["a", "Shift+A", "7", "。"])
def test_a_lone_letter_is_refused(key: str) -> None:
    with pytest.raises(InputError, match="字母或数字"):
        with_changes({"notice": key})


@pytest.mark.parametrize("key", ["", "Ctrl+K, Ctrl+C", "no such key"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(InputError, match="看不懂"):
        with_changes({"notice": key})


def test_the_keys_of_the_fields_and_the_way_back_cannot_be_changed() -> None:
    with pytest.raises(InputError, match="不能改"):
        with_changes({"accept": "F8"})
    with pytest.raises(InputError, match="返回"):
        with_changes({"back": "Ctrl+B"})


@pytest.mark.parametrize(
    "key", ["Tab", "Shift+Tab", "Backspace", "Ctrl+C", "Ctrl+Left", "Shift+End", "Alt+F4", "F10"]
)
def test_a_key_that_text_or_the_system_needs_is_refused(key: str) -> None:
    with pytest.raises(InputError, match="文字编辑"):
        with_changes({"notice": key})


def test_a_new_key_works_at_once_and_the_old_one_no_more(show: Show) -> None:
    page, _, _ = _page(show)
    fired: list[str] = []
    heard: list[str] = []
    table = KeyMap()
    table.bind("review", page, lambda: fired.append("review"))
    table.changed.connect(lambda: heard.append(table.key("review")))
    table.take({"review": "Ctrl+J"})
    press("F8")
    assert fired == []
    press("Ctrl+J")
    assert (fired, heard) == (["review"], ["Ctrl+J"])
    table.take({})
    press("Ctrl+J")
    press("F8")
    assert fired == ["review", "review"]


def test_a_refused_change_changes_nothing(show: Show) -> None:
    page, _, _ = _page(show)
    fired: list[str] = []
    table = KeyMap()
    table.bind("review", page, lambda: fired.append("review"))
    with pytest.raises(Conflict):
        table.take({"review": "F9"})
    press("F8")
    assert (fired, table.key("review")) == (["review"], "F8")


def test_messages_name_the_keys_that_hold_now() -> None:
    table = KeyMap()
    table.take({"new_case": "F7", "assess": "F2", "larger": "Ctrl+J"})
    assert table.said("按 F2 新建，F7 判定，F11 或 Ctrl + 放大，F12 锁屏") == (
        "按 F7 新建，F2 判定，F11 或 Ctrl+J 放大，F12 锁屏"
    )
    assert table.said("文号 F2017") == "文号 F2017"


def test_changes_come_back_for_the_settings_and_unknown_ones_are_left_out() -> None:
    table = KeyMap(with_changes({"notice": "Ctrl+J", "gone": "Ctrl+U"}))
    assert table.changes() == {"notice": "Ctrl+J"}
    assert KeyMap(with_changes(table.changes())).key("notice") == "Ctrl+J"


def _page(show: Show) -> tuple[QWidget, TextEdit, TextEdit]:
    page = QWidget()
    column = QVBoxLayout(page)
    one, other = TextEdit("one", "备注"), TextEdit("other", "附注")
    column.addWidget(one)
    column.addWidget(other)
    show(page)
    one.focus_line()
    return page, one, other


def test_a_key_settles_the_edit_in_hand_before_it_acts(show: Show, no_mouse: NoMouse) -> None:
    page, one, _ = _page(show)
    order: list[str] = []
    one.committed.connect(lambda committed: order.append(committed.text))
    KeyMap().bind("review", page, lambda: order.append("review"))
    type_text("abc")
    press("F8")
    assert order == ["abc", "review"]


def test_keys_do_nothing_while_an_input_method_composes(show: Show) -> None:
    page, one, _ = _page(show)
    fired: list[str] = []
    table = KeyMap()
    for act in ("assess", "review", "submit", "back", "help", "lock", "notice"):
        table.bind(act, page, partial(fired.append, act))
    compose(one.line, "zhuang")
    for key in ("F7", "F8", "F9", "Esc", "F1", "F12", "Ctrl+T", "Return", "Tab"):
        press(key)
    assert fired == []
    assert one.line.hasFocus()


def test_a_case_key_works_inside_its_page_only(show: Show) -> None:
    first, outside = QWidget(), TextEdit("outside", "外")
    QVBoxLayout(first).addWidget(TextEdit("inside", "内"))
    show(first, outside)
    fired: list[str] = []
    KeyMap().bind("review", first, lambda: fired.append("review"))
    KeyMap().bind("query", first, lambda: fired.append("query"))
    outside.focus_line()
    press("F8")
    press("F3")
    assert fired == ["query"]


def test_settling_without_a_field_does_nothing(show: Show) -> None:
    window = show(QWidget())
    settle_focus(window)
    assert window.focusWidget() is None
