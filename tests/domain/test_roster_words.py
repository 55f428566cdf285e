"""Words in a roster's cells: the same datum in any spelling, nothing decided that is unclear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import roster_words as words
from tests.helpers.synthetic import hostile_texts

ETHNIC = {
    "汉族": "01", "01": "01", "蒙古族": "02", "02": "02", "维吾尔族": "05", "05": "05",
    "壮族": "08", "08": "08", "朝鲜族": "10", "满族": "11", "11": "11", "哈尼族": "16",
    "哈萨克族": "17", "达斡尔族": "31", "俄罗斯族": "44", "其他": "97", "97": "97",
}
SEXES = {"男": "1", "女": "2", "1": "1", "2": "2"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("漢族", "01"), ("漢", "01"), ("汉", "01"), ("汉 族", "01"), ("（汉族）", "01"), ("1", "01"),
     ("０１", "01"), ("汉族(01)", "01"), ("01汉族", "01"), ("01-漢", "01"), ("滿族", "11"),
     ("蒙古", "02"), ("維吾爾族", "05"), ("维族", "05"), ("僮族", "08"), ("朝鮮族", "10"),
     ("達斡爾", "31"), ("其它", "97")],
)
def test_an_ethnic_group_in_any_spelling(text: str, code: str) -> None:
    assert words.ethnicity(text, ETHNIC) == code


@pytest.mark.parametrize(
    ("text", "meant"),
    [("火星族", ""), ("哈族", ""), ("汉族(11)", ""), ("汉满", ""), ("99", ""), ("", ""),
     ("俄", "俄罗斯族"), ("汉人", "汉族"), ("穿青人", "其他")],
)
def test_what_is_no_group_is_at_most_suggested(text: str, meant: str) -> None:
    assert words.ethnicity(text, ETHNIC) == ""
    assert words.likely_ethnicity(text, ETHNIC) == meant


@pytest.mark.parametrize(
    "text", ["是", "自願落戶", "遷", "愿意迁入", " Y ", "TRUE", "✔", "是。", "１"]
)
def test_a_plain_yes(text: str) -> None:
    assert words.chosen(text) is True


@pytest.mark.parametrize("text", ["否", "不遷", "不愿意", "暂不迁", "×", "No", "0", "不迁户口"])
def test_a_plain_no(text: str) -> None:
    assert words.chosen(text) is False


@pytest.mark.parametrize(
    "text", ["", "是否", "○", "O", "/", "-", "无", "未定", "是（待定）", "再想想", "3", "是不是"]
)
def test_whatever_else_is_asked(text: str) -> None:
    assert words.chosen(text) is None


@given(hostile_texts())
def test_a_yes_is_never_read_out_of_other_words(text: str) -> None:
    if words.chosen(text):
        assert "不" not in text
        assert "否" not in text


@pytest.mark.parametrize(
    ("text", "code"),
    [("男性", "1"), ("Male", "1"), ("Ｆ", "2"), ("女生", "2"), ("未知", ""), ("9", "")],
)
def test_a_sex(text: str, code: str) -> None:
    assert words.sex(text, SEXES) == code


@given(st.text(max_size=60))
def test_what_is_quoted_can_be_seen(text: str) -> None:
    quoted = words.shown(text, 10)
    assert all(char.isprintable() or not char.isascii() for char in quoted)
    assert "\u202e" not in quoted
