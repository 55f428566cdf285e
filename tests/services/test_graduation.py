"""Graduation: chosen by class or year, moved out with a certificate each, and it balances."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.domain.errors import InputError, NotAllowed
from desktop_app.domain.journal import first_break
from desktop_app.services.graduation import Departure, Leaver, valid_until
from tests.helpers.hostile_rosters import student, students, write_csv
from tests.helpers.people import answers_for
from tests.helpers.roster_office import RosterOffice, page_texts
from tests.helpers.world import SCHOOL, World

HOME = "辽宁省沈阳市和平区演练路9号"
TOWN = "121"


@pytest.fixture
def office(world: World, tmp_path: Path) -> RosterOffice:
    made = RosterOffice(world, tmp_path)
    rows = [student(order, 班级="甲班" if order < 4 else "乙班") for order in range(1, 7)]
    made.registered(rows)
    world.clock.advance(days=4 * 365)
    return made


def leavers(office: RosterOffice, class_name: str = "") -> list[Leaver]:
    found = office.graduation().select(SCHOOL.code, class_name=class_name)
    return [replace(who, destination=HOME) for who in found]


def gone(office: RosterOffice, class_name: str = "甲班") -> Departure:
    return office.graduation().move_out(
        SCHOOL.code, leavers(office, class_name), urban_rural=TOWN
    )


def test_groups_count_who_is_still_here(office: RosterOffice) -> None:
    groups = office.graduation().groups(SCHOOL.code)
    assert [(g.year, g.college, g.class_name, g.count) for g in groups] == [
        (2017, "演练学院", "乙班", 3), (2017, "演练学院", "甲班", 3),
    ]


def test_selected_by_year_college_or_class(office: RosterOffice) -> None:
    graduation = office.graduation()
    assert len(graduation.select(SCHOOL.code, year=2017)) == 6
    assert graduation.select(SCHOOL.code, year=2016) == ()
    assert len(graduation.select(SCHOOL.code, college="演练学院", class_name="乙班")) == 3


def test_who_came_one_by_one_can_leave_too(office: RosterOffice) -> None:
    office.world.registered("student_collective", answers_for("student_collective", 70))
    alone = [w for w in office.graduation().select(SCHOOL.code) if not w.class_name]
    assert [who.year for who in alone] == [2021]
    departure = office.graduation().move_out(
        SCHOOL.code, [replace(alone[0], destination=HOME)], urban_rural=TOWN
    )
    assert departure.left == 1


def test_moving_out_ends_every_stay_in_one_act(office: RosterOffice) -> None:
    world = office.world
    acts = world.wrote(lambda: gone(office))
    assert acts == ["departure.move_out", *["person.move_out"] * 3]
    assert len(office.graduation().select(SCHOOL.code)) == 3
    (batch,) = office.graduation().departures(SCHOOL.code)
    departure = office.graduation().balance(batch.id)
    assert (departure.selected, departure.left, departure.returned) == (3, 3, 0)
    assert [row.certificate for row in departure.rows] == [f"辽{n:08d}" for n in (1, 2, 3)]
    with world.store.read() as uow:
        assert first_break(uow.journal.entries()) is None
        for row in departure.rows:
            *_, stay = uow.people.stays_of(row.person_id)
            assert (stay.until, stay.ended_reason, stay.destination) == (
                world.clock.today(), "0425", HOME
            )


def test_without_a_destination_nobody_leaves(office: RosterOffice) -> None:
    who = [*leavers(office)[:2], replace(leavers(office)[2], destination=" ")]
    with pytest.raises(InputError) as refused:
        office.graduation().move_out(SCHOOL.code, who, urban_rural=TOWN)
    assert refused.value.field == "destination"
    assert len(office.graduation().select(SCHOOL.code)) == 6


def test_the_kind_of_the_grounds_is_asked_once(office: RosterOffice) -> None:
    graduation = office.graduation()
    with pytest.raises(InputError) as refused:
        graduation.move_out(SCHOOL.code, leavers(office, "甲班"))
    assert refused.value.field == "urban_rural"
    gone(office)
    assert graduation.move_out(SCHOOL.code, leavers(office, "乙班")).left == 3


def test_nobody_leaves_twice(office: RosterOffice) -> None:
    who = leavers(office, "甲班")
    gone(office)
    assert office.world.wrote_nothing(
        lambda: office.graduation().move_out(SCHOOL.code, who), NotAllowed
    )


def test_destinations_come_from_a_file(office: RosterOffice) -> None:
    rows = [[f"{s['姓名']}", f"{s['公民身份号码']}", f"{HOME}{n}"]
            for n, s in enumerate(students(2))]
    path = write_csv(
        office.folder / "去向.csv",
        [["姓名", "公民身份号码", "迁往地址"], *rows, ["生人", "210102199801019999", HOME]],
    )
    who, told = office.graduation().destinations(
        office.graduation().select(SCHOOL.code, class_name="甲班"), path
    )
    assert [one.destination for one in who] == [f"{HOME}0", f"{HOME}1", ""]
    assert len(told) == 2
    assert "第 4 行" in told[0]


def destinations(
    office: RosterOffice, lines: list[list[str]]
) -> tuple[list[str], tuple[str, ...]]:
    """Where the class goes by a file, and what was told."""
    chosen = office.graduation().select(SCHOOL.code, class_name="甲班")
    path = write_csv(office.folder / "去向.csv", lines)
    who, told = office.graduation().destinations(chosen, path)
    return [one.destination for one in who], told


def test_destinations_go_by_the_number_of_the_student_as_well(office: RosterOffice) -> None:
    lines = [["学号", "姓名", "迁往地址"]] + [
        [f"{who['学号']}", f"{who['姓名']}", f"{HOME}{n}"] for n, who in enumerate(students(3))
    ]
    assert destinations(office, lines) == ([f"{HOME}0", f"{HOME}1", f"{HOME}2"], ())


def test_a_name_beside_another_number_is_told_and_not_taken(office: RosterOffice) -> None:
    lines = [["姓名", "公民身份号码", "迁往地址"],
             ["试别样", f"{student(1)['公民身份号码']}", HOME],
             [f"{student(2)['姓名']}", f"{student(2)['公民身份号码']}", HOME],
             [f"{student(2)['姓名']}", f"{student(2)['公民身份号码']}", f"{HOME}9"]]
    where, told = destinations(office, lines)
    assert where == ["", HOME, ""]
    assert [text for text in told if "行" in text] == [
        "第 2 行姓名与号码不是同一人", "第 4 行与前面的迁往地址不同，按前面的",
    ]


def test_where_a_student_came_from_is_not_where_he_goes(office: RosterOffice) -> None:
    lines = [["姓名", "公民身份号码", "户籍地址"],
             [f"{student(1)['姓名']}", f"{student(1)['公民身份号码']}", HOME]]
    with pytest.raises(InputError, match="没有“迁往地址”一列"):
        destinations(office, lines)


def test_each_has_a_certificate_good_for_thirty_days(office: RosterOffice) -> None:
    departure = gone(office)
    sheet = office.graduation().print_certificates(departure.batch.id)
    texts = ["".join(text.split()) for text in page_texts(sheet.pdf)]
    assert len(texts) == 4
    until = office.world.clock.today() + timedelta(days=30)
    assert valid_until(departure.batch) == until
    for row, text in zip(departure.rows, texts[1:], strict=True):
        for words in (row.name, row.citizen_id, row.certificate, HOME, "以下空白", "（城镇）",
                      "大中专毕业", f"{until:%Y年%m月%d日}"):
            assert words in text


def test_the_remark_tells_height_and_blood_type_where_they_are_known(
    office: RosterOffice,
) -> None:
    people = [who.person_id for who in office.graduation().select(SCHOOL.code, class_name="甲班")]
    with office.world.store.write() as uow:
        for person_id, details in zip(
            people, ({"height": "172", "blood": "1"}, {"height": "165", "blood": "0"}, {}),
            strict=True,
        ):
            person = uow.people.person(person_id)
            uow.people.save_person(replace(person, details={**person.details, **details}))
        uow.commit()
    _, *pages = page_texts(office.graduation().print_certificates(gone(office).batch.id).pdf)
    read = ["".join(page.split()) for page in pages]
    assert "身高172厘米，血型A型" in read[0]
    assert "身高165厘米" in read[1]
    assert "血型" not in read[1] + read[2]
    assert "身高" not in read[2]


def test_who_did_not_leave_stays_and_the_certificate_is_void(office: RosterOffice) -> None:
    world = office.world
    departure = gone(office)
    first = departure.rows[0]
    acts = world.wrote(
        lambda: office.graduation().take_back(departure.batch.id, [first.person_id], "延期毕业")
    )
    assert acts == ["departure.take_back", "person.return"]
    after = office.graduation().balance(departure.batch.id)
    assert (after.selected, after.left, after.returned) == (3, 2, 1)
    assert first.person_id in {w.person_id for w in office.graduation().select(SCHOOL.code)}
    texts = page_texts(office.graduation().print_certificates(departure.batch.id).pdf)
    assert not any(first.certificate in text for text in texts[1:])
    assert world.wrote_nothing(
        lambda: office.graduation().take_back(departure.batch.id, [first.person_id], "又"),
        NotAllowed,
    )


def test_who_was_not_in_the_departure_cannot_come_back_by_it(office: RosterOffice) -> None:
    departure = gone(office)
    stranger = office.graduation().select(SCHOOL.code)[0].person_id
    assert office.world.wrote_nothing(
        lambda: office.graduation().take_back(departure.batch.id, [stranger], "误"), InputError
    )


def test_a_graduate_can_come_again_as_a_fresher(office: RosterOffice) -> None:
    """A master's student of the same school: the old stay is over, the new one begins."""
    gone(office)
    checked = office.check([student(1), student(4)], "研究生.csv")
    assert [row.good for row in checked.rows] == [True, False]
    assert office.registered([student(1)], "研究生一人.csv").left == ()
