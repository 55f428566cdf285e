"""Choosing by typing: the list shows, never takes the focus, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.frames import Scroller
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.pick_edit import PickEdit
from desktop_app.ui.widgets.text_edit import TextEdit
from desktop_app.ui.widgets.yes_no import YesNo
from tests.helpers.ime import compose, enter_chinese
from tests.helpers.keys import focused, press, type_text
from tests.helpers.sample_fields import REGIONS

Show = Callable[..., QWidget]


@pytest.fixture
def region(show: Show) -> PickEdit:
    made = PickEdit("residence.region", "迁入区域", REGIONS)
    show(made, TextEdit("other", "附注"))
    made.focus_line()
    return made


def _picked(editor: PickEdit) -> list[str]:
    keys: list[str] = []
    editor.picked.connect(lambda choice: keys.append(choice.key))
    return keys


@pytest.mark.parametrize("typed", ["5", "zhs", "zhuangheshi", "z2"])
def test_words_and_enter_pick(region: PickEdit, typed: str) -> None:
    keys = _picked(region)
    accepted: list[bool] = []
    region.accepted.connect(lambda: accepted.append(True))
    type_text(typed)
    press("Return")
    assert (region.line.text(), region.text()) == ("庄河市", "210283")
    assert keys == ["210283"]
    assert accepted == [True]
    assert not region.is_open()


def test_hanzi_pick_too(region: PickEdit) -> None:
    enter_chinese(region.line, "庄河")
    press("Return")
    assert region.text() == "210283"


def test_leaving_the_field_picks_as_enter_does(region: PickEdit) -> None:
    type_text("zhs")
    press("Tab")
    assert region.text() == "210283"


def test_several_matches_are_listed_and_enter_picks_none(region: PickEdit) -> None:
    type_text("z")
    assert [c.label for c in region.candidates().on_page()] == ["中山区", "庄河市"]
    press("Return")
    message = region.message()
    assert message is not None
    assert message.level is Level.ERROR
    assert "2 项相符" in message.text
    assert region.line.text() == "z"
    assert region.line.hasFocus()


def test_no_match_says_so_and_keeps_the_words(region: PickEdit) -> None:
    type_text("qqq")
    press("Return")
    message = region.message()
    assert message is not None
    assert "没有“qqq”" in message.text
    assert region.text() == "qqq"


def test_arrows_walk_and_enter_takes_what_is_highlighted(region: PickEdit) -> None:
    type_text("z")
    press("Down")
    press("Return")
    assert region.text() == "210283"


def test_the_list_opens_on_an_empty_field_and_keeps_the_focus(region: PickEdit) -> None:
    assert region.is_open()
    assert focused() is region.line
    assert len(region.candidates().on_page()) == len(REGIONS)


def test_arrows_begin_at_the_choice_made(region: PickEdit) -> None:
    region.set_text("210203")
    press("Esc")
    press("Down")
    current = region.candidates().current()
    assert current is not None
    assert current.key == "210203"


def test_esc_closes_the_list_and_nothing_else(region: PickEdit) -> None:
    type_text("z")
    press("Esc")
    assert not region.is_open()
    assert region.line.text() == "z"


def test_a_click_picks(region: PickEdit) -> None:
    keys = _picked(region)
    QTest.mouseClick(region.candidates(), Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    assert keys == ["210202"]
    assert region.line.hasFocus()


def test_known_keys_and_labels_show_as_labels(region: PickEdit) -> None:
    for text in ("210283", "庄河市"):
        region.set_text(text)
        assert (region.line.text(), region.text()) == ("庄河市", "210283")
    region.set_text("")
    assert region.choice() is None


def test_an_unknown_key_stays_in_sight(region: PickEdit) -> None:
    region.set_text("219999")
    assert region.line.text() == "219999"
    assert region.choice() is None


def test_other_choices_keep_what_still_fits(region: PickEdit) -> None:
    region.set_text("210283")
    press("Esc")
    region.set_choices(REGIONS[3:])
    assert region.text() == "210283"


def test_a_locked_field_offers_nothing(region: PickEdit) -> None:
    press("Tab")
    region.set_read_only(True)
    region.focus_line()
    press("Down")
    assert not region.is_open()


def test_composing_shows_no_list(region: PickEdit) -> None:
    press("Esc")
    compose(region.line, "zh")
    press("Down")
    assert not region.is_open()


def test_a_long_list_is_shown_in_pages_of_nine(show: Show) -> None:
    many = PickEdit("e", "民族", [Choice(str(n), f"第{n}族", f"x{n}") for n in range(56)])
    show(many)
    many.focus_line()
    assert not many.is_open(), "56 lines would bury the form"
    press("Down")
    assert len(many.candidates().on_page()) == 9
    press("PgDown")
    assert many.candidates().on_page()[0].key == "9"
    press("PgUp")
    press("Up")
    press("Return")
    assert many.text() == "0"


def test_the_list_stays_inside_the_window_and_beside_its_field(show: Show) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.addStretch(1)
    low = PickEdit("r", "区域", REGIONS)
    column.addWidget(low)
    window = show(Scroller(inside))
    low.focus_line()
    listing = low.candidates()
    assert window.rect().contains(listing.geometry())
    top = low.line.mapTo(window, QPoint(0, 0)).y()
    assert listing.geometry().bottom() < top, "no room beneath: above"


def test_the_list_goes_with_its_field(show: Show, qtbot: QtBot) -> None:
    window = show(TextEdit("other", "附注"))
    gone = PickEdit("r", "区域", REGIONS)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(gone)
    gone.focus_line()
    listing = gone.candidates()
    destroyed: list[bool] = []
    listing.destroyed.connect(lambda: destroyed.append(True))
    gone.setParent(None)
    gone.deleteLater()
    qtbot.waitUntil(lambda: destroyed == [True])


@pytest.mark.parametrize(("typed", "value"), [
    ("1", True), ("s", True), ("shi", True), ("2", False), ("f", False), ("fou", False),
    ("true", True), ("false", False),
])
def test_yes_and_no(show: Show, typed: str, value: bool) -> None:
    editor = YesNo("f", "退役")
    show(editor)
    editor.focus_line()
    type_text(typed)
    press("Return")
    assert editor.value() is value
    assert editor.text() == str(value).lower()
    assert editor.line.text() == ("是" if value else "否")


def test_no_answer_is_neither(show: Show) -> None:
    editor = YesNo("f", "退役")
    show(editor)
    assert editor.value() is None
    assert editor.text() == ""
