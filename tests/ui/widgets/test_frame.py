"""The frame of the window: buttons, bars, rail and stack."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets.action_bar import ActionBar, ActionSpec
from desktop_app.ui.widgets.buttons import KeyButton, Kind
from desktop_app.ui.widgets.page_stack import PageStack
from desktop_app.ui.widgets.plain import PlainLabel
from desktop_app.ui.widgets.rail_nav import RailEntry, RailNav
from desktop_app.ui.widgets.status_bar import StatusBar, StatusView
from desktop_app.ui.widgets.text_edit import TextEdit
from tests.helpers.keys import NoMouse, focused, press

Show = Callable[..., QWidget]


# ---- buttons and the bar


def test_a_blocked_button_says_why_and_does_nothing(show: Show, no_mouse: NoMouse) -> None:
    button = KeyButton("提交", "F9", kind=Kind.PRIMARY)
    show(button)
    said: list[object] = []
    button.activated.connect(lambda: said.append("done"))
    button.refused.connect(said.append)
    button.block(["住所证明", "区域"])
    button.setFocus()
    press("Space")
    press("Return")
    assert said == [("住所证明", "区域")] * 2
    assert button.accessibleDescription() == "暂不可用：住所证明；区域"
    button.block(())
    press("Return")
    assert said[-1] == "done"
    assert button.accessibleName() == "提交，F9"


@pytest.fixture
def bar(show: Show) -> ActionBar:
    made = ActionBar()
    made.set_actions(
        [ActionSpec("read", "读证", "F4"), ActionSpec("submit", "提交", "F9", Kind.PRIMARY)],
        ActionSpec("back", "返回", "Esc"),
    )
    show(QWidget(), made)
    return made


def test_the_bar_says_what_is_missing_when_a_blocked_button_is_reached(bar: ActionBar) -> None:
    done: list[str] = []
    bar.triggered.connect(done.append)
    bar.block("submit", ["住所证明"])
    bar.button("read").setFocus()
    assert bar.reason_text() == ""
    press("Tab")
    assert focused() is bar.button("submit")
    assert bar.reason_text() == "暂不能办：住所证明"
    bar.trigger("submit")
    bar.trigger("read")
    bar.trigger("no such act")
    assert done == ["read"]
    assert bar.reason_text() == ""


def test_a_hidden_act_cannot_be_triggered(bar: ActionBar) -> None:
    done: list[str] = []
    bar.triggered.connect(done.append)
    bar.set_shown("read", False)
    bar.trigger("read")
    bar.set_shown("read", True)
    bar.trigger("read")
    assert done == ["read"]


def test_the_bar_can_get_other_acts(bar: ActionBar) -> None:
    bar.set_actions([ActionSpec("next", "下一位", "F2")])
    assert bar.ids() == ("next",)


def test_a_narrow_bar_takes_two_lines_and_the_way_back_stays_right(show: Show) -> None:
    wide, narrow = ActionBar(), ActionBar()
    for made in (wide, narrow):
        made.set_actions(
            [ActionSpec(str(n), "一次性告知单", "Ctrl+T") for n in range(4)],
            ActionSpec("back", "返回", "Esc"),
        )
    show(wide, size=(1366, 300))
    show(narrow, size=(500, 300))
    assert narrow.heightForWidth(narrow.width()) > wide.heightForWidth(wide.width()) + 30
    for made in (wide, narrow):
        back = made.button("back").geometry()
        assert made.width() - back.right() == pytest.approx(17, abs=2)


def test_the_status_bar_says_less_when_there_is_less_room(show: Show) -> None:
    bar = StatusBar()
    window = show(bar, QWidget(), size=(1366, 300))
    bar.show_view(StatusView("庄河市演练派出所", "3 号窗口", "试某（受理员）", "备份 8 分钟前",
                             training=True))
    words = {label.text() for label in bar.findChildren(PlainLabel) if label.isVisible()}
    assert words == {
        "庄河市演练派出所", "3 号窗口", "试某（受理员）", "备份 8 分钟前", "演练 · 不作数",
    }
    window.resize(520, 300)
    QTest.qWait(0)
    words = {label.text() for label in bar.findChildren(PlainLabel) if label.isVisible()}
    assert {"庄河市演练派出所", "演练 · 不作数"} <= words
    assert "3 号窗口" not in words


# ---- the rail and the stack


@pytest.fixture
def rail(show: Show) -> RailNav:
    made = RailNav([RailEntry(f"p{n}", f"第{n}页", "home", f"Alt+{n}") for n in range(1, 5)])
    show(made, TextEdit("after", "后"))
    return made


def test_the_rail_is_one_tab_stop(rail: RailNav, no_mouse: NoMouse) -> None:
    rail.set_current("p2")
    rail.buttons()[1].setFocus()
    press("Tab")
    assert focused().objectName() == "after"
    press("Shift+Tab")
    assert focused() is rail.buttons()[1]


def test_arrows_walk_the_rail_and_enter_goes_there(rail: RailNav) -> None:
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    rail.set_current("p1")
    rail.buttons()[0].setFocus()
    for key in ("Down", "Down", "Return", "Up", "Space"):
        press(key)
    for _ in range(9):
        press("Down")
    press("Enter")
    assert chosen == ["p3", "p2", "p4"]


def test_the_rail_stays_reachable_on_a_page_it_does_not_list(rail: RailNav) -> None:
    rail.set_current("elsewhere")
    assert rail.buttons()[0].focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_the_rail_says_what_waits(rail: RailNav) -> None:
    rail.set_count("p3", 6)
    assert rail.buttons()[2].accessibleName() == "第3页，6 件待办"
    rail.set_count("p3", 0)
    assert rail.buttons()[2].accessibleName() == "第3页"


class _Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.fields = [TextEdit(name, name) for name in "ab"]
        for field in self.fields:
            column.addWidget(field)

    def focus_first(self) -> None:
        self.fields[0].focus_line()


def test_each_page_keeps_its_place(show: Show) -> None:
    stack = PageStack()
    pages = {name: _Page() for name in ("one", "two")}
    for name, page in pages.items():
        stack.add(name, page)
    show(stack)
    seen: list[str] = []
    stack.shown.connect(seen.append)
    stack.show_page("one")
    assert pages["one"].fields[0].line.hasFocus()
    pages["one"].fields[1].focus_line()
    stack.show_page("two")
    assert pages["two"].fields[0].line.hasFocus()
    assert stack.back()
    assert stack.current() == "one"
    assert pages["one"].fields[1].line.hasFocus()
    assert not stack.back(), "nothing before the first page"
    assert seen == ["one", "two", "one"]
    stack.forget_focus("one")
    stack.show_page("two")
    stack.forget_focus("one")
    stack.show_page("one")
    assert pages["one"].fields[0].line.hasFocus()
    with pytest.raises(KeyError):
        stack.show_page("three")


def test_a_firm_act_wants_its_own_key(show: Show, no_mouse: NoMouse) -> None:
    """T23: Enter on the button says which key does it; the key and Space do it."""
    bar = ActionBar()
    bar.set_actions([ActionSpec("submit", "提交", "F9", firm=True)])
    show(bar)
    done: list[str] = []
    bar.triggered.connect(done.append)
    bar.button("submit").setFocus()
    for _ in range(3):
        press("Return")
    assert done == []
    assert bar.reason_text() == "按 F9 提交"
    press("Space")
    bar.trigger("submit")
    assert done == ["submit", "submit"]
