"""The citizen number of GB 11643: what is mended, what is refused and in which words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.citizen_id import check_digit, normalise, parse, synthetic
from desktop_app.domain.errors import InputError

REGIONS = st.sampled_from(["210202", "210283", "219010", "110101", "659001"])
BIRTHS = st.dates(date(1900, 1, 1), date(2026, 1, 1))
NUMBERS = st.builds(synthetic, REGIONS, BIRTHS, st.integers(1, 999)).map(lambda number: number.text)


def refused(text: str) -> str:
    """The message for a number that is refused."""
    with pytest.raises(InputError) as caught:
        parse(text)
    return caught.value.message


@given(NUMBERS)
def test_every_synthetic_number_is_well_formed(text: str) -> None:
    number = parse(text)
    assert number.text == text
    assert number.region == text[:6]
    assert number.birth_date.strftime("%Y%m%d") == text[6:14]


@given(NUMBERS, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found(text: str, at: int, digit: str) -> None:
    spoilt = text[:at] + digit + text[at + 1:]
    if spoilt != text:
        assert refused(spoilt)


@given(NUMBERS, st.integers(0, 15))
def test_two_digits_changed_over_are_always_found(text: str, at: int) -> None:
    spoilt = text[:at] + text[at + 1] + text[at] + text[at + 2:]
    if spoilt != text:
        assert refused(spoilt)


@given(NUMBERS)
def test_typed_wide_spaced_or_pasted_it_is_the_same_number(text: str) -> None:
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
    grouped = f" {text[:6]}-{text[6:14]} {text[14:]}\n"
    for typed in (wide, grouped, text.lower(), text.replace("X", "×")):
        assert parse(typed).text == text


def test_the_check_digit_of_the_standard() -> None:
    assert check_digit("11010519491231002") == "X"  # the example printed in GB 11643


def test_a_wrong_check_digit_names_position_expected_and_present() -> None:
    number = synthetic("210213", date(1978, 3, 15), 421).text
    wrong = "0" if number[17] != "0" else "1"
    message = refused(number[:17] + wrong)
    assert message == f"身份号码第 18 位应为 {number[17]}，现为 {wrong}"


def test_the_remedy_says_what_to_do() -> None:
    with pytest.raises(InputError) as caught:
        parse("2102", label="监护人身份号码", field="guardian.citizen_id")
    assert caught.value.message == "监护人身份号码应为 18 位，现为 4 位"
    assert caught.value.remedy == "对照证件再核一遍"
    assert caught.value.field == "guardian.citizen_id"


@pytest.mark.parametrize(("text", "message"), [
    ("", "身份号码应为 18 位，现为 0 位"),
    ("210213780315421", "身份号码是 15 位旧号，现用 18 位"),
    ("21021319780315421", "身份号码应为 18 位，现为 17 位"),
    ("2102131978031542199", "身份号码应为 18 位，现为 19 位"),
    ("21021319780X154219", "身份号码第 12 位应为数字，现为 X"),
    ("210213197813154219", "身份号码第 7 至 14 位不是日期：19781315"),
    ("210213197802304219", "身份号码第 7 至 14 位不是日期：19780230"),
    ("210213177803154219", "身份号码第 7 至 10 位年份不合理：1778"),
    ("010213197803154219", "身份号码第 1 位不能为 0"),
])
def test_what_is_refused(text: str, message: str) -> None:
    assert refused(text) == message


@pytest.mark.parametrize(("order", "sex"), [(1, "1"), (2, "2"), (999, "1"), (420, "2")])
def test_the_sex_is_in_the_order_number(order: int, sex: str) -> None:
    assert synthetic("210202", date(1990, 1, 1), order).sex == sex


def test_it_is_read_aloud_in_groups_and_masked_in_logs() -> None:
    number = synthetic("210202", date(1990, 1, 1), 123)
    assert number.grouped.split() == [number.text[:6], number.text[6:14], number.text[14:]]
    assert number.text not in repr(number)
    assert "19900101" not in repr(number)


def test_normalising_keeps_digits_and_x_only() -> None:
    assert normalise("２１０２ 13–1978\t0315 ４２１ｘ") == "21021319780315421X"


@pytest.mark.parametrize(("region", "permit"), [
    ("810000", True), ("820000", True), ("830000", True),
    ("210283", False), ("219010", False), ("659010", False), ("999999", False),
])
def test_numbers_of_people_without_a_hukou_are_known(region: str, permit: bool) -> None:
    assert synthetic(region, date(1990, 1, 1), 1).of_permit is permit
