"""A batch that was taken: decided, and registered in the household of its school."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.batch import Outcome
from desktop_app.domain.case import Status
from desktop_app.domain.errors import InputError, NotAllowed
from desktop_app.domain.people import NOT_KIN, HouseholdKind
from tests.helpers.hostile_rosters import student, students
from tests.helpers.people import answers_for
from tests.helpers.roster_office import RosterOffice
from tests.helpers.synthetic import LONG_NAME, RARE
from tests.helpers.world import CLERK, PASSWORD, SUPERVISOR, World


@pytest.fixture
def office(world: World, tmp_path: Path) -> RosterOffice:
    return RosterOffice(world, tmp_path)


def number_of(order: int) -> str:
    return f"{student(order)['公民身份号码']}"


def test_a_supervisor_decides_all_and_each_keeps_its_findings(office: RosterOffice) -> None:
    world = office.world
    batch_id = office.taken(students(3)).batch.id
    with pytest.raises(NotAllowed):
        office.rosters(CLERK).decide(batch_id, PASSWORD)
    with pytest.raises(InputError):
        office.rosters(SUPERVISOR).decide(batch_id, "不对")
    sheet = office.rosters(SUPERVISOR).decide(batch_id, PASSWORD)
    assert sheet.counts == {Status.APPROVED: 3}
    with world.store.read() as uow:
        for case in uow.batches.cases(batch_id):
            assert case.decisions[-1].by == SUPERVISOR.login
            assert "dazhengbanfa-2017-61#2.2" in case.decisions[-1].clauses
    assert world.wrote_nothing(
        lambda: office.rosters(SUPERVISOR).decide(batch_id, PASSWORD), NotAllowed
    )


def test_who_took_the_batch_does_not_decide_it(office: RosterOffice) -> None:
    sheet = office.rosters(SUPERVISOR).take(office.check(students(1)))
    assert sheet.decide_lacks
    with pytest.raises(NotAllowed):
        office.rosters(SUPERVISOR).decide(sheet.batch.id, PASSWORD)


def test_all_enter_the_collective_household_of_the_school(office: RosterOffice) -> None:
    world = office.world
    sheet = office.registered(students(3))
    assert sheet.counts == {Status.REGISTERED: 3}
    with world.store.read() as uow:
        students_in = uow.batches.students(sheet.batch.id)
        household = uow.people.household(students_in[0][1].household_id)
        members = uow.people.members_on(household.id, world.clock.today())
    assert household.kind is HouseholdKind.COLLECTIVE
    assert household.collective_kind == "1"
    assert len(members) == 3
    for person, stay in students_in:
        assert (stay.relation, stay.reason) == (NOT_KIN, "0324")
        assert person.citizen_id in {number_of(order) for order in (1, 2, 3)}
    assert office.check(students(3), "又.csv").accepted == 0


def test_a_second_roster_and_a_single_student_join_the_same_household(
    office: RosterOffice,
) -> None:
    world = office.world
    office.registered(students(2))
    office.registered(students(2, first=3), "二.csv")
    _, single = world.registered("student_collective", answers_for("student_collective", 70))
    assert single.household is not None
    assert single.count == 5
    assert world.wrote(lambda: office.check(students(1, first=6), "三.csv")) == []


def test_one_of_the_batch_can_be_handled_alone(office: RosterOffice) -> None:
    world = office.world
    batch_id = office.taken(students(3)).batch.id
    with world.store.read() as uow:
        first, *_ = uow.batches.cases(batch_id)
    world.review().reject(first.id, "录取通知书与本人不符", PASSWORD)
    sheet = office.rosters(SUPERVISOR).decide(batch_id, PASSWORD)
    assert sheet.counts == {Status.NOT_APPROVED: 1, Status.APPROVED: 2}
    office.rosters().enter(batch_id)
    told = office.rosters().reconcile(batch_id)
    assert told.counts[Outcome.REFUSED] == 1
    assert "录取通知书" in told.lines[0].words
    assert told.balanced


def test_names_of_every_lawful_kind_go_through(office: RosterOffice) -> None:
    names = [f"试{char}样" for char in RARE] + [LONG_NAME[:25], LONG_NAME, "艾合买提·样"]
    rows = [student(order, 姓名=text) for order, text in enumerate(names, start=1)]
    sheet = office.registered(rows)
    with office.world.store.read() as uow:
        kept = [person.name for person, _ in uow.batches.students(sheet.batch.id)]
    assert kept == names


def test_who_moved_on_elsewhere_is_named_and_left(office: RosterOffice) -> None:
    batch_id = office.taken([student(1), student(2)]).batch.id
    with office.world.store.write() as uow:
        case, _ = uow.batches.cases(batch_id)
        without = {k: v for k, v in case.answers.items() if k != "applicant.ethnicity"}
        uow.cases.save(replace(case, answers=without))
        uow.commit()
    office.rosters(SUPERVISOR).decide(batch_id, PASSWORD)
    sheet = office.rosters().enter(batch_id)
    assert [case_id for case_id, _ in sheet.left] == [case.id]
    assert sheet.counts == {Status.APPROVED: 1, Status.REGISTERED: 1}


@pytest.mark.parametrize("together", [True, False])
def test_what_is_put_right_before_registration_is_what_is_registered(
    office: RosterOffice, together: bool
) -> None:
    world = office.world
    batch_id = office.taken([student(1), student(2), student(3)]).batch.id
    with world.store.read() as uow:
        one, two, three = uow.batches.cases(batch_id)
    desk = world.desk()
    desk.correct(one.id, {"applicant.ethnicity": "满", "applicant.height": "171"}, "补录")
    for case, field, words in (
        (two, "applicant.name", "试改样"), (three, "applicant.citizen_id", number_of(9))
    ):
        world.review().send_back(case.id, "与证件不符")
        desk.answer(case.id, {field: words})
        desk.consent(case.id, given=True, read_aloud=True, signed_sheet=True, signer="本人")
        desk.submit(case.id)
    office.rosters(SUPERVISOR).decide(batch_id, PASSWORD)
    if together:
        office.rosters().enter(batch_id)
    else:
        for case in (one, two, three):
            world.register().enter(case.id)
    with world.store.read() as uow:
        first, second, third = (person for person, _ in uow.batches.students(batch_id))
        assert (first.ethnicity, first.details["height"]) == ("11", "171")
        assert second.name == "试改样"
        assert [row.id for row in uow.search.persons("sgy")] == [second.id]
        assert (third.id, third.citizen_id) == (three.person_id, number_of(9))
        assert uow.people.by_citizen_id(number_of(3)) is None
