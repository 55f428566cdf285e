"""A few keystrokes mean one choice, or say that they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.widgets.choices import Choice, by_key, matching, meant, number_of
from tests.helpers.sample_fields import REGIONS

SEX = (
    Choice("0", "未知", "wz", "weizhi", "0"), Choice("1", "男", "n", "nan", "1"),
    Choice("2", "女", "n", "nv", "2"), Choice("9", "未说明", "wsm", "weishuoming", "9"),
)
MANY = tuple(
    Choice(f"{n:02}", f"第{n}项", f"d{n}x", f"di{n}xiang", f"{n:02}") for n in range(1, 57)
)


@pytest.mark.parametrize(("typed", "key"), [
    ("zhs", "210283"), ("ZHS", "210283"), ("ｚｈｓ", "210283"), ("zhuangheshi", "210283"),
    ("zhuang", "210283"), ("庄河市", "210283"), ("庄", "210283"), ("河", "210283"),
    ("5", "210283"), ("５", "210283"), ("210283", "210283"), ("1", "210202"), ("j", "210213"),
    ("z2", "210283"), ("z1", "210202"), (" zhs ", "210283"), ("xg", "210203"),
])
def test_these_words_mean_one_region(typed: str, key: str) -> None:
    choice = meant(REGIONS, typed)
    assert choice is not None
    assert choice.key == key


@pytest.mark.parametrize("typed", ["", "z", "区", "q", "6", "0", "2102", "中山河", "zh"])
def test_these_words_mean_none_or_several(typed: str) -> None:
    assert meant(REGIONS, typed) is None


def test_initials_come_before_full_pinyin() -> None:
    assert [choice.label for choice in matching(REGIONS, "zh")] == ["庄河市", "中山区"]


def test_nothing_typed_offers_everything() -> None:
    assert matching(REGIONS, "") == list(REGIONS)


@pytest.mark.parametrize(("typed", "key"), [("1", "1"), ("2", "2"), ("9", "9"), ("0", "0")])
def test_a_short_table_with_codes_goes_by_its_codes(typed: str, key: str) -> None:
    choice = meant(SEX, typed)
    assert choice is not None
    assert choice.key == key
    assert [number_of(c, i) for i, c in enumerate(SEX)] == ["0", "1", "2", "9"]


def test_in_a_long_list_digits_are_codes_not_places() -> None:
    assert [choice.key for choice in matching(MANY, "1")][:10] == [f"1{n}" for n in range(10)]
    choice = meant(MANY, "01")
    assert choice is not None
    assert choice.label == "第1项"


def test_a_full_name_wins_over_longer_ones() -> None:
    pair = (Choice("a", "大连", "dl"), Choice("b", "大连市", "dls"))
    for typed in ("大连", "a"):
        choice = meant(pair, typed)
        assert choice is not None
        assert choice.key == "a"


def test_a_key_is_found_before_a_label() -> None:
    pair = (Choice("是", "否"), Choice("n", "是"))
    assert by_key(pair, "是") is pair[0]
    assert by_key(pair, "否") is pair[0]
    assert by_key(pair, "x") is None


@given(st.text(max_size=8))
def test_what_is_meant_is_always_among_the_matches(typed: str) -> None:
    choice = meant(MANY, typed)
    assert choice is None or matching(MANY, typed) == [choice]


@given(st.sampled_from(MANY))
def test_every_choice_can_be_named_in_full(choice: Choice) -> None:
    for typed in (choice.key, choice.label, choice.code):
        assert meant(MANY, typed) == choice
