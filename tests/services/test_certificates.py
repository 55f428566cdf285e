"""Papers: numbered, kept byte for byte, journalled, or refused with nothing spent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pypdfium2
import pytest

from desktop_app.domain.case import Status
from desktop_app.domain.errors import CounterError, InputError, Missing, NotAllowed
from desktop_app.domain.form_values import VALUES
from desktop_app.domain.forms import FormDefinition, FormRefused
from desktop_app.domain.staff import Operator
from desktop_app.services.certificates import PREVIEW, Certificates
from tests.helpers.people import PROCEDURES, answers_for
from tests.helpers.synthetic import RARE
from tests.helpers.world import CLERK, STATION, World, open_world

ZERO = "zero_threshold"
REQUIRED = ("person_register", "book_head", "book_member")


def test_a_paper_is_kept_as_printed_and_shown_as_kept(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    issued = papers.issue(case_id, "person_register")
    assert issued.paper.copy_number == "210283901-01-000001"
    assert issued.paper.sha256 == hashlib.sha256(issued.pdf).hexdigest()
    assert issued.paper.policy_digest == world.book.digest
    assert papers.of_case(case_id) == (issued.paper,)
    stored = papers.stored(issued.paper.id)
    assert (stored.paper, stored.pdf) == (issued.paper, issued.pdf)


def test_issue_reprint_view_and_void_leave_one_entry_each(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    assert world.wrote(lambda: papers.issue(case_id, "receipt")) == ["paper.issue"]
    paper_id = papers.of_case(case_id)[0].id
    assert world.wrote(lambda: papers.reprint(paper_id, "卡纸")) == ["paper.reprint"]
    assert world.wrote(lambda: papers.stored(paper_id)) == ["paper.view"]
    assert world.wrote(lambda: papers.void(paper_id, "写错")) == ["paper.void"]
    assert world.wrote(lambda: papers.void(paper_id, "写错")) == []
    assert world.wrote(lambda: papers.preview(case_id, "receipt")) == []


def test_the_case_is_issued_with_its_last_registration_paper(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers, desk = world.certificates(), world.desk()
    for form in REQUIRED:
        assert desk.sheet(case_id).case.status is Status.REGISTERED
        papers.issue(case_id, form)
    assert desk.sheet(case_id).case.status is Status.ISSUED
    spoiled = next(p for p in papers.of_case(case_id) if p.form == REQUIRED[0])
    papers.void(spoiled.id, "打歪")
    assert desk.sheet(case_id).case.status is Status.REGISTERED
    papers.issue(case_id, REQUIRED[0])
    assert desk.sheet(case_id).case.status is Status.ISSUED


def test_a_registration_paper_is_not_printed_twice_without_a_reason(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    papers.issue(case_id, "book_head")
    assert world.wrote_nothing(lambda: papers.issue(case_id, "book_head"), NotAllowed)


def test_a_reprint_says_so_and_leaves_the_first_print_alone(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    first = papers.issue(case_id, "person_register")
    with pytest.raises(InputError):
        papers.reprint(first.paper.id, " ")
    again = papers.reprint(first.paper.id, "打印机卡纸")
    assert again.paper.reprint_of == first.paper.id
    assert again.paper.reason == "打印机卡纸"
    assert again.paper.copy_number != first.paper.copy_number
    assert again.pdf != first.pdf
    assert papers.stored(first.paper.id).pdf == first.pdf


def test_a_reprint_shows_the_values_of_the_first_print(world: World) -> None:
    """A reprint of a paper from before a correction would lie if it took today's values."""
    case_id, sheet = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    receipt = papers.issue(case_id, "receipt")
    with world.store.write() as uow:
        person = uow.people.person(sheet.person.id)
        uow.people.save_person(replace(person, name="试异样"))
        case = uow.cases.get(case_id)
        uow.cases.save(
            replace(case, answers={**case.answers, "applicant.name": "试异样"})
        )
        uow.commit()
    words = texts(world, papers.reprint(receipt.paper.id, "卡纸").pdf)
    assert sheet.person.name in words
    assert "试异样" not in words


