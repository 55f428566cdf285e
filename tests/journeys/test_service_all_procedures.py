"""Each way to settle, from the first answer to the last paper, with its data alone different."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.case import Action, Status
from desktop_app.domain.journal import first_break
from desktop_app.domain.people import HouseholdKind
from tests.helpers.people import PROCEDURES, answers_for
from tests.helpers.world import CLERK, PASSWORD, STATION, SUPERVISOR, World, open_world

IN_THE_CENTRE = replace(
    STATION, region="210202", zone="main_urban", code="210202901", name="中山区演练派出所"
)


@pytest.fixture
def station(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The station whose area the way is for."""
    central = request.param in ("points", "policy_approval")
    world = open_world(tmp_path, IN_THE_CENTRE if central else STATION)
    yield world
    world.store.close()


@pytest.mark.parametrize(
    ("station", "procedure"), [(p, p) for p in PROCEDURES], indirect=["station"], ids=PROCEDURES
)
def test_from_the_first_answer_to_the_last_paper(station: World, procedure: str) -> None:
    world, given = station, answers_for(procedure)
    desk = world.desk()
    line = next(line for line in desk.guide(given) if line.procedure.id == procedure)
    assert line.assessment.missing[-1] == "consent.given"
    assert desk.wrong_door(given) is None

    case_id = desk.open(procedure).case.id
    for field, text in given.items():
        desk.answer(case_id, {field: text})
    assert desk.sheet(case_id).missing_fields == ()
    desk.see(case_id)
    world.certificates().issue(case_id, "consent")
    ready = desk.consent(
        case_id, given=True, read_aloud=True, signed_sheet=True, signer="本人"
    )
    assert ready.problems == ()
    assert ready.allowed[Action.SUBMIT] == ""

    accepted = desk.submit(case_id)
    assert accepted.case.law_day == date(2017, 6, 1)
    assert accepted.case.priority is (procedure == "veteran")
    world.certificates().issue(case_id, "receipt")

    review = world.review()
    assert [row.id for row in review.queue()] == [case_id]
    if accepted.procedure.chain != "on_the_spot":
        assert review.review(case_id).case.status is Status.REVIEWED
    assert review.approve(case_id, PASSWORD).case.status is Status.APPROVED

    entered = world.register().enter(case_id)
    assert entered.household is not None
    collective = entered.household.kind is HouseholdKind.COLLECTIVE
    assert collective is (procedure == "student_collective")
    assert entered.person.citizen_id == given["applicant.citizen_id"]

    papers = world.certificates(SUPERVISOR)
    for choice in papers.choices(case_id):
        if choice.moment in ("file", "registration", "on_request", "after"):
            assert choice.reason == ""
            assert papers.issue(case_id, choice.form).pdf.startswith(b"%PDF")
    assert desk.sheet(case_id).case.status is Status.ISSUED
    assert desk.archive(case_id).case.status is Status.ARCHIVED
    with world.store.read() as uow:
        assert first_break(uow.journal.entries()) is None


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_no_datum_is_asked_twice(procedure: str, world: World) -> None:
    """T32: each field stands in one step, and what follows from another is filled in."""
    way = world.book.procedure(procedure, date(2017, 6, 1))
    asked = [field for step in way.steps for field in step.fields]
    assert len(asked) == len(set(asked))
    filled = world.desk(CLERK).open(
        procedure, {"applicant.citizen_id": answers_for(procedure)["applicant.citizen_id"]}
    )
    assert not {"applicant.sex", "applicant.birth_date"} & set(filled.missing_fields)


def test_a_day_at_the_counter_balances(world: World) -> None:
    """R3: accepted cases, numbers and journal entries agree after every kind of ending."""
    desk, review = world.desk(), world.review()
    cases = [
        world.accepted("zero_threshold", answers_for("zero_threshold", n)).case for n in range(1, 6)
    ]
    review.approve(cases[0].id, PASSWORD)
    review.reject(cases[1].id, "住所证明不实", PASSWORD)
    review.send_back(cases[2].id, "电话写错")
    desk.submit(cases[2].id)
    desk.withdraw(cases[3].id, "申请人不办了")
    numbers = [case.number for case in cases]
    assert numbers == [f"DL-210283901-170601-{n:04d}" for n in range(1, 6)]
    with world.store.read() as uow:
        entries = list(uow.journal.entries())
        accepted = [e.detail["number"] for e in entries if e.action == "case.submit"]
        assert accepted == [*numbers, numbers[2]]
        assert first_break(entries) is None
        assert sum(uow.cases.count_since(cases[0].opened_at).values()) == len(cases)
