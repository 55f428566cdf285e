"""T20: a day is typed text; what it means is never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.date_text_edit import DateTextEdit
from desktop_app.ui.widgets.messages import Level, Message
from tests.helpers.ime import enter_chinese
from tests.helpers.keys import press, type_text

Show = Callable[..., QWidget]

#: (typed, day). 45 ways to write a day.
UNDERSTOOD = [
    ("19900101", "1990-01-01"), ("19900315", "1990-03-15"), ("20000229", "2000-02-29"),
    ("20171231", "2017-12-31"), ("18991231", "1899-12-31"), ("20240229", "2024-02-29"),
    ("1990-3-15", "1990-03-15"), ("1990-03-15", "1990-03-15"), ("1990-3-05", "1990-03-05"),
    ("1990-12-1", "1990-12-01"), ("1990.3.15", "1990-03-15"), ("1990.03.15", "1990-03-15"),
    ("1990.12.31", "1990-12-31"), ("1990/3/15", "1990-03-15"), ("1990/03/15", "1990-03-15"),
    ("1990/11/1", "1990-11-01"), ("1990年3月15日", "1990-03-15"), ("1990年03月15日", "1990-03-15"),
    ("1990年3月15", "1990-03-15"), ("1990年12月1日", "1990-12-01"),
    ("１９９００３１５", "1990-03-15"),
    ("１９９０-３-１５", "1990-03-15"), ("１９９０．３．１５", "1990-03-15"),
    ("１９９０／３／１５", "1990-03-15"), ("１９９０年３月１５日", "1990-03-15"),
    (" 19900315", "1990-03-15"), ("19900315 ", "1990-03-15"), ("　19900315　", "1990-03-15"),
    ("1990 - 3 - 15", "1990-03-15"), ("1990 年 3 月 15 日", "1990-03-15"),
    ("1990. 3. 15", "1990-03-15"), ("1990年3月15日\n", "1990-03-15"), ("19900315\n", "1990-03-15"),
    ("1990－3－15", "1990-03-15"), ("1900-01-01", "1900-01-01"), ("19000101", "1900-01-01"),
    ("2017-06-01", "2017-06-01"), ("2017.6.1", "2017-06-01"), ("2017/6/1", "2017-06-01"),
    ("2017年6月1日", "2017-06-01"), ("2001-02-03", "2001-02-03"), ("19991231", "1999-12-31"),
    ("20000101", "2000-01-01"), ("20000301", "2000-03-01"), ("2010-10-10", "2010-10-10"),
]
#: (typed, part of the reason). 35 that mean no day, or might mean two.
REFUSED = [
    ("900315", "看不懂"), ("90-3-15", "看不懂"), ("90.3.15", "看不懂"), ("90年3月15日", "看不懂"),
    ("1990", "看不懂"), ("199003", "看不懂"), ("1990-3", "看不懂"), ("1990年", "看不懂"),
    ("1990年3月", "看不懂"), ("3-15-1990", "看不懂"), ("15/3/1990", "看不懂"),
    ("03151990", "没有这一天"),
    ("19901301", "没有这一天"), ("19900230", "没有这一天"), ("19900431", "没有这一天"),
    ("19900000", "没有这一天"), ("19900100", "没有这一天"), ("19900015", "没有这一天"),
    ("1990-13-1", "没有这一天"), ("1990-2-30", "没有这一天"), ("1990-0-1", "没有这一天"),
    ("20190229", "没有这一天"), ("19000229", "没有这一天"), ("21000229", "没有这一天"),
    ("00010101", "年份"), ("17000101", "年份"), ("99990101", "年份"), ("199003151", "看不懂"),
    ("1990031", "看不懂"), ("昨天", "看不懂"), ("1990-3-15-1", "看不懂"),
    ("一九九〇年三月十五日", "看不懂"),
    ("1990O315", "看不懂"), ("1990--3-15", "看不懂"), ("+19900315", "看不懂"),
]


def test_there_are_eighty_inputs() -> None:
    assert len(UNDERSTOOD) + len(REFUSED) == 80


@pytest.fixture
def editor(show: Show) -> DateTextEdit:
    made = DateTextEdit("applicant.birth_date", "出生日期")
    show(made)
    made.focus_line()
    return made


def _enter(editor: DateTextEdit, typed: str) -> None:
    if typed.isascii() and typed.isprintable():
        type_text(typed)
    elif "\n" in typed:
        QGuiApplication.clipboard().setText(typed)
        press("Ctrl+V")
    else:
        enter_chinese(editor.line, typed)


@pytest.mark.parametrize(("typed", "day"), UNDERSTOOD)
def test_a_day_becomes_its_normal_form_on_leaving(
    editor: DateTextEdit, typed: str, day: str
) -> None:
    _enter(editor, typed)
    assert editor.line.text().strip() != "", "nothing typed may vanish"
    press("Return")
    assert editor.line.text() == day
    assert editor.text() == day
    assert editor.message() is None


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
def test_what_is_no_day_stays_and_is_refused_by_name(
    editor: DateTextEdit, typed: str, reason: str
) -> None:
    _enter(editor, typed)
    press("Return")
    assert editor.line.text() == typed
    message = editor.message()
    assert message is not None
    assert message.level is Level.ERROR
    assert reason in message.text
    assert message.text.startswith("出生日期")


def test_nothing_moves_while_typing(editor: DateTextEdit) -> None:
    for end in range(1, 9):
        type_text("19900315"[end - 1])
        assert editor.line.text() == "19900315"[:end]
        assert editor.line.hasFocus()


def test_a_further_check_speaks_after_the_parser(show: Show) -> None:
    def late(text: str) -> Message | None:
        return Message(Level.WARN, "晚于今天") if text > "2017" else None

    editor = DateTextEdit("d", "日期", check=late)
    show(editor)
    editor.focus_line()
    type_text("20180101")
    press("Return")
    assert editor.message() == Message(Level.WARN, "晚于今天")


@given(st.dates(date(1850, 1, 1), date(2200, 12, 31)))
def test_eight_digits_always_mean_that_day(day: date) -> None:
    editor = DateTextEdit("d", "日期")
    editor.set_text(f"{day:%Y%m%d}")
    assert editor.text() == day.isoformat()
    editor.deleteLater()