def texts(world: World, pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(
            page.get_textpage().get_text_range() for page in document
        ).replace("\r\n", "")
    finally:
        document.close()


def test_a_reprint_uses_the_edition_of_the_first_print(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers, printed_on = world.certificates(), world.clock.today()
    first = papers.issue(case_id, "receipt").paper
    asked: list[date] = []
    edition = world.renderer.edition

    def noted(form: str, day: date) -> FormDefinition:
        asked.append(day)
        return edition(form, day)

    monkeypatch.setattr(world.renderer, "edition", noted)
    world.clock.advance(days=30)
    second = papers.reprint(first.id, "遗失").paper
    world.clock.advance(days=30)
    papers.reprint(second.id, "又遗失")
    assert asked == [printed_on, printed_on]


def test_a_void_certificate_takes_its_reprints_with_it_and_no_other(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    form = "settlement_certificate"
    first, other = (papers.issue(case_id, form).paper.id for _ in range(2))
    again = papers.reprint(first, "纸卡住").paper.id
    third = papers.reprint(again, "又卡住").paper.id
    assert papers.void(first, "内容有误").papers == {first, again, third}
    assert [p.id for p in papers.of_case(case_id) if not p.voided] == [other]
    papers.void(papers.reprint(other, "纸卡住").paper.id, "打坏")
    assert [p.id for p in papers.of_case(case_id) if not p.voided] == [other]


def test_papers_of_a_stay_that_is_over_are_not_printed_any_more(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    elsewhere = "大连市庄河市演练街道演练路99号"
    now, _ = world.registered(ZERO, answers_for(ZERO, residence__address=elsewhere))
    for form in ("book_member", "settlement_certificate"):
        assert world.wrote_nothing(partial(papers.issue, case_id, form), NotAllowed)
        assert papers.record(now, form)["person.address"] == elsewhere
    papers.issue(case_id, "application")


def test_a_review_that_fell_is_not_printed(world: World) -> None:
    way = "policy_approval"
    case_id = world.accepted(way, answers_for(way)).case.id
    review, papers = world.review(), world.certificates()

    def reviewer() -> object:
        return papers.record(case_id, "application").get("case.reviewer")

    review.review(case_id)
    assert reviewer() == "李演练"
    world.desk().correct(case_id, {"applicant.phone": "13900000000"}, "电话写错")
    assert reviewer() is None
    review.review(case_id)
    review.send_back(case_id, "再问明")
    world.desk().submit(case_id)
    assert reviewer() is None


def test_a_void_paper_is_not_reprinted(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    paper = papers.issue(case_id, "receipt").paper
    papers.void(paper.id, "写错")
    assert papers.of_case(case_id)[0].voided == "写错"
    assert world.wrote_nothing(lambda: papers.reprint(paper.id, "卡纸"), NotAllowed)


def test_a_refusal_gives_the_number_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    with monkeypatch.context() as broken:
        def refuse(*_: object, **__: object) -> bytes:
            raise CounterError("《常住人口登记表》放不下", "缩短后再打印")

        broken.setattr(type(world.renderer), "render", refuse)
        assert world.wrote_nothing(lambda: papers.issue(case_id, "book_head"), CounterError)
    assert papers.of_case(case_id) == ()
    assert papers.issue(case_id, "book_head").paper.copy_number.endswith("-000001")


def test_a_preview_has_no_number_and_is_not_kept(world: World) -> None:
    case_id = world.accepted(ZERO, answers_for(ZERO)).case.id
    papers = world.certificates()
    shown = papers.preview(case_id, "receipt")
    assert (shown.paper.id, shown.paper.copy_number) == ("", PREVIEW)
    assert shown.pdf.startswith(b"%PDF")
    assert papers.of_case(case_id) == ()


def test_choices_say_why_a_paper_must_wait(world: World) -> None:
    desk, papers = world.desk(), world.certificates()
    case_id = desk.open(ZERO, answers_for(ZERO)).case.id
    open_now = {c.form for c in papers.choices(case_id) if not c.reason}
    assert open_now == {"consent"}
    for form in ("receipt", "book_head", "supplement_notice", "refuse_accept", "wrong_door"):
        assert world.wrote_nothing(
            partial(papers.issue, case_id, form), NotAllowed
        )
    papers.issue(case_id, "consent")
    assert {c.form: c.printed for c in papers.choices(case_id)}["consent"] == 1
    with pytest.raises(InputError):
        papers.issue(case_id, "collective_head")


def test_each_end_of_a_draft_has_its_paper(world: World) -> None:
    desk, papers = world.desk(), world.certificates()
    noticed = desk.supplement(desk.open(ZERO, answers_for(ZERO, 1)).case.id).case
    assert noticed.supplement is not None
    words = texts(world, papers.issue(noticed.id, "supplement_notice").pdf)
    assert "合法稳定住所证明" in words
    assert noticed.supplement.resume_code in words
    refused = desk.open(ZERO, answers_for(ZERO, 2, applicant__hukou_kind="urban")).case.id
    desk.refuse(refused, "现户籍不是乡村户籍")
    assert "现户籍不是乡村户籍" in texts(world, papers.issue(refused, "refuse_accept").pdf)
    rejected = world.accepted(ZERO, answers_for(ZERO, 3)).case.id
    world.review().reject(rejected, "住所证明不实", "演练-口令-2017")
    decision = texts(world, papers.issue(rejected, "refuse_approve").pdf)
    assert "住所证明不实" in decision
    assert "户籍人口在城市落户的实施意见》" in decision
    assert "（大政办发〔2017〕61号）二(三)" in decision
    moved = desk.open(ZERO, answers_for(ZERO, 4, residence__sub_district="210202001")).case.id
    assert papers.issue(moved, "wrong_door").pdf.startswith(b"%PDF")


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_value_of_a_record_is_one_a_paper_may_print(
    world: World, procedure: str
) -> None:
    case_id, _ = world.registered(procedure, answers_for(procedure))
    values = world.certificates().record(case_id, "person_register")
    assert set(values) <= set(VALUES)
    for table, rows in values.items():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                assert {f"{table}[].{column}" for column in row} <= set(VALUES)


def test_a_certificate_is_sealed_over_what_it_says(world: World) -> None:
    sealed: list[dict[str, object]] = []

    def seal(values: Mapping[str, object]) -> str:
        sealed.append(dict(values))
        return "HC1:DEMO"

    case_id, sheet = world.registered(ZERO, answers_for(ZERO))
    papers = Certificates(
        world.store, world.book, world.renderer, world.station, world.clock, CLERK, seal
    )
    values = papers.record(case_id, "settlement_certificate")
    assert values["certificate.code"] == "HC1:DEMO"
    assert sealed[0]["person.citizen_id"] == sheet.person.citizen_id


def test_rare_characters_are_printed_and_told(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO, applicant__name=f"试{RARE[0]}样"))
    assert RARE[0] in world.certificates().issue(case_id, "book_member").fallback_glyphs


def test_what_no_font_draws_is_left_open_to_be_written_by_hand(world: World) -> None:
    name = "试\U0003134b样"
    sheet = world.ready(ZERO, answers_for(ZERO, applicant__name=name))
    with pytest.raises(NotAllowed):
        world.desk().submit(sheet.case.id)
    with pytest.raises(FormRefused):
        world.certificates().preview(sheet.case.id, "consent")
    world.desk().override(sheet.case.id, "no_glyph:applicant.name", "改用手写栏")
    world.desk().submit(sheet.case.id)
    world.review().approve(sheet.case.id, "演练-口令-2017")
    entered = world.register().enter(sheet.case.id)
    assert entered.person.name == name
    issued = world.certificates().issue(sheet.case.id, "person_register")
    assert "试（　）样" in texts(world, issued.pdf).replace("\u0020", "\u3000")


def test_overprinting_where_there_is_no_such_stock_is_refused(world: World) -> None:
    case_id = world.accepted(ZERO, answers_for(ZERO)).case.id
    papers = world.certificates()
    assert world.wrote_nothing(
        lambda: papers.issue(case_id, "receipt", overprint=True), CounterError
    )


def test_overprinting_leaves_the_lines_to_the_stock(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    papers = world.certificates()
    issued = papers.issue(case_id, "book_head", overprint=True)
    assert issued.paper.overprint
    assert issued.pdf != papers.preview(case_id, "book_head").pdf


def test_training_papers_say_so(tmp_path: Path) -> None:
    world = open_world(tmp_path, replace(STATION, training=True))
    case_id = world.accepted(ZERO, answers_for(ZERO)).case.id
    assert "演练" in texts(world, world.certificates().issue(case_id, "receipt").pdf)
    world.store.close()


def test_a_paper_that_is_not_there_is_missing(world: World) -> None:
    for act in (lambda: world.certificates().stored("nowhere"),
                lambda: world.certificates().reprint("nowhere", "卡纸"),
                lambda: world.certificates().void("nowhere", "写错")):
        with pytest.raises(Missing):
            act()


def test_papers_name_who_was_at_work(world: World) -> None:
    case_id, _ = world.registered(ZERO, answers_for(ZERO))
    other = Operator("zhao", "赵演练", CLERK.role)
    issued = world.certificates(other).issue(case_id, "person_register")
    assert issued.paper.by == "zhao"
    assert "赵演练" in texts(world, issued.pdf)
