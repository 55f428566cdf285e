"""T19: whatever is typed, pasted or composed becomes the normal form or a named reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.domain.citizen_id import check_digit, synthetic
from desktop_app.ui.widgets.id_number_edit import IdNumberEdit, foreign, grouped
from desktop_app.ui.widgets.messages import Committed, Level
from desktop_app.ui.widgets.text_edit import TextEdit
from tests.helpers.ime import commit, enter_chinese
from tests.helpers.keys import press, type_text
from tests.helpers.synthetic import citizen_numbers

Show = Callable[..., QWidget]
GOOD = synthetic("210283", date(1978, 3, 15), 421).text
ENDS_IN_X = next(
    number for order in range(1, 999)
    if (number := synthetic("210283", date(1990, 1, 1), order).text).endswith("X")
)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
WRONG_CHECK = GOOD[:17] + ("0" if GOOD[17] != "0" else "1")
BODY = ENDS_IN_X[:17]

#: (typed, number it becomes). All of these are the same number in the end.
ACCEPTED = [
    (GOOD, GOOD), (grouped(GOOD), GOOD), (f" {GOOD} ", GOOD), (f"\t{GOOD}", GOOD),
    (f"{GOOD}\n", GOOD), (f"{GOOD}\r\n", GOOD), (GOOD.translate(WIDE), GOOD),
    (grouped(GOOD).translate(WIDE), GOOD), (GOOD.replace("2", "２"), GOOD),
    (f"{GOOD[:6]}-{GOOD[6:14]}-{GOOD[14:]}", GOOD), (f"{GOOD[:6]}—{GOOD[6:14]}—{GOOD[14:]}", GOOD),
    (f"{GOOD[:6]}－{GOOD[6:14]}－{GOOD[14:]}", GOOD), (f"{GOOD[:6]}　{GOOD[6:]}", GOOD),
    (f"{GOOD[:6]}\u00a0{GOOD[6:]}", GOOD), (f"{GOOD[:6]}\u2009{GOOD[6:]}", GOOD),
    (f"{GOOD[:6]}\n{GOOD[6:]}", GOOD), (" ".join(GOOD), GOOD), ("-".join(GOOD), GOOD),
    (f"{GOOD[:3]}  {GOOD[3:]}", GOOD), (f"{GOOD[:14]}\u2013{GOOD[14:]}", GOOD),
    (ENDS_IN_X, ENDS_IN_X), (ENDS_IN_X.lower(), ENDS_IN_X), (BODY + "Ｘ", ENDS_IN_X),
    (BODY + "ｘ", ENDS_IN_X), (BODY + "×", ENDS_IN_X), (f"{BODY} x", ENDS_IN_X),
    (f"{BODY}-X", ENDS_IN_X), (BODY.translate(WIDE) + "x", ENDS_IN_X),
    (grouped(ENDS_IN_X).lower(), ENDS_IN_X), (f"　{ENDS_IN_X}　", ENDS_IN_X),
]
#: (typed, sign named). Taken, but not without a word.
MENDED = [
    (f"身份证{GOOD}", "身份证"), (f"{GOOD}。", "。"), (f"{GOOD},", ","), (f"号码:{GOOD}", "号码:"),
    (f"'{GOOD}", "'"), (f"={GOOD}", "="), (f"{GOOD[:6]}/{GOOD[6:]}", "/"), (f"ID{GOOD}", "ID"),
    (f"{GOOD[:6]}.{GOOD[6:]}", "."), (f"{GOOD}\u200b", "⟨U+200B⟩"),
    (f"\u202e{GOOD}", "⟨U+202E⟩"), (f"\u2060{GOOD}", "⟨U+2060⟩"), (f"<b>{GOOD}</b>", "<B></B>"),
]
#: (typed, words of the reason). Kept in sight and refused by name.
REFUSED = [
    (WRONG_CHECK, "第 18 位应为"), (GOOD[:17], "现为 17 位"), (GOOD + "1", "现为 19 位"),
    (GOOD[:15], "15 位旧号"), (GOOD[:6] + GOOD[8:17], "15 位旧号"), ("1", "现为 1 位"),
    (GOOD + GOOD, "现为 36 位"), (GOOD[:17] + "O", "现为 17 位"),
    ("X" + GOOD[1:], "第 1 位应为数字"), ("0" + GOOD[1:], "第 1 位不能为 0"),
    (GOOD[:5] + "X" + GOOD[6:], "第 6 位应为数字"),
    (GOOD[:6] + "19781315" + GOOD[14:], "不是日期"),
    (GOOD[:6] + "19780230" + GOOD[14:], "不是日期"),
    (GOOD[:6] + "00000000" + GOOD[14:], "不是日期"), (GOOD[:6] + "17780315" + GOOD[14:], "年份"),
    (GOOD[:10] + "99" + GOOD[12:], "不是日期"), ("汉" * 18, "现为 0 位"),
]


def test_there_are_sixty_inputs() -> None:
    assert len(ACCEPTED) + len(MENDED) + len(REFUSED) == 60


@pytest.fixture
def editor(show: Show) -> IdNumberEdit:
    made = IdNumberEdit("applicant.citizen_id", "公民身份号码")
    show(made, TextEdit("other", "备注"))
    made.focus_line()
    return made


def _paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press("Ctrl+V")


@pytest.mark.parametrize(("typed", "number"), ACCEPTED)
def test_a_number_in_any_dress_becomes_its_normal_form(
    editor: IdNumberEdit, typed: str, number: str
) -> None:
    _paste(typed)
    press("Return")
    assert editor.text() == number
    assert editor.line.text() == grouped(number)
    message = editor.message()
    assert message is not None
    assert message.level is Level.OK


@pytest.mark.parametrize(("typed", "named"), MENDED)
def test_what_is_left_out_is_named(editor: IdNumberEdit, typed: str, named: str) -> None:
    _paste(typed)
    press("Return")
    assert editor.text() == GOOD
    message = editor.message()
    assert message is not None
    assert message.level is Level.WARN
    assert named in message.text


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
def test_what_is_no_number_is_refused_by_name_and_the_words_stay(
    editor: IdNumberEdit, typed: str, reason: str
) -> None:
    _paste(typed)
    press("Return")
    message = editor.message()
    assert message is not None
    assert message.level is Level.ERROR
    assert reason in message.text
    assert "公民身份号码" in message.text


@pytest.mark.parametrize("words", [GOOD.translate(WIDE), ENDS_IN_X.lower(), f" {GOOD}"])
def test_words_of_an_input_method_are_taken(editor: IdNumberEdit, words: str) -> None:
    enter_chinese(editor.line, words)
    editor.settle()
    assert editor.text() in {GOOD, ENDS_IN_X}


def test_the_verdict_comes_with_the_eighteenth_key(editor: IdNumberEdit) -> None:
    type_text(WRONG_CHECK[:17])
    assert editor.message() is None
    type_text(WRONG_CHECK[17])
    message = editor.message()
    assert message is not None
    assert f"第 18 位应为 {GOOD[17]}，现为 {WRONG_CHECK[17]}" in message.text


def test_typing_on_takes_the_old_verdict_away(editor: IdNumberEdit) -> None:
    type_text(WRONG_CHECK)
    press("Backspace")
    assert editor.message() is None


def test_what_a_good_number_tells_is_shown(show: Show) -> None:
    editor = IdNumberEdit("id", "号码", told=lambda number: f"大连市，{number[6:10]}")
    show(editor)
    editor.focus_line()
    type_text(GOOD)
    message = editor.message()
    assert message is not None
    assert (message.level, message.text) == (Level.OK, "大连市，1978")


def test_nothing_is_written_while_typing_is_short(editor: IdNumberEdit) -> None:
    said: list[Committed] = []
    editor.committed.connect(said.append)
    type_text(GOOD[:10])
    assert said == []
    press("Tab")
    assert [word.text for word in said] == [GOOD[:10]]


def test_no_input_method_opens_in_it(editor: IdNumberEdit) -> None:
    assert not editor.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    commit(editor.line, GOOD)
    assert editor.text() == GOOD


@given(citizen_numbers())
def test_every_lawful_number_shows_in_three_groups(number: str) -> None:
    assert grouped(number).replace(" ", "") == number
    assert [len(part) for part in grouped(number).split(" ")] == [6, 8, 4]
    assert check_digit(number[:17]) == number[17]


@given(st.text(alphabet="0123456789Xx× -—　", max_size=40))
def test_only_strange_signs_are_strange(text: str) -> None:
    assert foreign(text) == ""
