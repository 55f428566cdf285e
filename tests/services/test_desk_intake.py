"""Filling a draft: one act, one entry; the same again, none."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.errors import Conflict, InputError, Missing, NotAllowed
from desktop_app.services.sheets import CaseSheet
from tests.helpers.people import TOWN, answers_for, applicant
from tests.helpers.synthetic import number
from tests.helpers.world import SUPERVISOR, World

ZERO = "zero_threshold"


def codes(sheet: CaseSheet) -> set[str]:
    return {problem.code for problem in sheet.problems}


def test_every_writing_act_leaves_exactly_one_entry(world: World) -> None:
    desk = world.desk()
    case_id = ""

    def opened() -> None:
        nonlocal case_id
        case_id = desk.open(ZERO).case.id

    assert world.wrote(opened) == ["case.open"]
    given = answers_for(ZERO)
    assert world.wrote(lambda: desk.answer(case_id, given)) == ["case.answer"]
    assert world.wrote(lambda: desk.see(case_id)) == ["case.see"]
    assert world.wrote(lambda: desk.consent(
        case_id, given=True, read_aloud=True, signed_sheet=True, signer="本人"
    )) == ["case.consent"]
    assert world.wrote(lambda: desk.submit(case_id)) == ["case.submit"]


def test_the_same_again_writes_nothing(world: World) -> None:
    desk = world.desk()
    sheet = world.ready(ZERO, answers_for(ZERO))
    case_id, version = sheet.case.id, sheet.case.version

    def again() -> None:
        desk.answer(case_id, answers_for(ZERO))
        desk.see(case_id)
        desk.see(case_id, (), seen=False)
        desk.switch(case_id, ZERO)
        desk.consent(case_id, given=True, read_aloud=True, signed_sheet=True, signer="本人")

    assert world.wrote(again) == []
    assert desk.sheet(case_id).case.version == version
    assert desk.sheet(case_id).touched.cases == frozenset()


def test_words_are_kept_as_codes(world: World) -> None:
    desk = world.desk()
    case_id = desk.open(ZERO).case.id
    sheet = desk.answer(case_id, {"applicant.ethnicity": "汉族", "residence.sub_district": "cgjd"})
    assert sheet.case.answers == {
        "applicant.ethnicity": "01", "residence.sub_district": TOWN,
    }
    assert sheet.facts["residence.zone"] == "new_district"
    assert sheet.touched.cases == {case_id}


def test_an_empty_text_clears_the_field(world: World) -> None:
    desk = world.desk()
    case_id = desk.open(ZERO, {"applicant.phone": "13000000000"}).case.id
    assert desk.answer(case_id, {"applicant.phone": " "}).case.answers == {}


def test_a_bad_answer_names_its_field_and_writes_none_of_its_company(world: World) -> None:
    desk = world.desk()
    case_id = desk.open(ZERO).case.id
    with pytest.raises(InputError) as refused:
        desk.answer(case_id, {"applicant.name": "试甲样", "applicant.birth_date": "19780230"})
    assert refused.value.field == "applicant.birth_date"
    assert desk.sheet(case_id).case.answers == {}


@pytest.mark.parametrize(
    "field", ["consent.given", "points.threshold_reached", "applicant.shoe_size"]
)
def test_what_is_not_the_counters_to_answer_is_refused(world: World, field: str) -> None:
    desk = world.desk()
    case_id = desk.open(ZERO).case.id
    with pytest.raises(InputError) as refused:
        desk.answer(case_id, {field: "true"})
    assert refused.value.field == field


def test_a_number_fills_sex_and_birth_date_once(world: World) -> None:
    desk = world.desk()
    case_id = desk.open(ZERO).case.id
    first, second = number(0).text, number(1, birth=date(1990, 5, 6)).text
    answers = desk.answer(case_id, {"applicant.citizen_id": first}).case.answers
    assert answers["applicant.sex"] == "1"
    assert answers["applicant.birth_date"] == "1978-03-15"
    assert "applicant.hukou_region" not in answers
    answers = desk.answer(case_id, {"applicant.citizen_id": second}).case.answers
    assert answers["applicant.sex"] == "2"
    assert answers["applicant.birth_date"] == "1990-05-06"


def test_what_a_person_typed_is_not_overwritten_but_shown(world: World) -> None:
    desk = world.desk()
    case_id = desk.open(ZERO, {"applicant.birth_date": "19780316", "applicant.sex": "2"}).case.id
    sheet = desk.answer(case_id, {"applicant.citizen_id": number(0).text})
    assert sheet.case.answers["applicant.birth_date"] == "1978-03-16"
    assert codes(sheet) == {"birth_mismatch", "sex_mismatch"}
    assert [problem.blocks for problem in sheet.problems] == [True, False]


def test_an_alert_is_passed_with_a_reason_and_comes_back_when_its_ground_changes(
    world: World,
) -> None:
    desk = world.desk()
    given = {**answers_for(ZERO), "applicant.sex": "2"}
    case_id = world.ready(ZERO, given).case.id
    with pytest.raises(NotAllowed):
        desk.submit(case_id)
    with pytest.raises(InputError):
        desk.override(case_id, "sex_mismatch", "  ")
    with pytest.raises(InputError):
        desk.override(case_id, "unknown_region", "证件如此")
    sheet = desk.override(case_id, "sex_mismatch", "证件如此，已核对")
    assert codes(sheet) == set()
    assert sheet.case.overrides[0].reason == "证件如此，已核对"
    sheet = desk.answer(case_id, {"applicant.sex": "1"})
    assert sheet.case.overrides == ()


def test_a_blocking_problem_cannot_be_passed(world: World) -> None:
    desk = world.desk()
    given = answers_for(ZERO, applicant__birth_date="1978-03-16")
    case_id = desk.open(ZERO, given).case.id
    with pytest.raises(InputError):
        desk.override(case_id, "birth_mismatch", "证件如此")


def test_a_number_already_at_the_counter_blocks(world: World) -> None:
    desk = world.desk()
    first = desk.open(ZERO, applicant()).case
    second = desk.open("new_district_open", applicant())
    assert codes(second) == {"duplicate_case"}
    desk.discard(first.id)
    assert codes(desk.sheet(second.case.id)) == set()


def test_a_person_registered_here_blocks_a_move_in_from_outside(world: World) -> None:
    world.registered(ZERO, answers_for(ZERO))
    sheet = world.desk().open("new_district_open", answers_for("new_district_open"))
    assert "already_registered" in codes(sheet)


def test_a_person_registered_at_the_same_address_blocks_and_elsewhere_moves(world: World) -> None:
    world.registered(ZERO, answers_for(ZERO))
    desk = world.desk()
    same = desk.open(ZERO, answers_for(ZERO))
    assert "already_registered" in codes(same)
    moved = desk.answer(same.case.id, {"residence.address": "大连市庄河市演练街道演练路99号"})
    assert codes(moved) == set()


def test_someone_of_the_same_name_and_birth_is_shown_and_masked(world: World) -> None:
    world.registered(ZERO, answers_for(ZERO))
    twin = {**answers_for(ZERO), "applicant.citizen_id": number(40).text}
    sheet = world.desk().open(ZERO, twin)
    assert codes(sheet) == {"similar_person"}
    assert "********" in sheet.problems[0].message
    assert not sheet.problems[0].blocks


def test_a_different_name_for_a_registered_number_is_remarked(world: World) -> None:
    world.registered(ZERO, answers_for(ZERO))
    given = answers_for(ZERO, applicant__name="试异样", residence__address="大连市庄河市演练路8号")
    assert codes(world.desk().open(ZERO, given)) == {"register_differs"}


@pytest.mark.parametrize(
    ("relation", "sex_order", "code"),
    [("11", 2, "relation_sex"), ("12", 1, "relation_sex"), ("02", 1, "household"), ("12", 2, None)],
)
def test_joining_a_household_checks_the_relation(
    world: World, relation: str, sex_order: int, code: str | None
) -> None:
    _, entered = world.registered(ZERO, answers_for(ZERO, 7))
    assert entered.household is not None
    sheet = world.desk().open(ZERO, answers_for(
        ZERO, sex_order, household__mode="join", household__number=entered.household.number,
        household__relation=relation,
    ))
    assert codes(sheet) == ({code} if code else set())


def test_joining_a_household_elsewhere_is_remarked(world: World) -> None:
    _, entered = world.registered(ZERO, answers_for(ZERO, 1))
    assert entered.household is not None
    given = answers_for(
        ZERO, 2, household__mode="join", household__number=entered.household.number,
        household__relation="12", residence__address="大连市庄河市演练街道演练路99号",
    )
    desk = world.desk()
    case = desk.open(ZERO, given).case
    assert [(p.code, p.blocks) for p in desk.sheet(case.id).problems] == [
        ("household_address", False)
    ]
    assert desk.override(case.id, "household_address", "同一院落").problems == ()
    there = {"residence.address": entered.household.address}
    assert desk.answer(case.id, there).problems == ()
    assert desk.sheet(case.id).case.overrides == ()


def test_an_unknown_household_number_blocks(world: World) -> None:
    sheet = world.desk().open(ZERO, answers_for(
        ZERO, household__mode="join", household__number="000009999", household__relation="12"
    ))
    assert "no_household" in codes(sheet)


def test_only_what_applies_is_asked(world: World) -> None:
    desk = world.desk()
    given = answers_for(ZERO)
    del given["household.mode"]
    sheet = desk.open(ZERO, given)
    assert sheet.missing_fields == ("household.mode",)
    joined = desk.answer(sheet.case.id, {"household.mode": "join"})
    assert joined.missing_fields == ("household.number", "household.relation")


def test_nothing_optional_and_no_proof_number_is_ever_demanded(world: World) -> None:
    desk = world.desk()
    for procedure in ("veteran", "student_collective", "new_district_open"):
        given = answers_for(procedure)
        for extra in ("veteran.letter_number", "student.admission_number", "applicant.phone"):
            given.pop(extra, None)
        sheet = desk.open(procedure, given)
        assert sheet.missing_fields == (), procedure
        desk.discard(sheet.case.id)


def test_an_area_whose_zone_is_open_is_asked_for(world: World) -> None:
    place = next(p for p in world.book.sub_districts(world.clock.today()) if p.zone is None)
    given = answers_for(ZERO, residence__sub_district=place.id)
    assert "residence.zone" in world.desk().open(ZERO, given).missing_fields


def test_nobody_settles_before_being_born(world: World) -> None:
    given = answers_for(ZERO, birth=date(2017, 6, 2)) | {
        "guardian.name": "试丁样", "guardian.relation": "51",
    }
    sheet = world.ready(ZERO, given, "监护人")
    assert [problem.code for problem in sheet.problems] == ["born_later"]
    canonical, problem = world.desk().check(
        "applicant.citizen_id", given["applicant.citizen_id"]
    )
    assert canonical
    assert problem is not None
    assert problem.code == "born_later"
    world.clock.advance(days=1)
    assert world.desk().sheet(sheet.case.id).problems == ()


def test_a_change_made_elsewhere_meanwhile_is_told(world: World) -> None:
    here, there = world.desk(), world.desk(SUPERVISOR)
    seen = here.open(ZERO).case
    there.answer(seen.id, {"applicant.name": "试甲样"})
    with pytest.raises(Conflict) as told:
        here.answer(seen.id, {"applicant.name": "试乙样"}, version=seen.version)
    assert "li 09:00 改过此件" in told.value.message
    assert here.sheet(seen.id).case.answers["applicant.name"] == "试甲样"


def test_materials_are_named_and_can_be_taken_back(world: World) -> None:
    desk = world.desk()
    sheet = desk.open(ZERO)
    with pytest.raises(InputError):
        desk.see(sheet.case.id, ("land_certificate",))
    seen = desk.see(sheet.case.id, ("household_book",))
    assert {row.material.id for row in seen.materials if row.seen} == {"household_book"}
    back = desk.see(sheet.case.id, ("household_book",), seen=False)
    assert not any(row.seen for row in back.materials)


def test_typing_that_was_cut_off_comes_back_and_goes_with_the_draft(world: World) -> None:
    desk = world.desk()
    case = desk.open(ZERO).case
    assert desk.typing(case.id) is None
    assert world.wrote(
        lambda: desk.keep_typing(case.id, {"applicant.name": "试甲"}, "applicant.name", 2)
    ) == []
    typing = desk.typing(case.id)
    assert typing is not None
    assert typing.raw == {"applicant.name": "试甲"}
    assert (typing.focus, typing.cursor) == ("applicant.name", 2)
    assert desk.workbench().unfinished == (typing,)
    desk.discard(case.id)
    assert desk.typing(case.id) is None


def test_words_that_come_after_submission_are_let_go(world: World) -> None:
    case = world.accepted(ZERO, answers_for(ZERO)).case
    world.desk().keep_typing(case.id, {"applicant.name": "试"}, "applicant.name", 1)
    assert world.desk().typing(case.id) is None


def test_no_typing_for_a_case_that_is_not_there(world: World) -> None:
    with pytest.raises(Missing):
        world.desk().keep_typing("nowhere", {}, "", 0)


def test_the_journal_holds_no_personal_data(world: World) -> None:
    world.registered(ZERO, answers_for(ZERO))
    with world.store.read() as uow:
        told = " ".join(f"{entry}" for entry in uow.journal.entries())
    given = answers_for(ZERO)
    for field in ("applicant.citizen_id", "applicant.name", "applicant.phone",
                  "residence.address", "applicant.hukou_address"):
        assert given[field] not in told
    assert given["applicant.citizen_id"][-8:] not in told
