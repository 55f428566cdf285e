"""Whatever is tried in whatever order: each act is whole or leaves no trace (R3)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.case import ALLOWED, Action, Status
from desktop_app.domain.errors import CounterError
from desktop_app.domain.journal import first_break
from tests.helpers.people import answers_for
from tests.helpers.world import PASSWORD, SUPERVISOR, World, open_world

WAYS = ("zero_threshold", "new_district_open")
Act = Callable[[World, str], object]
ACTS: Mapping[str, Act] = {
    "answer": lambda w, c: w.desk().answer(c, {"applicant.phone": "13900000001"}),
    "spoil": lambda w, c: w.desk().answer(c, {"residence.lawful_stable": "false"}),
    "mend": lambda w, c: w.desk().answer(c, {"residence.lawful_stable": "true"}),
    "see": lambda w, c: w.desk().see(c),
    "consent": lambda w, c: w.desk().consent(
        c, given=True, read_aloud=True, signed_sheet=True, signer="本人"
    ),
    "submit": lambda w, c: w.desk().submit(c),
    "supplement": lambda w, c: w.desk().supplement(c),
    "resume": lambda w, c: w.desk().resume(code_of(w, c)),
    "withdraw": lambda w, c: w.desk().withdraw(c, "不办了"),
    "refuse": lambda w, c: w.desk().refuse(c, "条件不符"),
    "discard": lambda w, c: w.desk().discard(c),
    "review": lambda w, c: w.review().review(c),
    "approve": lambda w, c: w.review().approve(c, PASSWORD),
    "reject": lambda w, c: w.review().reject(c, "不实", PASSWORD),
    "send_back": lambda w, c: w.review().send_back(c, "写错"),
    "enter": lambda w, c: w.register().enter(c),
    "issue": lambda w, c: w.certificates(SUPERVISOR).issue(c, "person_register"),
    "archive": lambda w, c: w.desk().archive(c),
}
#: Acts in the order of the counter, so that many runs get beyond the draft.
COMMON = ("see", "consent", "submit", "review", "approve", "enter", "issue")
REACHABLE = {
    Action.SUBMIT: Status.ACCEPTED, Action.REGISTER: Status.REGISTERED,
    Action.APPROVE: Status.APPROVED,
}


def code_of(world: World, case_id: str) -> str:
    case = world.desk().sheet(case_id).case
    return case.supplement.resume_code if case.supplement else "222222"


@settings(max_examples=20)
@given(
    acts=st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from(sorted(ACTS)) | st.sampled_from(COMMON)),
        max_size=25,
    ),
    straight=st.booleans(),
)
def test_each_act_is_whole_or_nothing(acts: list[tuple[int, str]], straight: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = open_world(Path(folder))
        try:
            cases = [
                world.desk().open(way, answers_for(way, order)).case.id
                for order, way in enumerate(WAYS, start=1)
            ]
            begun = [(0, act) for act in COMMON] if straight else []
            for which, act in (*begun, *acts):
                _attempt(world, cases[which], ACTS[act])
            _all_agrees(world, cases)
        finally:
            world.store.close()


def _attempt(world: World, case_id: str, act: Act) -> None:
    before, status = world.entries(), world.desk().sheet(case_id).case.status
    try:
        act(world, case_id)
    except CounterError:
        assert world.entries() == before
        assert world.desk().sheet(case_id).case.status is status
        return
    assert len(world.entries()) - len(before) <= 1
    after = world.desk().sheet(case_id).case.status
    if after is not status:
        assert len(world.entries()) - len(before) == 1
        reached_by = {action for action, target in REACHABLE.items() if target is after}
        assert reached_by <= ALLOWED[status]


def _all_agrees(world: World, cases: list[str]) -> None:
    with world.store.read() as uow:
        entries = list(uow.journal.entries())
        assert first_break(entries) is None
        kept = [uow.cases.get(case_id) for case_id in cases]
        numbers = [case.number for case in kept if case.number]
        told = {str(e.detail["number"]) for e in entries if e.action == "case.submit"}
        assert told == set(numbers)
        assert len(numbers) == len(set(numbers))
        registered = [case for case in kept if case.person_id]
        stays = [s for case in registered for s in uow.people.stays_of(case.person_id)]
        assert {stay.case_id for stay in stays} == {case.id for case in registered}
        papers = [paper for case in kept for paper in uow.papers.of_case(case.id)]
        issued = [e for e in entries if e.action == "paper.issue"]
        assert {paper.id for paper in papers} == {entry.subject for entry in issued}
