"""Words in, canonical words out; refusals name the field."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.citizen_id import synthetic
from desktop_app.domain.errors import InputError
from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import (
    FIELDS,
    FieldKind,
    field,
    masked_id,
    masked_name,
    parse,
    parse_date,
)


@pytest.mark.parametrize(
    "text",
    ["19780315", "1978-3-15", "1978-03-15", "1978.3.15", "1978年3月15日", "1978/3/15",
     "１９７８０３１５", "1978 - 3 - 15", " 19780315\n", "1978年03月15"],
)
def test_a_day_is_understood_however_it_is_typed(text: str) -> None:
    assert parse_date(text) == date(1978, 3, 15)


@given(st.dates(date(1850, 1, 1), date(2200, 12, 31)))
def test_every_day_survives_a_round_trip(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%Y%m%d}") == day


@pytest.mark.parametrize(
    "text", ["780315", "78-3-15", "19780230", "1978-13-1", "今天", "1978", "19780315x", "00010101"]
)
def test_a_day_that_cannot_be_is_refused_with_the_field(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_date(text, "出生日期", "applicant.birth_date")
    assert "出生日期" in caught.value.message
    assert caught.value.field == "applicant.birth_date"
    assert caught.value.remedy


@pytest.mark.parametrize("dot", "•‧・．")
def test_every_dot_in_a_name_becomes_the_lawful_one(dot: str) -> None:
    assert parse(FIELDS["applicant.name"], f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


def test_a_name_keeps_rare_and_compatibility_characters() -> None:
    for name in ("李𠮷", "﨑本", "王㛃", "𪚥𪚥"):
        assert parse(FIELDS["applicant.name"], name) == name


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\u200b", "\u0007", "\n", "\ue000"])
def test_invisible_characters_are_named_by_position(char: str) -> None:
    with pytest.raises(InputError, match=f"第 2 个字符.*U\\+{ord(char):04X}"):
        parse(FIELDS["applicant.name"], f"王{char}国")


def test_a_name_of_fifty_is_taken_and_one_more_is_not() -> None:
    assert parse(FIELDS["applicant.name"], "买" * 50) == "买" * 50
    with pytest.raises(InputError, match="51 个字，最多 50"):
        parse(FIELDS["applicant.name"], "买" * 51)


@pytest.mark.parametrize(
    ("text", "digits"),
    [("139 0000 1234", "13900001234"), ("0411-8123-4567", "041181234567"),
     ("１３９００００１２３４", "13900001234")],
)
def test_a_phone_is_its_digits(text: str, digits: str) -> None:
    assert parse(FIELDS["applicant.phone"], text) == digits


def test_a_phone_of_another_scripts_digits_is_told() -> None:
    with pytest.raises(InputError, match="7 到 15 位数字"):
        parse(FIELDS["applicant.phone"], "٠١٢٣٤٥٦٧")


def test_yes_and_no_are_taken_by_digit_word_and_initial() -> None:
    permit = field("residence.permit_held")
    assert {parse(permit, text) for text in ("1", "是", "s", "TRUE", "有")} == {"true"}
    assert {parse(permit, text) for text in ("2", "否", "f", "无")} == {"false"}
    with pytest.raises(InputError, match="是或否"):
        parse(permit, "也许")


def test_a_choice_is_taken_by_value_words_or_initials() -> None:
    mode = FIELDS["household.mode"]
    assert {parse(mode, text) for text in ("new", "单独立户", "dl")} == {"new"}
    with pytest.raises(InputError, match="可选：单独立户、入已有户"):
        parse(mode, "别的")


@pytest.mark.parametrize("field_id", sorted(FIELDS))
def test_empty_stays_empty(field_id: str) -> None:
    assert parse(FIELDS[field_id], "  ") == ""


@pytest.mark.parametrize("field_id", sorted(FACTS))
def test_every_fact_can_be_asked_as_a_field(field_id: str) -> None:
    definition = field(field_id)
    assert definition.id == field_id
    assert definition.label
    assert definition.kind in (FieldKind.BOOL, FieldKind.CHOICE, FieldKind.NUMBER,
                               FieldKind.REGION)


@given(st.text(), st.sampled_from(sorted(FIELDS)))
def test_anything_typed_is_taken_or_refused_in_words(text: str, field_id: str) -> None:
    definition = FIELDS[field_id]
    try:
        canonical = parse(definition, text)
    except InputError as refused:
        assert refused.message
        assert refused.field == field_id
    else:
        assert parse(definition, canonical) == canonical


def test_masks_hide_what_identifies() -> None:
    assert masked_id("210213197803154219") == "210213********4219"
    assert masked_id("123") == "***"
    assert masked_name("王建国") == "王*"
    assert masked_name("") == ""


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_an_applicant_has_a_hukou_and_a_guardian_need_not(region: str) -> None:
    number = synthetic(region, date(1990, 1, 1), 1).text
    with pytest.raises(InputError, match=r"这是.+的号码") as refused:
        parse(field("applicant.citizen_id"), number)
    assert refused.value.field == "applicant.citizen_id"
    assert "出入境" in refused.value.remedy
    assert parse(field("guardian.citizen_id"), number) == number


@pytest.mark.parametrize("field_id", ["case.note", "approval.ground"])
def test_what_the_application_prints_asks_for_no_land(field_id: str) -> None:
    with pytest.raises(InputError, match="农村土地权益") as refused:
        parse(field(field_id), "已交回承包地")
    assert refused.value.field == field_id
    assert parse(field(field_id), "投靠父母，三权告知书已收") == "投靠父母，三权告知书已收"


def test_an_address_may_be_called_after_a_field() -> None:
    assert parse(field("residence.address"), "农田路 3 号") == "农田路 3 号"
