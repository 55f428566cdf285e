"""The three rights are found however they are written, and plain words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.form_values import VALUES
from desktop_app.domain.land_rights import (
    demands_land_rights,
    speaks_against_rights,
    states_rights_kept,
)

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
    "不要土地", "土地证", "士地证", "地契", "地照", "经营权证", "有偿退出协议", "有偿转让协议",
    "承包合同解除证明", "承包关系终止", "承包期满不再续包", "退包协议", "包地合同", "不再承包",
    "农转非交地", "集体资产股权退出", "股权退出", "放棄土地", "土地證", "交還土地", "繳回土地證",
    "核销地块", "两亩三分地", "家里的地交给村里", "名下的地", "不种地承诺", "人地分离证明",
    "地退了吗",
    "交出家里的田", "稻田", "菜地转让", "鱼塘退出", "林权证", "无地农民证明", "粮补卡交回",
    "撂荒说明",
    "一户一宅核销", "祖宅处置", "老家房屋拆除证明", "村民资格注销", "社员证", "股份证", "集体股",
    "放弃村里待遇", "不再享有村民待遇", "农村户籍权益放弃", "放弃一切权益", "自愿有偿退出",
    "三权告知并放弃", "三权公示后退出", "三權放棄", "tudizheng", "tǔdì", "tui-di", "nongdi",
    "tudi gongyou", "chengbaotudi",
    "landrights", "land_use_right", "cropland", "farm_plot", "collective_equity", "rural.property",
    "collective_membership", "three_rights", "jiti_zichan", "L.A.N.D",
]
PLAIN = [
    "补住所证明：产权、购房、租赁或住宿证明任一种", "迁出地派出所", "承包商的劳动合同",
    "工程承包合同", "承包，地址另附", "第三权利人同意书", "退回原籍地派出所", "辞退地点",
    "清退地下室租户", "国有土地使用证", "不动产权证", "学校集体户口", "集体宿舍证明",
    "交出生地证明", "补交地址证明", "交地铁卡", "户口所在地", "让地方政府盖章", "三代证明",
    "明确权限", "准确填写", "丢失地点说明", "所在地交村委会盖章", "青田县", "人才可办",
    "landlord", "island", "Holland", "Finland", "", "地 址",
    "三权公示", "三权告知", "三权告知书未签名", "三权维护告知", "补三权告知书签名页", "住宅",
    "民宅",
    "国有土地使用权证", "农业户口", "乡村户籍", "退出现役证件", "自愿退出现役", "村民委员会证明",
    "村民身份证", "家庭成员身份证号", "补交地税完税证明", "工地证明", "社交地位", "特许经营权证",
    "公司分红", "林业局", "土木工程", "股权激励", "当地派出所", "本土地方志", "女士地址",
    "唐山地区",
    "和田地区", "惠农区", "注销地派出所", "成交地点", "居住地照片", "出版社员工证明", "外包地点",
    "居住证", "Mainland", "landline", "jiti_hukou", "聚集地", "没有地址", "不要地下室",
    "tudigong", "tudi miao", "tudao", "Berlin district", "S, M, L and XL", "at udine",
]
HIDING = st.sampled_from([
    " ", "\u3000", "\u200b", "\u200d", "\ufeff", "\ufe0f", "\u0301", "·", "-", "－", ".", "、",
    "\n",
    "/", "*", "x", "1", "|",
])
TRADITIONAL = str.maketrans(
    "权让弃还经营体证农产责资确转红注销缴协议书偿归处给无",
    "權讓棄還經營體證農產責資確轉紅註銷繳協議書償歸處給無"
)


@pytest.mark.parametrize("text", DEMANDS)
def test_demands_are_found(text: str) -> None:
    assert demands_land_rights(text)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_are_left_alone(text: str) -> None:
    assert demands_land_rights(text) is None


@given(
    st.sampled_from([text for text in DEMANDS if all(char > "\u2e80" for char in text)]),
    HIDING, st.data(),
)
def test_marks_between_the_characters_do_not_hide_a_demand(
    text: str, mark: str, data: st.DataObject
) -> None:
    gaps = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    hidden = "".join(char + (mark if gap else "") for char, gap in zip(text, gaps, strict=True))
    assert demands_land_rights(hidden)


@given(
    st.sampled_from(["tudi", "tǔdì", "tu\u030cdi\u0300", "chéngbāo", "zhaijidi", "sānquán"]),
    st.sampled_from([" ", "  ", "\u3000", "\u200b", "·", "-", "_", ".", "、", "\n"]), st.data(),
)
def test_nor_do_marks_between_the_letters_of_pinyin(
    text: str, mark: str, data: st.DataObject
) -> None:
    gaps = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    hidden = "".join(char + (mark if gap else "") for char, gap in zip(text, gaps, strict=True))
    assert demands_land_rights(hidden)


@given(
    st.sampled_from(DEMANDS), st.sampled_from(["", "补交", "须附", "另：", "A4 纸，"]),
    st.sampled_from(["", "一份", "，原件", "（复印件）", "。"]), st.booleans(),
)
def test_company_and_old_characters_do_not_hide_a_demand(
    text: str, before: str, after: str, old: bool
) -> None:
    whole = before + text + after
    assert demands_land_rights(whole.translate(TRADITIONAL) if old else whole)


@given(
    st.sampled_from(PLAIN), st.sampled_from(["", "补：", "请核对", "《", "1. "]),
    st.sampled_from(["", "一份", "，原件", "》", "。"]),
)
def test_company_does_not_turn_plain_words_into_a_demand(
    text: str, before: str, after: str
) -> None:
    assert demands_land_rights(before + text + after) is None


@given(st.sampled_from([text for text in DEMANDS if text.isascii()]))
def test_full_width_letters_do_not_hide_a_demand(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert demands_land_rights(wide)
    assert demands_land_rights(text.upper())


def test_the_words_found_are_given_back() -> None:
    assert demands_land_rights("附 承包地 证明") == "承包地"


KEPT = [
    "落户以后，宅基地使用权仍然依法归你。",
    "落户不以放弃或者转让承包地为条件，窗口不收取有关证件。",
    "三权不因落户而改变。有人要求交出的，可以反映。", "没有人要我放弃上述三项权利。",
    "以后是否退出承包地，由你依法自愿决定。", "", "自愿落户",
]
AGAINST = [
    "落户须退出承包地。", "自愿放弃宅基地，不得反悔", "不退地的不能落户", "三权仍须交回",
    "承包地不交回的，不予办理", "宅基地证", "第一条不变；第二条交回承包地",
    "同意放弃集体收益分配权", "先退地，否则不收件",
]


@pytest.mark.parametrize("text", KEPT)
def test_a_paper_may_say_that_the_rights_are_kept(text: str) -> None:
    assert speaks_against_rights(text) is None


@pytest.mark.parametrize("text", AGAINST)
def test_a_paper_may_not_turn_that_into_a_demand(text: str) -> None:
    assert speaks_against_rights(text)


@pytest.mark.parametrize("text", AGAINST)
def test_nor_may_the_notice(text: str) -> None:
    assert not states_rights_kept(text)


def test_no_closed_list_holds_anything_to_hang_a_demand_on() -> None:
    """Rules, questions, steps and papers name only these; none of them knows the rights."""
    named = [*FACTS, *FIELDS, *VALUES]
    told = [words for fact in FACTS.values() for words in (fact.label, fact.question)]
    told += [words for fact in FACTS.values() for _, words, _ in fact.choices]
    told += [words for field in FIELDS.values() for words in (field.label, field.hint)]
    told += [words for field in FIELDS.values() for _, words, _ in field.choices]
    for text in (*named, *told):
        assert demands_land_rights(text) is None, text
