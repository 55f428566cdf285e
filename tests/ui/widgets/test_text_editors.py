"""Names, addresses, telephones, counts, and numbers typed twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.address_edit import AddressEdit
from desktop_app.ui.widgets.choices import Choice
from desktop_app.ui.widgets.messages import Level
from desktop_app.ui.widgets.name_edit import NameEdit
from desktop_app.ui.widgets.number_edit import NumberEdit
from desktop_app.ui.widgets.phone_edit import PhoneEdit
from desktop_app.ui.widgets.text_edit import TextEdit
from desktop_app.ui.widgets.twice_edit import ScanWatch, TwiceEdit
from tests.helpers.ime import compose, enter_chinese
from tests.helpers.keys import press, type_text
from tests.helpers.synthetic import LONG_NAME, RARE

Show = Callable[..., QWidget]


class Clock:
    """Milliseconds that pass when told to."""

    def __init__(self, step: int) -> None:
        self.now, self.step = 0, step

    def __call__(self) -> int:
        self.now += self.step
        return self.now


def _level(editor: NameEdit | PhoneEdit | TwiceEdit) -> Level | None:
    message = editor.message()
    return message.level if message is not None else None


# ---- names


@pytest.mark.parametrize("dot", "•‧・．·")
def test_every_name_dot_becomes_the_lawful_one(show: Show, dot: str) -> None:
    field = NameEdit("n", "姓名")
    show(field)
    field.focus_line()
    enter_chinese(field.line, f"买买提{dot}试样")
    press("Return")
    assert field.text() == field.line.text() == "买买提·试样"


def test_a_name_is_kept_as_it_was_written(show: Show) -> None:
    field = NameEdit("n", "姓名")
    show(field)
    for name in (LONG_NAME, RARE, "〇", "试 样", "\ufa11试"):
        field.set_text(name)
        assert field.text() == name


def test_a_rare_character_is_named_at_entry(show: Show) -> None:
    field = NameEdit("n", "姓名", rare=lambda name: "".join(c for c in name if ord(c) > 0xFFFF))
    show(field)
    field.focus_line()
    enter_chinese(field.line, "李𠮷")
    press("Return")
    assert _level(field) is Level.WARN
    assert "“𠮷”" in field.message_line.text()


# ---- addresses


def _suggest(typed: str) -> Sequence[Choice]:
    table = (Choice("a", "大连市庄河市", "dlzh"), Choice("b", "大连市中山区", "dlzs"))
    return [choice for choice in table if choice.initials.startswith(typed)]


@pytest.fixture
def address(show: Show) -> AddressEdit:
    made = AddressEdit("a", "迁入地址", suggest=_suggest)
    show(made, TextEdit("other", "附注"))
    made.focus_line()
    return made


def test_initials_call_up_the_beginning_and_the_rest_is_free(address: AddressEdit) -> None:
    type_text("dlzh")
    press("Return")
    assert address.line.text() == "大连市庄河市"
    assert address.line.hasFocus()
    enter_chinese(address.line, "演练路 12 号")
    press("Return")
    assert address.text() == "大连市庄河市演练路 12 号"


@pytest.mark.parametrize(("keys", "label"), [
    (("2",), "大连市中山区"), (("Down", "Return"), "大连市中山区"), (("Return",), "大连市庄河市"),
])
def test_digits_and_arrows_choose_among_beginnings(
    address: AddressEdit, keys: tuple[str, ...], label: str
) -> None:
    type_text("dlz")
    for key in keys:
        press(key)
    assert address.line.text() == label


def test_esc_and_hanzi_close_the_list(address: AddressEdit) -> None:
    type_text("dlz")
    assert address.candidates().isVisible()
    press("Esc")
    assert not address.candidates().isVisible()
    press("Ctrl+A")
    enter_chinese(address.line, "大连市")
    assert not address.candidates().isVisible()


def test_composing_opens_no_list(address: AddressEdit) -> None:
    compose(address.line, "dl")
    assert not address.candidates().isVisible()


# ---- telephones and counts


@pytest.mark.parametrize(("typed", "shown", "text"), [
    ("13000000000", "130 0000 0000", "13000000000"), ("0411-12345678", "041112345678",
                                                      "041112345678"),
    ("130 0000 0000", "130 0000 0000", "13000000000"), ("12345678", "12345678", "12345678"),
])
def test_a_telephone_is_grouped_for_reading_aloud(
    show: Show, typed: str, shown: str, text: str
) -> None:
    field = PhoneEdit("p", "联系电话")
    show(field)
    field.focus_line()
    type_text(typed)
    press("Return")
    assert (field.line.text(), field.text()) == (shown, text)
    assert _level(field) is Level.HINT
    assert "读给申请人听" in field.message_line.text()


def test_a_count_takes_wide_digits(show: Show) -> None:
    field = NumberEdit("y", "居住年限", unit="年")
    show(field)
    field.focus_line()
    enter_chinese(field.line, "２．５")
    press("Return")
    assert field.text() == field.line.text() == "2.5"
    assert field.line.accessibleName() == "居住年限（年）"


# ---- twice


@pytest.fixture
def twice(show: Show) -> TwiceEdit:
    made = TwiceEdit("t", "证明文件号")
    show(made, TextEdit("other", "附注"))
    made.focus_line()
    return made


def _commits(editor: TwiceEdit) -> list[str]:
    said: list[str] = []
    editor.committed.connect(lambda committed: said.append(committed.text))
    return said


@pytest.mark.parametrize("leave", ["Return", "Tab"])
def test_two_equal_entries_agree(twice: TwiceEdit, leave: str) -> None:
    said = _commits(twice)
    type_text("2017a001")
    press(leave)
    assert twice.awaiting_second()
    assert twice.line.text() == "", "the first entry is hidden"
    assert twice.text() == ""
    twice.focus_line()
    type_text("2017A001")
    press(leave)
    assert (twice.text(), twice.line.text()) == ("2017A001", "2017A001")
    assert said == ["2017A001"]


def test_a_difference_shows_both_and_keeps_neither(twice: TwiceEdit) -> None:
    said = _commits(twice)
    type_text("2017001")
    press("Return")
    type_text("2017007")
    press("Return")
    assert _level(twice) is Level.ERROR
    assert "2017001 和 2017007" in twice.message_line.text()
    assert twice.is_empty()
    assert said == []
    for _ in range(2):
        type_text("2017001")
        press("Return")
    assert twice.text() == "2017001"
    assert twice.message() is None


def test_enter_on_an_empty_second_entry_moves_on(twice: TwiceEdit) -> None:
    moved: list[bool] = []
    twice.accepted.connect(lambda: moved.append(True))
    type_text("2017001")
    press("Return")
    assert moved == []
    press("Return")
    assert moved == [True]


def test_changing_an_agreed_number_takes_the_old_one_back(twice: TwiceEdit) -> None:
    twice.set_text("2017001")
    said = _commits(twice)
    press("Ctrl+A")
    type_text("2017002")
    press("Return")
    assert twice.text() == ""
    assert said == [""]


def test_clearing_an_agreed_number_is_a_change(twice: TwiceEdit) -> None:
    twice.set_text("2017001")
    said = _commits(twice)
    press("Ctrl+A")
    press("Delete")
    press("Return")
    assert (twice.text(), said) == ("", [""])


@pytest.mark.parametrize(("gap", "agreed"), [(5, "2017001"), (29, "2017001"), (80, "")])
def test_a_scanner_is_told_from_fingers(show: Show, gap: int, agreed: str) -> None:
    field = TwiceEdit("t", "证明文件号", ticks=Clock(gap))
    show(field, TextEdit("other", "附注"))
    field.focus_line()
    type_text("2017001")
    press("Return")
    assert field.text() == agreed


def test_a_short_burst_is_no_scan() -> None:
    watch = ScanWatch(Clock(5))
    for _ in range(3):
        watch.key()
    assert not watch.scanned()
    watch.key()
    assert watch.scanned()
    watch.restart()
    assert not watch.scanned()
