"""Corrections of registered items: what stood there is kept, and papers that showed it are void."""

from __future__ import annotations

import json
from datetime import date

import pytest

from desktop_app.domain.case import Status
from desktop_app.domain.citizen_id import synthetic
from desktop_app.domain.errors import Conflict, CounterError, InputError, NotAllowed
from desktop_app.services.register import CORRECTIONS
from tests.helpers.people import answers_for
from tests.helpers.world import SUPERVISOR, World

ZERO = "zero_threshold"
ELSEWHERE = "大连市庄河市演练街道演练路99号"


def test_a_clerk_never_edits_a_registered_record(world: World) -> None:
    _, sheet = world.registered(ZERO, answers_for(ZERO))
    assert world.wrote_nothing(
        lambda: world.register().correct(sheet.person.id, {"name": "试丙样"}, "写错"), NotAllowed
    )


def test_a_correction_keeps_what_stood_there_and_voids_the_papers(world: World) -> None:
    case_id, sheet = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    for form in ("person_register", "book_head", "book_member"):
        papers.issue(case_id, form)
    assert world.desk().sheet(case_id).case.status is Status.ISSUED
    register = world.register(SUPERVISOR)
    assert world.wrote_nothing(
        lambda: register.correct(sheet.person.id, {"name": "试丙样"}, " "), InputError
    )
    corrected = register.correct(
        sheet.person.id, {"applicant.name": "试丙样", "education": "初中毕业"}, "录入时写错"
    )
    kept = json.loads(corrected.person.details[CORRECTIONS])
    assert corrected.person.name == "试丙样"
    assert corrected.person.details["education"] == "71"
    assert {(line["item"], line["before"], line["after"]) for line in kept} == {
        ("name", sheet.person.name, "试丙样"), ("education", "", "71"),
    }
    assert {line["reason"] for line in kept} == {"录入时写错"}
    assert all(paper.voided for paper in papers.of_case(case_id))
    assert len(corrected.touched.papers) == 3
    assert world.desk().sheet(case_id).case.status is Status.REGISTERED
    reissued = papers.issue(case_id, "person_register")
    assert reissued.paper.copy_number.endswith("000004")


@pytest.mark.parametrize(
    "change",
    [{"name": ""}, {"applicant.citizen_id": "210283197803150000"}, {"birth_date": "19780230"},
     {"shoe_size": "42"}, {"phone": "13900000000"}, {"birth_date": "19790315"},
     {"citizen_id": synthetic("210283", date(1979, 3, 15), 1).text, "birth_date": "19790316"},
     {"citizen_id": synthetic("210283", date(2079, 3, 15), 1).text}],
)
def test_a_bad_correction_writes_nothing(world: World, change: dict[str, str]) -> None:
    _, sheet = world.registered(ZERO, answers_for(ZERO))
    register = world.register(SUPERVISOR)
    assert world.wrote_nothing(
        lambda: register.correct(sheet.person.id, change, "写错"), InputError
    )


def test_sex_and_birth_date_follow_a_corrected_number(world: World) -> None:
    _, sheet = world.registered(ZERO, answers_for(ZERO, 1))
    number = synthetic("210283", date(1979, 3, 15), 2).text
    corrected = world.register(SUPERVISOR).correct(
        sheet.person.id, {"citizen_id": number}, "号码录错"
    ).person
    assert (corrected.citizen_id, corrected.birth_date, corrected.sex) == (
        number, date(1979, 3, 15), "2"
    )
    kept = json.loads(corrected.details[CORRECTIONS])
    assert {line["item"] for line in kept} == {"citizen_id", "birth_date", "sex"}


def test_a_correction_voids_the_settlement_certificate_too(world: World) -> None:
    case_id, sheet = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    receipt = papers.issue(case_id, "receipt").paper
    papers.issue(case_id, "settlement_certificate")
    world.register(SUPERVISOR).correct(sheet.person.id, {"name": "试丙样"}, "写错")
    standing = [paper.id for paper in papers.of_case(case_id) if not paper.voided]
    assert standing == [receipt.id]
    assert papers.record(case_id, "settlement_certificate")["person.name"] == "试丙样"


def test_a_correction_reopens_the_present_case_and_no_earlier_one(world: World) -> None:
    forms = ("person_register", "book_head", "book_member")
    first, sheet = world.registered(ZERO, answers_for(ZERO))
    for form in forms:
        world.certificates().issue(first, form)
    second, _ = world.registered(ZERO, answers_for(ZERO, residence__address=ELSEWHERE))
    for form in forms:
        world.certificates().issue(second, form)
    world.register(SUPERVISOR).correct(sheet.person.id, {"name": "试丙样"}, "写错")
    desk = world.desk()
    assert desk.sheet(first).case.status is Status.ISSUED
    assert desk.sheet(second).case.status is Status.REGISTERED


def test_a_number_that_somebody_has_cannot_be_given_again(world: World) -> None:
    _, first = world.registered(ZERO, answers_for(ZERO, 1))
    _, second = world.registered(ZERO, answers_for(ZERO, 2, residence__address=ELSEWHERE))
    register = world.register(SUPERVISOR)
    change = {"citizen_id": first.person.citizen_id}
    assert world.wrote_nothing(
        lambda: register.correct(second.person.id, change, "写错"), CounterError
    )


def test_a_record_corrected_elsewhere_meanwhile_is_told(world: World) -> None:
    _, sheet = world.registered(ZERO, answers_for(ZERO))
    register = world.register(SUPERVISOR)
    register.correct(sheet.person.id, {"height": "171"}, "补录")
    with pytest.raises(Conflict):
        register.correct(
            sheet.person.id, {"height": "172"}, "补录", version=sheet.person.version
        )
