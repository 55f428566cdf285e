"""Filling a form: what is printed, what is left out, what is refused and how."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.form_values import VALUES, ValueKind, nearest_value
from desktop_app.domain.forms import (
    Box,
    FilledForm,
    FormDefinition,
    FormRefused,
    Page,
    QrBox,
    Repeat,
    Text,
    When,
    fill,
    needs,
    unknown_values,
)


def box(text: str, *, optional: bool = False, empty: str = "", when: When | None = None) -> Box:
    return Box(10, 10, 50, 8, text, id=text, optional=optional, empty=empty, when=when)


def form(
    *boxes: Box, repeats: tuple[Repeat, ...] = (), codes: tuple[QrBox, ...] = ()
) -> FormDefinition:
    page = Page(210, 297, boxes=boxes, repeats=repeats, codes=codes)
    return FormDefinition("trial", "试验单", date(2017, 5, 9), (page,))


def words(filled: FilledForm) -> list[list[str]]:
    return [[text.text for text in page.texts] for page in filled.pages]


MEMBERS = Repeat("members", 2, 8, (box("{row}"), box("{name}")), blank=Text(0, 0, 9, 9, "以下空白"))


def test_values_come_flat_or_nested() -> None:
    trial = form(box("{person.name}"), box("{case.due}"))
    flat = fill(trial, {"person.name": "陈示例", "case.due": date(2017, 6, 5)})
    nested = fill(trial, {"person": {"name": "陈示例"}, "case": {"due": "2017-06-05"}})
    assert words(flat) == words(nested) == [["陈示例", "2017年06月05日"]]
    assert (flat.form_id, flat.edition) == ("trial", date(2017, 5, 9))


def test_everything_missing_is_named_at_once() -> None:
    trial = form(
        box("{person.name}"),
        box("由{case.receiver}于{case.due}办"),
        repeats=(MEMBERS,),
        codes=(QrBox("q", "case.code", 0, 0, 20),),
    )
    with pytest.raises(FormRefused) as refused:
        fill(trial, {"person.name": ""})
    assert [problem.value for problem in refused.value.problems] == [
        "members",
        "person.name",
        "case.receiver",
        "case.code",
    ]
    assert "缺少姓名" in refused.value.message
    assert refused.value.remedy


def test_optional_box_stays_empty_or_says_so() -> None:
    trial = form(
        box("{person.blood}", optional=True), box("{person.religion}", optional=True, empty="无")
    )
    assert words(fill(trial, {})) == [["无"]]


def test_paragraph_falls_away_with_its_optional_slot() -> None:
    trial = form(box("{station.name}\n电话：{station.phone?}"))
    assert words(fill(trial, {"station.name": "甲所"})) == [["甲所"]]
    both = fill(trial, {"station.name": "甲所", "station.phone": "0411"})
    assert words(both) == [["甲所\n电话：0411"]]
    with pytest.raises(FormRefused, match="派出所名称"):
        fill(trial, {"station.phone": "0411"})


@pytest.mark.parametrize(
    ("when", "printed"),
    [
        (When("case.mode"), True),
        (When("case.mode", ("单独立户",)), True),
        (When("case.mode", ("入已有户",)), False),
        (When("case.mode", ("入已有户",), True), True),
        (When("case.zone"), False),
        (When("case.zone", negate=True), True),
    ],
)
def test_box_prints_only_when(when: When, printed: bool) -> None:
    trial = form(box("{person.name}", when=when))
    assert bool(words(fill(trial, {"case.mode": "单独立户", "person.name": "甲"}))[0]) is printed


def test_rows_run_on_and_end_with_a_note() -> None:
    rows = [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}]
    many = Repeat(MEMBERS.over, 2, 8, MEMBERS.boxes, "next_page", MEMBERS.blank)
    filled = fill(
        form(box("{person.name}"), repeats=(many,)), {"members": rows, "person.name": "户主"}
    )
    assert words(filled) == [["户主", "1", "甲", "2", "乙"], ["户主", "3", "丙", "以下空白"]]
    assert filled.pages[1].texts[-1].drop == 8


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(FormRefused, match="有 3 行，本页只容 2 行"):
        fill(form(repeats=(MEMBERS,)), {"members": [{"name": "甲"}] * 3})


def test_row_that_is_no_row_is_refused() -> None:
    with pytest.raises(FormRefused, match="第 1 行"):
        fill(form(repeats=(MEMBERS,)), {"members": ["甲"]})


def test_unseen_character_is_refused_with_its_place() -> None:
    with pytest.raises(FormRefused, match=r"姓名第 2 个字符看不见：⟨U\+202E⟩"):
        fill(form(box("{person.name}")), {"person.name": "王\u202e五"})


def test_lists_hold_paragraphs_and_plain_values_do_not() -> None:
    assert words(
        fill(form(box("{notice.reasons|numbered}")), {"notice.reasons": ["甲", "乙"]})
    ) == [["1. 甲\n2. 乙"]]
    with pytest.raises(FormRefused, match="姓名应为文字"):
        fill(form(box("{person.name}")), {"person.name": ["甲", "乙"]})


def test_value_that_looks_like_a_template_stays_words() -> None:
    name = "{case.due}<b>{station.name?}</b>"
    assert words(fill(form(box("{person.name}")), {"person.name": name})) == [[name]]


def test_date_that_cannot_be_read_is_refused_with_its_name() -> None:
    with pytest.raises(FormRefused, match="登记日期读不出：没有这个日期"):
        fill(form(box("{person.registered_on}")), {"person.registered_on": "2017-02-30"})


def test_needs_lists_each_value_once_and_strictest() -> None:
    trial = form(
        box("{person.name}", optional=True),
        box("{person.name}"),
        box("{case.note}", optional=True),
        repeats=(MEMBERS,),
    )
    found = {need.value: need.optional for need in needs(trial)}
    assert found == {
        "person.name": False,
        "case.note": True,
        "members": False,
        "members[].row": False,
        "members[].name": False,
    }


def test_misspelt_names_are_told() -> None:
    record = {"person": {"nmae": "甲"}, "members": [{"name": "乙", "sexx": "男"}]}
    assert unknown_values(record) == ("person.nmae", "members[].sexx")
    assert nearest_value("person.nmae") == "person.name"
    assert nearest_value("完全不像") == ""


def test_edition_is_half_open() -> None:
    one = FormDefinition("trial", "试验单", date(2017, 5, 9), (), until=date(2022, 5, 26))
    days = [date(2017, 5, 8), date(2017, 5, 9), date(2022, 5, 25), date(2022, 5, 26)]
    assert [one.in_force(day) for day in days] == [False, True, True, False]


def test_every_value_has_words_and_a_sample() -> None:
    for value in VALUES.values():
        assert value.label
        assert value.sample or value.kind is ValueKind.TABLE
