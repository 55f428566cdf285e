"""The register: what a decided case writes, and what never is written in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.case import Status
from desktop_app.domain.errors import InputError, NotAllowed
from desktop_app.domain.people import HEAD, HouseholdKind
from desktop_app.services.sheets import RegisterSheet
from tests.helpers.people import answers_for
from tests.helpers.world import SCHOOL, SUPERVISOR, World

ZERO, OPEN, STUDENT, VETERAN = (
    "zero_threshold", "new_district_open", "student_collective", "veteran"
)
ELSEWHERE = "大连市庄河市演练街道演练路99号"


def number_of(sheet: RegisterSheet) -> str:
    assert sheet.household is not None
    return sheet.household.number


def test_a_move_inside_the_city_is_an_address_change(world: World) -> None:
    case_id, sheet = world.registered(ZERO, answers_for(ZERO))
    stay = sheet.stays[-1]
    assert world.desk().sheet(case_id).case.status is Status.REGISTERED
    assert world.desk().sheet(case_id).case.person_id == sheet.person.id
    assert (stay.relation, stay.reason, stay.scope) == (HEAD, "0595", "21")
    assert stay.origin == "辽宁省庄河市演练镇演练村12号"
    assert stay.urbanisation_reason == "16"
    assert stay.case_id == case_id
    assert number_of(sheet) == "000000001"


def test_a_move_from_outside_is_a_move_in(world: World) -> None:
    _, sheet = world.registered(OPEN, answers_for(OPEN))
    stay = sheet.stays[-1]
    assert (stay.reason, stay.scope, stay.urbanisation_reason) == ("0399", "40", "")


def test_the_region_is_not_said_twice(world: World) -> None:
    given = answers_for(ZERO, applicant__hukou_address="大连市庄河市演练镇演练村12号")
    _, sheet = world.registered(ZERO, given)
    assert sheet.stays[-1].origin == "大连市庄河市演练镇演练村12号"


def test_a_city_dweller_moving_by_another_way_still_changes_address_only(world: World) -> None:
    given = answers_for(OPEN, applicant__hukou_region="210202", applicant__hukou_kind="urban")
    _, sheet = world.registered(OPEN, given)
    assert (sheet.stays[-1].reason, sheet.stays[-1].scope) == ("0599", "30")


def test_moving_again_ends_the_stay_before_and_closes_the_empty_household(world: World) -> None:
    _, before = world.registered(ZERO, answers_for(ZERO))
    world.clock.advance(days=30)
    _, after = world.registered(ZERO, answers_for(ZERO, residence__address=ELSEWHERE))
    assert after.person.id == before.person.id
    old, new = after.stays
    assert old.until == new.since == date(2017, 7, 1)
    assert old.destination == ELSEWHERE
    assert old.ended_reason == new.reason
    assert new.scope == "15"
    with world.store.read() as uow:
        assert uow.people.household(old.household_id).closed == date(2017, 7, 1)


def family(world: World) -> tuple[RegisterSheet, RegisterSheet]:
    _, head = world.registered(ZERO, answers_for(ZERO, 1))
    _, wife = world.registered(ZERO, answers_for(
        ZERO, 2, household__mode="join", household__number=number_of(head),
        household__relation="12",
    ))
    return head, wife


def test_joining_lists_the_household_head_first(world: World) -> None:
    head, wife = family(world)
    assert [stay.relation for stay, _ in wife.members] == [HEAD, "12"]
    assert number_of(wife) == number_of(head)


def test_a_leaving_head_leaves_a_head_behind(world: World) -> None:
    _, wife = family(world)
    case_id = world.approved(ZERO, answers_for(ZERO, 1, residence__address=ELSEWHERE)).case.id
    register = world.register()
    before = world.entries()
    with pytest.raises(InputError) as asked:
        register.enter(case_id)
    assert asked.value.field == "new_head"
    with pytest.raises(InputError):
        register.enter(case_id, new_head="nobody")
    assert world.entries() == before
    assert [person.id for person in register.heirs(case_id)] == [wife.person.id]
    register.enter(case_id, new_head=wife.person.id)
    remaining = register.person(wife.person.id)
    assert [(stay.relation, person.id) for stay, person in remaining.members] == [
        (HEAD, wife.person.id)
    ]


def test_those_who_stay_get_the_relation_told_to_the_new_head(world: World) -> None:
    head, wife = family(world)
    _, son = world.registered(ZERO, answers_for(
        ZERO, 3, household__mode="join", household__number=number_of(head),
        household__relation="20",
    ))
    case_id = world.approved(ZERO, answers_for(ZERO, 1, residence__address=ELSEWHERE)).case.id
    register = world.register()
    assert {person.id for person in register.heirs(case_id)} == {wife.person.id, son.person.id}
    register.enter(case_id, new_head=son.person.id, relations={wife.person.id: "母亲"})
    members = register.person(son.person.id).members
    assert [(stay.relation, person.id) for stay, person in members] == [
        (HEAD, son.person.id), ("52", wife.person.id),
    ]


def test_nobody_is_asked_for_a_head_where_none_leaves(world: World) -> None:
    family(world)
    register = world.register()
    joined = world.approved(ZERO, answers_for(ZERO, 2, residence__address=ELSEWHERE)).case.id
    assert register.heirs(joined) == ()
    register.enter(joined)
    new = world.approved(ZERO, answers_for(ZERO, 4)).case.id
    assert register.heirs(new) == ()


def test_two_heads_are_never_registered(world: World) -> None:
    _, head = world.registered(ZERO, answers_for(ZERO, 1))
    sheet = world.ready(ZERO, answers_for(
        ZERO, 3, household__mode="join", household__number=number_of(head),
        household__relation=HEAD,
    ))
    with pytest.raises(NotAllowed):
        world.desk().submit(sheet.case.id)


def test_students_share_the_collective_household_of_their_school(world: World) -> None:
    _, first = world.registered(STUDENT, answers_for(STUDENT, 1))
    _, second = world.registered(STUDENT, answers_for(STUDENT, 2))
    assert first.household is not None
    assert first.household.kind is HouseholdKind.COLLECTIVE
    assert first.household.collective_kind == "1"
    assert first.household.address == "大连演练大学"
    assert number_of(second) == number_of(first)
    assert {stay.relation for stay, _ in second.members} == {"99"}
    assert [person.id for _, person in second.members] == [second.person.id]
    assert (first.count, second.count) == (1, 2)


def test_a_school_by_its_name_is_the_school_by_its_code(world: World) -> None:
    _, by_name = world.registered(STUDENT, answers_for(STUDENT, 1, school__code=SCHOOL.name))
    _, by_code = world.registered(STUDENT, answers_for(STUDENT, 2))
    assert number_of(by_name) == number_of(by_code)
    assert by_code.count == 2


def test_a_veterans_number_and_record_are_restored(world: World) -> None:
    _, before = world.registered(ZERO, answers_for(ZERO))
    with world.store.write() as uow:
        uow.people.save_stay(before.stays[-1].ended(date(2017, 6, 1), "0581", ""))
        uow.commit()
    world.clock.advance(days=700)
    _, after = world.registered(VETERAN, answers_for(VETERAN))
    assert after.person.id == before.person.id
    assert after.person.citizen_id == before.person.citizen_id
    assert after.stays[-1].reason == "0371"


def test_preview_writes_nothing_and_enter_writes_it(world: World) -> None:
    case_id = world.approved(ZERO, answers_for(ZERO)).case.id
    register = world.register()
    shown: list[RegisterSheet] = []
    assert world.wrote(lambda: shown.append(register.preview(case_id))) == []
    assert number_of(shown[0]) == "待编"
    entered = register.enter(case_id)
    assert shown[0].stays[-1].relation == entered.stays[-1].relation
    assert shown[0].person.citizen_id == entered.person.citizen_id
    assert entered.touched.persons == {entered.person.id}
    assert entered.touched.cases == {case_id}


def test_only_an_approved_case_is_entered_and_only_once(world: World) -> None:
    accepted = world.accepted(ZERO, answers_for(ZERO)).case.id
    register = world.register()
    assert world.wrote_nothing(lambda: register.enter(accepted), NotAllowed)
    entered, _ = world.registered(OPEN, answers_for(OPEN, 2))
    assert world.wrote_nothing(lambda: register.enter(entered), NotAllowed)


def test_registered_items_stand_in_the_persons_details(world: World) -> None:
    given = answers_for(ZERO, applicant__education="70", applicant__height="172")
    _, sheet = world.registered(ZERO, given)
    assert sheet.person.details == {"education": "70", "height": "172"}


def test_every_look_at_a_person_is_journalled(world: World) -> None:
    _, sheet = world.registered(ZERO, answers_for(ZERO))
    assert world.wrote(lambda: world.register().person(sheet.person.id)) == ["person.view"]


def test_a_look_at_a_child_needs_a_reason(world: World) -> None:
    born = date(2006, 9, 1)
    given = answers_for(ZERO, birth=born) | {
        "guardian.name": "试长样", "guardian.relation": "51",
        "guardian.citizen_id": answers_for(ZERO, 8)["applicant.citizen_id"],
    }
    sheet = world.ready(ZERO, given, signer="监护人")
    case_id = world.desk().submit(sheet.case.id).case.id
    world.review().approve(case_id, "演练-口令-2017")
    person = world.register().enter(case_id).person.id
    assert world.wrote_nothing(lambda: world.register().person(person), InputError)
    assert world.register().person(person, "监护人来所核对").person.id == person


def test_the_head_is_changed_with_a_reason(world: World) -> None:
    head, wife = family(world)
    assert head.household is not None
    household = head.household.id
    register = world.register(SUPERVISOR)
    assert world.wrote(lambda: register.set_head(
        household, wife.person.id, "本户申请", {head.person.id: "11"}
    )) == ["household.head"]
    assert [stay.relation for stay, _ in register.person(head.person.id).members] == [HEAD, "11"]
    assert world.wrote(
        lambda: register.set_head(household, wife.person.id, "本户申请")
    ) == []
    with pytest.raises(InputError):
        register.set_head(household, "nobody", "本户申请")


@pytest.mark.parametrize("relation", [HEAD, "户主", "ZZ", " "])
def test_a_new_head_brings_no_second_head_and_no_unknown_relation(
    world: World, relation: str
) -> None:
    head, wife = family(world)
    assert head.household is not None
    household = head.household.id
    relations = {head.person.id: relation}
    assert world.wrote_nothing(
        lambda: world.register(SUPERVISOR).set_head(
            household, wife.person.id, "本户申请", relations
        ),
        InputError,
    )
    leaving = world.approved(ZERO, answers_for(ZERO, 1, residence__address=ELSEWHERE)).case.id
    assert world.wrote_nothing(
        lambda: world.register().enter(
            leaving, new_head=wife.person.id, relations=relations
        ),
        InputError,
    )


def test_nobody_joins_the_household_they_are_in(world: World) -> None:
    _, alone = world.registered(ZERO, answers_for(ZERO))
    sheet = world.ready(ZERO, answers_for(
        ZERO, residence__address=ELSEWHERE, household__mode="join",
        household__number=number_of(alone), household__relation="10",
    ))
    assert ("already_registered", "household.number") in {
        (problem.code, problem.field) for problem in sheet.problems
    }
    with pytest.raises(NotAllowed):
        world.desk().submit(sheet.case.id)


def test_a_household_joined_meanwhile_is_not_joined_again(world: World) -> None:
    _, host = world.registered(ZERO, answers_for(ZERO, 2))
    joins = answers_for(ZERO, 1, household__mode="join", household__number=number_of(host),
                        household__relation="11")
    waiting = world.approved(ZERO, joins).case
    with world.store.write() as uow:
        twin = replace(waiting, id="twin", number="DL-twin", version=0)
        uow.cases.add(twin)
        uow.commit()
    world.register().enter("twin")
    assert world.wrote_nothing(lambda: world.register().enter(waiting.id), NotAllowed)


def test_a_student_is_not_settled_twice_in_one_collective_household(world: World) -> None:
    in_city = answers_for(STUDENT, 1, applicant__hukou_region="210283")
    world.registered(STUDENT, in_city)
    sheet = world.ready(STUDENT, in_city)
    assert "already_registered" in {problem.code for problem in sheet.problems if problem.blocks}


def test_a_collective_household_has_no_head(world: World) -> None:
    _, sheet = world.registered(STUDENT, answers_for(STUDENT))
    assert sheet.household is not None
    household = sheet.household.id
    assert world.wrote_nothing(
        lambda: world.register(SUPERVISOR).set_head(household, sheet.person.id, "申请"), NotAllowed
    )


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, ("", "16", False)),
        ({"applicant.origin_code": "220", "household.whole_family": "true"}, ("220", "16", True)),
        ({"household.urbanisation_reason": "14"}, ("", "14", False)),
    ],
)
def test_the_flags_that_statistics_need_are_kept(
    world: World, changes: dict[str, str], kept: tuple[str, str, bool]
) -> None:
    _, sheet = world.registered(ZERO, answers_for(ZERO) | changes)
    stay = sheet.stays[-1]
    assert (stay.origin_code, stay.urbanisation_reason, stay.whole_family) == kept


def test_a_town_dweller_is_no_rural_migrant(world: World) -> None:
    given = answers_for(OPEN, applicant__hukou_kind="urban", household__urbanisation_reason="14")
    _, sheet = world.registered(OPEN, given)
    assert sheet.stays[-1].urbanisation_reason == ""
