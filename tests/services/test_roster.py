"""Freshers' day: a roster checked, corrected, taken in one act, told, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.batch import Outcome
from desktop_app.domain.case import Status
from desktop_app.domain.errors import Conflict, InputError, NotAllowed
from desktop_app.domain.journal import first_break
from desktop_app.domain.roster import Lane
from desktop_app.services.roster_sheets import Received, RosterOptions
from tests.helpers.hostile_rosters import student, students, table, write_csv, write_xlsx
from tests.helpers.people import answers_for
from tests.helpers.roster_office import RosterOffice
from tests.helpers.world import CLERK, PASSWORD, SCHOOL, SUPERVISOR, World

KEYS = {"file", "sheet", "rows", "accepted", "refused", "alerts", "problems"}


@pytest.fixture
def office(world: World, tmp_path: Path) -> RosterOffice:
    return RosterOffice(world, tmp_path)


def number_of(order: int) -> str:
    return f"{student(order)['公民身份号码']}"


def wrong_number(order: int) -> str:
    number = number_of(order)
    return number[:17] + ("0" if number[17] != "0" else "1")


MIXED = [
    student(1), student(2, 自愿落户="否"), student(3, 公民身份号码=wrong_number(3)),
    student(4, 自愿落户=""), student(1), student(6),
]


def test_the_report_has_the_agreed_shape(office: RosterOffice) -> None:
    report = office.check(MIXED).report()
    assert set(report) == KEYS
    assert {key: report[key] for key in KEYS - {"problems"}} == {
        "file": "名册.csv", "sheet": "", "rows": 6, "accepted": 2, "refused": 4, "alerts": 0,
    }
    problems = report["problems"]
    assert isinstance(problems, list)
    assert [(p["row"], p["column"], p["level"], p["code"]) for p in problems] == [
        (3, "自愿落户", "error", "not_voluntary"),
        (4, "公民身份号码", "error", "bad_check_digit"),
        (5, "自愿落户", "error", "not_voluntary"),
        (6, "公民身份号码", "error", "duplicate_in_file"),
    ]


def test_checking_writes_nothing(office: RosterOffice) -> None:
    assert office.world.wrote(lambda: office.check(MIXED)) == []


def test_columns_that_mean_nothing_here_are_told(office: RosterOffice) -> None:
    lines = table(students(1), (*student(), "宿舍", "鞋码"))
    checked = office.rosters().check(
        write_csv(office.folder / "a.csv", lines), SCHOOL.code
    )
    assert checked.unmapped == ("宿舍", "鞋码")
    assert checked.report()["unmapped"] == ["宿舍", "鞋码"]


def test_taking_accepts_in_one_act(office: RosterOffice) -> None:
    world = office.world
    checked = office.check(MIXED)
    acts = world.wrote(lambda: office.rosters().take(checked))
    assert acts == ["roster.take", "case.submit", "case.submit"]
    with world.store.read() as uow:
        (batch,) = uow.batches.all(SCHOOL.code)
        cases = uow.batches.cases(batch.id)
        assert first_break(uow.journal.entries()) is None
        hit = uow.search.persons(number_of(6))
        found = uow.search.cases(number_of(6))
    assert [case.status for case in cases] == [Status.ACCEPTED] * 2
    assert [case.number[-4:] for case in cases] == ["0001", "0002"]
    assert all(c.consent and c.consent.signed_sheet and c.consent.by == CLERK.login for c in cases)
    assert cases[0].seen.keys() >= {"admission_roster", "migration_certificate"}
    assert [row.name for row in hit] == [student(6)["姓名"]]
    assert [row.number for row in found] == [cases[1].number]
    assert (batch.sent, batch.file) == (6, "名册.csv")


def test_the_same_file_twice_takes_nothing_twice(office: RosterOffice) -> None:
    first = office.check(students(3))
    office.rosters().take(first)
    again = office.check(students(3))
    assert [row.lane for row in again.rows] == [Lane.DUPLICATE] * 3
    assert {p.code for p in again.problems} == {"already_registered"}
    for checked in (first, again):  # the older working copy as well
        assert office.world.wrote_nothing(
            lambda checked=checked: office.rosters().take(checked), InputError  # type: ignore[misc]
        )


def test_the_next_file_takes_only_what_is_new(office: RosterOffice) -> None:
    office.taken(MIXED)
    corrected = [student(1), student(3), student(4, 自愿落户="是"), student(6), student(7)]
    sheet = office.taken(corrected, "更正.csv")
    with office.world.store.read() as uow:
        taken = {case.answers["applicant.citizen_id"] for case in uow.batches.cases(sheet.batch.id)}
    assert taken == {number_of(3), number_of(4), number_of(7)}


def test_who_is_registered_or_open_here_is_left_out(office: RosterOffice) -> None:
    world = office.world
    open_case = answers_for("zero_threshold", 5)
    world.ready("zero_threshold", open_case)
    rows = [student(1), student(2, 公民身份号码=open_case["applicant.citizen_id"],
                                姓名=open_case["applicant.name"], 出生日期="", 性别="")]
    checked = office.check(rows)
    assert [row.lane for row in checked.rows] == [Lane.READY, Lane.DUPLICATE]


def test_without_the_signed_list_nobody_is_taken(office: RosterOffice) -> None:
    checked = office.check(students(2))
    take = office.rosters().take
    assert office.world.wrote_nothing(
        lambda: take(checked, Received(signed_list=False)), NotAllowed
    )


def test_another_schools_roster_is_sent_to_its_station(office: RosterOffice) -> None:
    path = office.file(students(1))
    with pytest.raises(InputError) as refused:
        office.rosters().check(path, "21998")
    assert refused.value.field == "wrong_school"
    assert "样板派出所" in refused.value.remedy
    with pytest.raises(InputError) as unknown:
        office.rosters().check(path, "00000")
    assert unknown.value.field == "wrong_school"
    assert "属地派出所" in unknown.value.remedy


def test_a_title_that_names_another_school_is_believed(office: RosterOffice) -> None:
    for title, refused in (("大连样板学院2017级新生名册", True), (f"{SCHOOL.name}新生名册", False)):
        path = write_csv(office.folder / "a.csv", table(students(1), above=[title]))
        if refused:
            with pytest.raises(InputError, match="大连样板学院"):
                office.rosters().check(path, SCHOOL.code)
        else:
            assert office.rosters().check(path, SCHOOL.code).accepted == 1


def test_suggestions_are_adopted_and_rows_corrected_on_the_spot(office: RosterOffice) -> None:
    rosters = office.rosters()
    checked = office.check(MIXED)
    adopted = rosters.adopt(checked, 4, "公民身份号码")
    asked = rosters.correct(adopted, 5, {"voluntary": "是"})
    assert (checked.accepted, adopted.accepted, asked.accepted) == (2, 3, 4)
    assert rosters.adopt_all(checked).rows == adopted.rows
    assert office.world.entries() == []
    with pytest.raises(InputError):
        rosters.adopt(checked, 2, "姓名")
    with pytest.raises(InputError):
        rosters.correct(checked, 99, {"name": "试样"})


def test_corrections_wait_for_the_same_file(office: RosterOffice) -> None:
    checked = office.check(MIXED)
    corrected = office.rosters().correct(checked, 5, {"voluntary": "是"})
    assert office.check(MIXED).rows == corrected.rows
    assert office.check([*MIXED, student(8)], "另一份.csv").accepted == 3


def test_a_number_corrected_to_a_registered_one_is_found(office: RosterOffice) -> None:
    office.taken([student(9)])
    checked = office.check(MIXED, "另一份.csv")
    changed = office.rosters().correct(
        checked, 2, {"citizen_id": number_of(9), "birth_date": "", "sex": ""}
    )
    found = changed.row(2)
    assert found is not None
    assert found.lane is Lane.DUPLICATE


def test_what_a_heading_means_is_remembered_for_the_school(office: RosterOffice) -> None:
    rosters = office.rosters()
    lines = [["学子", "证", "愿", "族", "籍"],
             ["试样", number_of(1), "是", "汉族", "沈阳"]]
    path = write_xlsx(office.folder / "a.xlsx", lines)
    with pytest.raises(InputError) as refused:
        rosters.check(path, SCHOOL.code)
    assert refused.value.field == "not_a_roster"
    assert rosters.look(path).rows[0] == ("学子", "证", "愿", "族", "籍")
    columns = {"name": 0, "citizen_id": 1, "voluntary": 2, "ethnicity": 3, "origin_address": 4}
    told = rosters.check(path, SCHOOL.code, RosterOptions(heading_row=1, columns=columns))
    rosters.take(told)
    lines[1][1] = number_of(2)
    again = rosters.check(write_xlsx(office.folder / "b.xlsx", lines), SCHOOL.code)
    assert again.columns == columns
    assert again.accepted == 1


def test_the_reconciliation_balances_at_every_step(office: RosterOffice) -> None:
    batch_id = office.taken(MIXED).batch.id
    rosters, deciding = office.rosters(), office.rosters(SUPERVISOR)

    def counts() -> tuple[int, ...]:
        told = rosters.reconcile(batch_id)
        assert told.balanced
        return tuple(told.counts[outcome] for outcome in Outcome)

    assert counts() == (0, 1, 2, 3)
    deciding.decide(batch_id, PASSWORD)
    assert counts() == (0, 1, 2, 3)
    rosters.enter(batch_id)
    assert counts() == (2, 1, 2, 1)


def test_who_stood_in_an_earlier_roster_is_told_as_that_case_stands(
    office: RosterOffice,
) -> None:
    office.registered([student(1)])
    office.taken([student(2)], "二.csv")
    rows = [student(1), student(2), student(3), student(3), student(4, 自愿落户="否")]
    told = office.rosters().reconcile(office.taken(rows, "三.csv").batch.id)
    assert [line.outcome for line in told.lines] == [
        Outcome.SETTLED, Outcome.WAITING, Outcome.WAITING, Outcome.REFUSED, Outcome.NOT_CHOSEN,
    ]
    assert told.balanced
    again = office.check([student(1), student(2)], "四.csv")
    nobody = office.rosters().reconcile_check(again)
    assert [line.outcome for line in nobody.lines] == [Outcome.SETTLED, Outcome.WAITING]
    assert nobody.balanced


def test_a_batch_is_taken_back_whole(office: RosterOffice) -> None:
    world = office.world
    sheet = office.registered(students(3))
    undone = office.rosters().undo(sheet.batch.id, "学校发错名册")
    assert undone.counts == {Status.WITHDRAWN: 3}
    assert undone.undo_lacks
    with world.store.read() as uow:
        assert first_break(uow.journal.entries()) is None
        for person, stay in uow.batches.students(sheet.batch.id):
            assert not stay.on(world.clock.today())
            assert uow.people.person(person.id)
    assert office.check(students(3)).accepted == 3
    again = office.registered(students(3))
    assert again.counts == {Status.REGISTERED: 3}


def test_who_was_never_registered_is_forgotten_with_the_batch(office: RosterOffice) -> None:
    sheet = office.taken(students(2))
    office.rosters().undo(sheet.batch.id, "学校发错名册")
    with office.world.store.read() as uow:
        assert uow.search.persons(number_of(1)) == ()
        assert len(uow.search.cases(number_of(1))) == 1


def test_after_a_day_or_a_print_it_cannot_be_taken_back(office: RosterOffice) -> None:
    world = office.world
    late = office.taken(students(1))
    world.clock.advance(hours=24, minutes=1)
    assert world.wrote_nothing(lambda: office.rosters().undo(late.batch.id, "晚了"), NotAllowed)
    printed = office.registered(students(1, first=2), "二.csv")
    office.papers().print_all(printed.batch.id)
    assert world.wrote_nothing(lambda: office.rosters().undo(printed.batch.id, "错"), NotAllowed)


def test_who_is_only_in_a_roster_is_no_standard_for_the_counter(office: RosterOffice) -> None:
    world = office.world
    batch_id = office.taken([student(1)]).batch.id
    with world.store.read() as uow:
        (case,) = uow.batches.cases(batch_id)
    world.desk().withdraw(case.id, "名册写错")
    given = answers_for("student_collective") | {
        key: case.answers[key]
        for key in ("applicant.citizen_id", "applicant.sex", "applicant.birth_date")
    } | {"applicant.name": "试改样"}
    draft = world.desk().open("student_collective", given)
    assert draft.problems == ()
    world.desk().discard(draft.case.id)
    _, sheet = world.registered("student_collective", given)
    assert sheet.person.name == "试改样"


def test_two_windows_do_not_write_over_each_other(office: RosterOffice) -> None:
    batch_id = office.taken(students(2)).batch.id
    with office.world.store.read() as uow:
        cases = uow.batches.cases(batch_id)
    with office.world.store.write() as uow:
        uow.batches.save_cases(cases)
        uow.commit()
    with office.world.store.write() as uow, pytest.raises(Conflict):
        uow.batches.save_cases(cases)
