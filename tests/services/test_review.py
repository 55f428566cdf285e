"""Deciding: fresh password, another person, the rules asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from desktop_app.domain.case import Action, Status
from desktop_app.domain.conditions import FactTest, Op
from desktop_app.domain.errors import CounterError, InputError, NotAllowed
from desktop_app.domain.people import Household, HouseholdKind, Membership, Person
from desktop_app.services.case_sheets import OWN_CASE
from tests.helpers.people import answers_for
from tests.helpers.world import PASSWORD, STATION, SUPERVISOR, World, open_world

ZERO, OPEN = "zero_threshold", "new_district_open"


def test_approval_keeps_who_and_on_which_clauses(world: World) -> None:
    case = world.approved(ZERO, answers_for(ZERO)).case
    decision = case.decisions[-1]
    assert case.status is Status.APPROVED
    assert (decision.action, decision.by) == (Action.APPROVE, "li")
    assert "dazhengbanfa-2017-61#2.3" in decision.clauses
    assert "dazhengbanfa-2017-61#1.2.4" in decision.clauses


@pytest.mark.parametrize("password", ["", "falsch", PASSWORD + " "])
def test_without_the_password_nothing_is_decided(world: World, password: str) -> None:
    case_id = world.accepted(ZERO, answers_for(ZERO)).case.id
    review = world.review()
    assert world.wrote_nothing(lambda: review.approve(case_id, password), InputError)
    assert world.wrote_nothing(lambda: review.reject(case_id, "材料不实", password), InputError)


def test_who_accepted_does_not_decide(world: World) -> None:
    desk = world.desk(SUPERVISOR)
    case_id = world.ready(ZERO, answers_for(ZERO)).case.id
    sheet = desk.submit(case_id)
    assert sheet.allowed[Action.APPROVE] == OWN_CASE
    review = world.review()
    assert world.wrote_nothing(lambda: review.approve(case_id, PASSWORD), NotAllowed)
    assert world.wrote_nothing(lambda: review.reject(case_id, "不实", PASSWORD), NotAllowed)


def test_a_station_of_one_person_decides_and_the_journal_says_so(tmp_path: Path) -> None:
    world = open_world(tmp_path, replace(STATION, one_person=True))
    case_id = world.ready(ZERO, answers_for(ZERO)).case.id
    world.desk(SUPERVISOR).submit(case_id)
    world.review().approve(case_id, PASSWORD)
    with world.store.read() as uow:
        assert uow.journal.about(case_id)[-1].detail["one_person"] is True
    world.store.close()


def test_each_chain_has_its_steps(world: World) -> None:
    review = world.review()
    on_the_spot = world.accepted(ZERO, answers_for(ZERO)).case.id
    by_station = world.accepted(OPEN, answers_for(OPEN, 2)).case.id
    assert world.wrote_nothing(lambda: review.review(on_the_spot), NotAllowed)
    assert world.wrote_nothing(lambda: review.approve(by_station, PASSWORD), NotAllowed)
    assert review.review(by_station).case.status is Status.REVIEWED
    assert review.approve(by_station, PASSWORD).case.status is Status.APPROVED
    assert review.approve(on_the_spot, PASSWORD).case.status is Status.APPROVED


def test_a_decision_is_made_once(world: World) -> None:
    case_id = world.approved(ZERO, answers_for(ZERO)).case.id
    review = world.review()
    for again in (
        lambda: review.approve(case_id, PASSWORD),
        lambda: review.send_back(case_id, "写错"),
        lambda: review.reject(case_id, "写错", PASSWORD),
    ):
        assert world.wrote_nothing(again, NotAllowed)


def test_the_decision_never_trusts_the_screen(world: World) -> None:
    """The rules are judged again: one that no longer lets the case through stops it."""
    case_id = world.accepted(ZERO, answers_for(ZERO)).case.id
    sheet = world.review().sheet(case_id)
    assert sheet.allowed[Action.APPROVE] == ""
    stricter = replace(
        sheet.procedure.rules[0],
        when=FactTest("applicant.hukou_region", Op.EQUALS, "210214"),
    )
    changed = replace(sheet.procedure, rules=(stricter, *sheet.procedure.rules[1:]))
    world.book = replace(
        world.book,
        procedures=tuple(changed if p.id == ZERO else p for p in world.book.procedures),
    )
    review = world.review()
    assert world.wrote_nothing(lambda: review.approve(case_id, PASSWORD), NotAllowed)
    assert "现户籍在大连市" in review.sheet(case_id).allowed[Action.APPROVE]


def test_the_decision_asks_the_register_again(world: World) -> None:
    case_id = world.accepted(OPEN, answers_for(OPEN)).case.id
    world.review().review(case_id)
    with world.store.write() as uow:
        given, today = answers_for(OPEN), world.clock.today()
        uow.people.add_person(Person(
            "p", given["applicant.citizen_id"], given["applicant.name"], "1", "01",
            date(1978, 3, 15),
        ))
        uow.people.add_household(Household(
            "h", "000009001", HouseholdKind.FAMILY, "210283001", "演练路1号", "", "210283901", today
        ))
        uow.people.add_stay(Membership("m", "p", "h", "02", today))
        uow.commit()
    assert world.wrote_nothing(lambda: world.review().approve(case_id, PASSWORD), NotAllowed)


def test_rejecting_and_sending_back_need_a_reason_free_of_land_rights(world: World) -> None:
    case_id = world.accepted(ZERO, answers_for(ZERO)).case.id
    review = world.review()
    for reason in ("", "  ", "没有退出宅基地"):
        assert world.wrote_nothing(
            partial(review.reject, case_id, reason, PASSWORD), InputError
        )
        assert world.wrote_nothing(
            partial(review.send_back, case_id, reason), InputError
        )
    rejected = review.reject(case_id, "住所证明不实", PASSWORD).case
    assert rejected.status is Status.NOT_APPROVED
    assert rejected.decisions[-1].reason == "住所证明不实"


def test_the_queue_puts_veterans_first(world: World) -> None:
    first = world.accepted(ZERO, answers_for(ZERO, 1)).case.id
    world.clock.advance(minutes=5)
    second = world.accepted(OPEN, answers_for(OPEN, 2)).case.id
    world.clock.advance(minutes=5)
    veteran = world.accepted("veteran", answers_for("veteran", 3)).case.id
    assert [row.id for row in world.review().queue()] == [veteran, first, second]


def test_a_supervisors_ground_does_not_stop_the_clerk_but_waits_for_the_decision(
    world: World,
) -> None:
    way = "policy_approval"
    accepted = world.accepted(way, answers_for(way))
    assert accepted.assessment.outcome.value == "needs_supervisor"
    world.review().review(accepted.case.id)
    decided = world.review().approve(accepted.case.id, PASSWORD)
    assert decided.case.status is Status.APPROVED


def test_refusals_are_shown_words(world: World) -> None:
    case_id = world.accepted(ZERO, answers_for(ZERO)).case.id
    with pytest.raises(CounterError) as told:
        world.review().review(case_id)
    assert told.value.message
    assert told.value.remedy


def test_a_case_that_came_in_without_an_item_of_identity_is_put_right_first(world: World) -> None:
    """A roster may leave the ethnicity out; the register cannot."""
    case = world.accepted(ZERO, answers_for(ZERO)).case
    with world.store.write() as uow:
        lacking = {k: v for k, v in case.answers.items() if k != "applicant.ethnicity"}
        uow.cases.save(replace(case, answers=lacking))
        uow.commit()
    review = world.review()
    assert "民族" in review.sheet(case.id).allowed[Action.APPROVE]
    assert world.wrote_nothing(lambda: review.approve(case.id, PASSWORD), NotAllowed)
    world.desk().correct(case.id, {"applicant.ethnicity": "满族"}, "名册没有民族")
    assert review.approve(case.id, PASSWORD).case.status is Status.APPROVED
