"""The three rights are found however they are written, and plain words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.land_rights import demands_land_rights

DEMANDS = [
    "须先退出土地承包经营权", "交回承包地", "承包土地流转合同", "责任田交接证明", "放弃耕地",
    "宅基地使用权转让协议", "腾退老宅", "农村老宅拆除证明", "农房灭失证明", "退宅承诺书",
    "放弃集体收益分配权", "村集体分红放弃书", "退出集体经济组织证明", "集体资产股份转让",
    "三权退出承诺", "退出三项权益", "退地证明", "交地协议", "弃地声明", "林地承包合同",
    "土地确权证", "土地經營權流轉", "責任田交回", "村集體分紅", "農村產權退出",
    "退出村集体证明", "集体成员身份注销", "土地使用权放弃声明", "放弃农村权益", "退田证明",
    "失地证明", "地已退给村里", "承包的地", "收益分配权", "l a n d",
    "land.contract", "land_rights_surrendered", "farmland", "homestead_given_up",
    "collective_income", "zhaijidi.returned", "chengbao_ended", "contracted land",
]
PLAIN = [
    "补住所证明：产权、购房、租赁或住宿证明任一种", "迁出地派出所", "承包商的劳动合同",
    "工程承包合同", "承包，地址另附", "第三权利人同意书", "退回原籍地派出所", "辞退地点",
    "清退地下室租户", "国有土地使用证", "不动产权证", "学校集体户口", "集体宿舍证明",
    "交出生地证明", "补交地址证明", "交地铁卡", "户口所在地", "让地方政府盖章", "三代证明",
    "明确权限", "准确填写", "丢失地点说明", "所在地交村委会盖章", "青田县", "人才可办",
    "landlord", "island", "Holland", "Finland", "", "地 址",
]
HIDING = st.sampled_from([" ", "\u3000", "\u200b", "·", "-", "－", ".", "、", "\n", "/", "*"])


@pytest.mark.parametrize("text", DEMANDS)
def test_demands_are_found(text: str) -> None:
    assert demands_land_rights(text)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_are_left_alone(text: str) -> None:
    assert demands_land_rights(text) is None


@given(st.sampled_from([text for text in DEMANDS if not text.isascii()]), HIDING)
def test_marks_between_the_characters_do_not_hide_a_demand(text: str, mark: str) -> None:
    assert demands_land_rights(mark.join(text))


@given(st.sampled_from([text for text in DEMANDS if text.isascii()]))
def test_full_width_letters_do_not_hide_a_demand(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert demands_land_rights(wide)
    assert demands_land_rights(text.upper())


def test_the_words_found_are_given_back() -> None:
    assert demands_land_rights("附 承包地 证明") == "承包地"
