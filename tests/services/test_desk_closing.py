"""Submission, the one-time notice, and the other ends of a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.case import Action, Status
from desktop_app.domain.errors import InputError, Missing, NotAllowed, Unavailable
from desktop_app.services.keeping import ROOM_FOR_CASES
from desktop_app.services.notice_lines import blank
from tests.helpers.people import answers_for
from tests.helpers.world import PASSWORD, World

ZERO = "zero_threshold"


def test_acceptance_fixes_number_law_day_digest_and_due_day(world: World) -> None:
    first = world.accepted(ZERO, answers_for(ZERO)).case
    second = world.accepted("new_district_open", answers_for("new_district_open", 2)).case
    assert first.number == "DL-210283901-170601-0001"
    assert second.number == "DL-210283901-170601-0002"
    assert first.law_day == date(2017, 6, 1)
    assert first.policy_digest == world.book.digest
    assert first.accepted_by == "zhang"
    assert first.due == date(2017, 6, 1)
    assert second.due == date(2017, 6, 8)
    assert second.accepted_at == world.clock.now()


def test_a_draft_of_yesterday_is_judged_by_the_law_of_today(world: World) -> None:
    sheet = world.ready(ZERO, answers_for(ZERO))
    world.clock.advance(days=1)
    accepted = world.desk().submit(sheet.case.id)
    assert accepted.case.law_day == date(2017, 6, 2)
    assert accepted.case.number.endswith("-170602-0001")


@pytest.mark.parametrize("missing", ["household_book", "identity_card", "residence_proof"])
def test_nothing_is_accepted_while_a_material_was_not_seen(world: World, missing: str) -> None:
    sheet = world.ready(ZERO, answers_for(ZERO))
    lacking = world.desk().see(sheet.case.id, (missing,), seen=False)
    assert lacking.allowed[Action.SUBMIT].startswith("还缺 1 项")
    assert world.wrote_nothing(lambda: world.desk().submit(sheet.case.id), NotAllowed)


def test_a_way_that_is_closed_cannot_be_submitted(world: World) -> None:
    sheet = world.ready(ZERO, answers_for(ZERO, applicant__hukou_kind="urban"))
    assert "乡村户籍" in sheet.allowed[Action.SUBMIT]
    assert world.wrote_nothing(lambda: world.desk().submit(sheet.case.id), NotAllowed)


def test_a_case_is_accepted_once(world: World) -> None:
    accepted = world.accepted(ZERO, answers_for(ZERO))
    assert world.wrote_nothing(lambda: world.desk().submit(accepted.case.id), NotAllowed)


def test_a_full_disk_stops_new_acceptance_and_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = world.ready(ZERO, answers_for(ZERO))
    monkeypatch.setattr(world.store, "free_bytes", lambda: 120 * 1024 * 1024)
    with pytest.raises(Unavailable) as told:
        world.desk().submit(sheet.case.id)
    assert told.value.message == "磁盘剩余 120 MB，暂停新受理"
    world.desk().answer(sheet.case.id, {"applicant.phone": "13900000000"})
    monkeypatch.setattr(world.store, "free_bytes", lambda: ROOM_FOR_CASES)
    assert world.desk().submit(sheet.case.id).case.status is Status.ACCEPTED


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seen=st.sets(st.sampled_from(["household_book", "identity_card", "residence_proof"])),
    gone=st.sets(st.sampled_from(
        ["applicant.name", "applicant.ethnicity", "residence.address", "household.mode",
         "residence.lawful_stable", "residence.sub_district"]
    )),
    order=st.integers(1, 900),
)
def test_one_notice_lists_everything_that_is_missing(
    world: World, seen: set[str], gone: set[str], order: int
) -> None:
    """T31: what the notice shows is exactly what acceptance would still ask for."""
    desk = world.desk()
    given_answers = {k: v for k, v in answers_for(ZERO, order).items() if k not in gone}
    sheet = desk.open(ZERO, given_answers)
    desk.see(sheet.case.id, seen)
    try:
        unseen = 3 - len(seen)
        if not unseen and not gone:
            with pytest.raises(NotAllowed):
                desk.supplement(sheet.case.id)
            return
        noticed = desk.supplement(sheet.case.id)
        assert noticed.case.supplement is not None
        items = noticed.case.supplement.items
        assert len(items) == len(set(items))
        materials = {row.material.name for row in noticed.materials if not row.seen}
        fields = {blank(field) for field in noticed.missing_fields}
        assert set(items) == materials | fields
        assert len(materials) == unseen
        assert gone <= set(noticed.missing_fields)
        _supply(world, noticed.case.supplement.resume_code, noticed.missing_fields, order)
    finally:
        desk.withdraw(sheet.case.id, "演练结束")


def _supply(world: World, code: str, missing: tuple[str, ...], order: int) -> None:
    """Everything on the notice is brought, and nothing more is asked."""
    desk = world.desk()
    whole = answers_for(ZERO, order)
    resumed = desk.resume(code)
    desk.answer(resumed.case.id, {key: whole[key] for key in missing if key in whole})
    brought = desk.see(resumed.case.id)
    assert brought.missing_fields == ()
    assert all(row.seen for row in brought.materials)


def test_a_notice_can_be_resumed_however_the_code_is_written(world: World) -> None:
    desk = world.desk()
    noticed = desk.supplement(desk.open(ZERO, answers_for(ZERO)).case.id)
    assert noticed.case.status is Status.SUPPLEMENT
    assert noticed.case.supplement is not None
    code = noticed.case.supplement.resume_code
    assert len(code) == 6
    assert not set(code) & set("01OIL")
    written = f" {code[:3].lower()}-{code[3:]} "
    assert desk.resume(written).case.status is Status.DRAFT
    assert world.wrote(lambda: desk.resume(code)) == []
    with pytest.raises(Missing):
        desk.resume("222222")


def test_a_noticed_case_waits_and_is_not_edited(world: World) -> None:
    desk = world.desk()
    noticed = desk.supplement(desk.open(ZERO, answers_for(ZERO)).case.id)
    with pytest.raises(NotAllowed):
        desk.answer(noticed.case.id, {"applicant.phone": "13900000000"})
    assert [row.id for row in desk.workbench().drafts] == [noticed.case.id]


@pytest.mark.parametrize(
    "text", ["交回土地承包合同", "放弃宅基地", "村集体分红转让证明", "土 地 承 包 权 证"]
)
def test_no_paper_may_ask_for_land_rights(world: World, text: str) -> None:
    desk = world.desk()
    case_id = desk.open(ZERO, answers_for(ZERO)).case.id
    assert world.wrote_nothing(lambda: desk.supplement(case_id, (text,)), InputError)
    assert world.wrote_nothing(lambda: desk.refuse(case_id, text), InputError)


def test_what_the_clerk_adds_stands_on_the_notice(world: World) -> None:
    desk = world.desk()
    noticed = desk.supplement(desk.open(ZERO, answers_for(ZERO)).case.id, (" 带旧户口簿 ", ""))
    assert noticed.case.supplement is not None
    assert noticed.case.supplement.items[-1] == "带旧户口簿"


@pytest.mark.parametrize("text", ["缺材料😀", "缺\u202e材料", "长" * 61])
def test_what_a_notice_could_not_print_is_told_before_it_is_given(
    world: World, text: str
) -> None:
    desk = world.desk()
    case_id = desk.open(ZERO, answers_for(ZERO)).case.id
    assert world.wrote_nothing(lambda: desk.supplement(case_id, (text,)), InputError)
    desk.supplement(case_id, ("长" * 60,))
    assert world.certificates().issue(case_id, "supplement_notice").paper.pages == 1


@pytest.mark.parametrize("reason", ["不符😀", "不符\u202e"])
def test_what_a_decision_could_not_print_is_told_before_it_is_made(
    world: World, reason: str
) -> None:
    case_id = world.ready(ZERO, answers_for(ZERO)).case.id
    desk = world.desk()
    assert world.wrote_nothing(lambda: desk.refuse(case_id, reason), InputError)
    desk.submit(case_id)
    review = world.review()
    assert world.wrote_nothing(lambda: review.reject(case_id, reason, PASSWORD), InputError)
    review.reject(case_id, "长" * 200, PASSWORD)
    for form in ("refuse_approve", "application"):
        world.certificates().issue(case_id, form)


def test_refusing_keeps_the_reason_and_the_clauses(world: World) -> None:
    desk = world.desk()
    case_id = desk.open(ZERO, answers_for(ZERO, applicant__hukou_kind="urban")).case.id
    with pytest.raises(InputError):
        desk.refuse(case_id, " ")
    refused = desk.refuse(case_id, "现户籍不是乡村户籍").case
    assert refused.status is Status.NOT_ACCEPTED
    assert refused.decisions[-1].action is Action.REFUSE
    assert refused.decisions[-1].clauses == ("dazhengbanfa-2017-61#2.3",)


def test_only_a_draft_that_was_never_accepted_is_discarded(world: World) -> None:
    desk = world.desk()
    accepted = world.accepted(ZERO, answers_for(ZERO)).case
    with pytest.raises(NotAllowed):
        desk.discard(accepted.id)
    world.review().send_back(accepted.id, "地址写错")
    with pytest.raises(NotAllowed):
        desk.discard(accepted.id)
    draft = desk.open(ZERO, answers_for(ZERO, 2)).case
    assert desk.discard(draft.id).case.status is Status.WITHDRAWN


def test_what_was_sent_back_keeps_its_number_and_its_law(world: World) -> None:
    accepted = world.accepted(ZERO, answers_for(ZERO)).case
    world.clock.advance(days=4)
    world.review().send_back(accepted.id, "电话写错")
    desk = world.desk()
    desk.answer(accepted.id, {"applicant.phone": "13900000000"})
    again = desk.submit(accepted.id).case
    assert (again.number, again.law_day, again.due) == (
        accepted.number, accepted.law_day, accepted.due
    )


def test_another_way_after_sending_back_has_its_own_days_under_the_same_law(
    world: World,
) -> None:
    given = answers_for(ZERO)
    accepted = world.accepted(ZERO, given).case
    assert accepted.due == accepted.law_day
    world.clock.advance(days=4)
    world.review().send_back(accepted.id, "改走别的通道")
    desk = world.desk()
    way = "new_district_open"
    switched = desk.switch(accepted.id, way)
    limit = switched.procedure.time_limit.working_days
    assert limit is not None
    assert switched.case.due == world.book.add_working_days(accepted.law_day, limit)
    assert desk.switch(accepted.id, "points").case.due is None


def test_an_accepted_case_is_corrected_with_a_reason_and_reviewed_anew(world: World) -> None:
    way = "new_district_open"
    accepted = world.accepted(way, answers_for(way)).case
    world.review().review(accepted.id)
    desk = world.desk()
    corrected = desk.correct(accepted.id, {"applicant.phone": "139-0000-0000"}, "电话写错").case
    assert corrected.answers["applicant.phone"] == "13900000000"
    assert corrected.status is Status.ACCEPTED
    assert corrected.decisions[-1].reason == "电话写错"
    assert world.wrote(
        lambda: desk.correct(accepted.id, {"applicant.phone": "13900000000"}, "再写一次")
    ) == []
    for change in ({"applicant.name": "试丙样"}, {"residence.lawful_stable": "false"},
                   {"applicant.ethnicity": ""}):
        assert world.wrote_nothing(
            partial(desk.correct, accepted.id, change, "写错"), InputError
        )


def test_a_reason_given_for_an_alert_falls_when_a_correction_changes_its_ground(
    world: World,
) -> None:
    desk = world.desk()
    sheet = world.ready(ZERO, answers_for(ZERO, 1, applicant__sex="2"))
    desk.override(sheet.case.id, "sex_mismatch", "户口簿这样写")
    case = desk.submit(sheet.case.id).case
    kept = desk.correct(case.id, {"applicant.phone": "13900000000"}, "写错").case.overrides
    assert [override.alert for override in kept] == ["sex_mismatch"]
    assert desk.correct(case.id, {"applicant.sex": "1"}, "写错").case.overrides == ()


def test_the_workbench_shows_the_day(world: World) -> None:
    desk = world.desk()
    accepted = world.accepted(ZERO, answers_for(ZERO)).case
    draft = desk.open(ZERO, answers_for(ZERO, 2)).case
    bench = desk.workbench()
    assert [row.id for row in bench.drafts] == [draft.id]
    assert {row.id for row in bench.recent} == {draft.id, accepted.id}
    assert bench.waiting_decision == 1
    assert [row.id for row in bench.due_today] == [accepted.id]
    assert bench.counts[Status.ACCEPTED] == 1
    world.clock.advance(days=1)
    assert desk.workbench().recent == ()


def test_days_left_count_working_days_and_go_below_zero(world: World) -> None:
    accepted = world.accepted("new_district_open", answers_for("new_district_open")).case
    desk = world.desk()
    assert desk.sheet(accepted.id).days_left == 5
    world.clock.advance(days=11)
    assert desk.sheet(accepted.id).days_left == -2


def test_the_history_tells_every_act_by_name(world: World) -> None:
    case_id = world.approved(ZERO, answers_for(ZERO)).case.id
    world.register().enter(case_id)
    world.certificates().issue(case_id, "receipt")
    told = world.desk().history(case_id)
    assert [line.words for line in told.lines] == [
        "新建受理件", "核验材料", "记录自愿确认", "受理", "批准", "登记入户", "打印",
    ]
    assert {line.who for line in told.lines} == {"张演练", "李演练"}
    assert told.lines[-1].detail == told.papers[0].title
    assert "姓名" in told.lines[0].detail
    assert told.lines[0].at.hour == 9


def test_a_finished_case_is_put_away(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    for form in ("person_register", "book_head", "book_member"):
        world.certificates().issue(case_id, form)
    assert world.desk().archive(case_id).case.status is Status.ARCHIVED


def test_a_rule_that_changes_after_acceptance_does_not_touch_the_case(world: World) -> None:
    accepted = world.accepted(ZERO, answers_for(ZERO)).case
    old = world.book
    ended = tuple(
        replace(p, in_force=replace(p.in_force, until=date(2017, 6, 2))) if p.id == ZERO else p
        for p in old.procedures
    )
    world.book = replace(old, procedures=ended, digest="f" * 64)
    world.clock.advance(days=10)
    assert world.desk().sheet(accepted.id).procedure.id == ZERO
    decided = world.review().approve(accepted.id, PASSWORD)
    assert decided.case.status is Status.APPROVED
    assert decided.case.law_day == date(2017, 6, 1)
