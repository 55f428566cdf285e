"""Every line of the one-time notice cites what asks for that very thing, or nothing."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import Any

import pypdfium2
import pytest

from desktop_app.domain.fields import FIELDS
from desktop_app.domain.procedure import Procedure
from desktop_app.services.case_facts import GUARDIAN_FIELDS
from desktop_app.services.case_sheets import missing_items
from desktop_app.services.notice_lines import BY_THE_COUNTER, UNVERIFIED, NoticeLine, NoticeLines
from tests.helpers.people import PROCEDURES, answers_for
from tests.helpers.world import DAY, ROOT, World, policy_book

ZERO = "zero_threshold"
DRAFTS = {
    "nothing known": {},
    "joins a household": {"household.mode": "join"},
    "a minor": {"applicant.birth_date": "2008-03-01"},
    "works": {"occupation.lawful_stable": "true"},
}
FORM_ITEMS = (
    "applicant.name", "applicant.sex", "applicant.ethnicity", "applicant.birth_date",
    "applicant.hukou_address", "guardian.name", "guardian.relation", "household.relation",
)


@lru_cache
def data(name: str) -> dict[str, Any]:
    """A policy file as it stands, read without the program's reader."""
    return tomllib.loads((ROOT / "resources" / "policy" / name).read_text("utf-8"))


def names(test: object) -> set[str]:
    """Every fact named anywhere inside a condition."""
    if isinstance(test, list):
        return set().union(*map(names, test))
    if not isinstance(test, dict):
        return set()
    own = {str(test["fact"])} if "fact" in test else set()
    return own.union(*map(names, test.values()))


def own_clauses(procedure: str, line: NoticeLine) -> set[str]:
    """What the data files let a line cite: the material's, the rules' or the item's clauses."""
    law = data(f"procedures/{procedure}.toml")
    if not line.field:
        return {
            str(cite) for material in law["material"] if material["name"] == line.what
            for cite in material["cite"]
        }
    items = [item for item in data("register.toml")["item"] if item["id"] == line.field]
    facts = {line.field} | {str(fact) for item in items for fact in item.get("decides", [])}
    read = {
        str(cite) for rule in law["rule"] if names(rule["when"]) & facts for cite in rule["cite"]
    }
    return read | {str(cite) for item in items for cite in item.get("cite", [])}


def lines_of(procedure: Procedure) -> NoticeLines:
    return NoticeLines(policy_book(), procedure, DAY)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_missing_item_cites_its_own_clause(
    world: World, procedure: str, draft: str
) -> None:
    sheet = world.desk().open(procedure, DRAFTS[draft])
    lines = lines_of(sheet.procedure).lacking(sheet)
    assert tuple(line.what for line in lines) == missing_items(sheet)
    assert {line.field for line in lines} - {""} == set(sheet.missing_fields)
    for line in lines:
        cited = {cite.ref for cite in line.cites}
        assert cited <= own_clauses(procedure, line), line.what
        assert bool(cited) is (line.basis != UNVERIFIED), line.what
        assert line.why, line.what


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_nothing_is_demanded_to_be_filled_in_that_no_clause_asks_for(
    world: World, procedure: str
) -> None:
    """A material may say 来源：待核; a field of the register without a clause is not asked."""
    for draft in DRAFTS.values():
        sheet = world.desk().open(procedure, draft)
        for line in lines_of(sheet.procedure).lacking(sheet):
            assert line.cites or not line.field, line.what
        world.desk().discard(sheet.case.id)


@pytest.mark.parametrize("field", FORM_ITEMS)
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_an_item_of_the_form_cites_the_form_and_not_the_policy(
    procedure: str, field: str
) -> None:
    law = policy_book().procedure(procedure, DAY)
    line = lines_of(law).field(field)
    assert line.basis == "公通字〔1995〕91号 一"
    assert not {cite.document for cite in line.cites} & {cite.document for cite in law.cites}


@pytest.mark.parametrize(("procedure", "document"), [
    ("zero_threshold", "dazhengbanfa-2017-61"), ("veteran", "hukou-registration-1958"),
])
def test_a_place_is_asked_by_the_rule_that_turns_on_it_else_by_the_register(
    procedure: str, document: str
) -> None:
    line = lines_of(policy_book().procedure(procedure, DAY)).field("residence.sub_district")
    assert {cite.document for cite in line.cites} == {document}


@pytest.mark.parametrize("field", [
    "applicant.phone", "guardian.citizen_id", "occupation.employer", "case.apply_date",
    "applicant.blood", "applicant.religion", "student.admission_number",
])
def test_what_no_rule_asks_for_is_never_lacking(world: World, field: str) -> None:
    for procedure in PROCEDURES:
        for draft in DRAFTS.values():
            sheet = world.desk().open(procedure, draft)
            assert field not in sheet.missing_fields, procedure
            world.desk().discard(sheet.case.id)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_words_that_are_kept_lead_back_to_their_line(world: World, procedure: str) -> None:
    """The notice keeps words; two things with the same words would cite for each other."""
    sheet = world.desk().open(procedure, DRAFTS["a minor"])
    lines = lines_of(sheet.procedure)
    now = lines.lacking(sheet)
    assert lines.given(tuple(line.what for line in now)) == now
    asked = [*sheet.procedure.fields, *GUARDIAN_FIELDS]
    every = [lines.field(field) for field in dict.fromkeys(asked)]
    every += [lines.material(material) for material in sheet.procedure.materials]
    assert len({line.what for line in every}) == len(every)


def test_what_the_clerk_adds_borrows_no_clause() -> None:
    lines = lines_of(policy_book().procedure(ZERO, DAY))
    added, = lines.given(("房屋照片一张",))
    assert (added.cites, added.basis) == ((), BY_THE_COUNTER)


def test_every_needed_field_of_the_vocabulary_has_its_ground() -> None:
    items = policy_book().register_items
    assert {field.id for field in FIELDS.values() if field.needed} == set(items)
    assert all(item.source and (item.cites or item.decides) for item in items.values())


def test_a_notice_to_somebody_unnamed_and_with_words_of_the_clerk_prints(world: World) -> None:
    """What is lacking may be the name itself; what the clerk adds has its own row."""
    desk = world.desk()
    noticed = desk.supplement(desk.open(ZERO).case.id, ("近期照片一张",)).case
    words = text_of(world.certificates().issue(noticed.id, "supplement_notice").pdf)
    for said in ("填写姓名", "填写公民身份号码", "近期照片一张", BY_THE_COUNTER):
        assert said in words


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return "".join(pages.split())


def printed(world: World, procedure: str, gone: str, **seen: bool) -> str:
    """The text of the notice for a case in which one answer is lacking."""
    desk = world.desk()
    answers = {key: value for key, value in answers_for(procedure).items() if key != gone}
    sheet = desk.open(procedure, answers)
    if seen.get("all_seen", True):
        desk.see(sheet.case.id)
    paper = world.certificates().issue(
        desk.supplement(sheet.case.id).case.id, "supplement_notice"
    )
    return text_of(paper.pdf)


@pytest.mark.parametrize(("procedure", "gone", "clause"), [
    (ZERO, "applicant.ethnicity", "公通字〔1995〕91号一"),
    (ZERO, "residence.address", "《中华人民共和国户口登记条例》第六条"),
    ("veteran", "applicant.ethnicity", "公通字〔1995〕91号一"),
    ("student_collective", "applicant.ethnicity", "公通字〔1995〕91号一"),
])
def test_the_paper_prints_the_clause_of_the_item_and_no_other(
    world: World, procedure: str, gone: str, clause: str
) -> None:
    words = printed(world, procedure, gone)
    assert f"填写{FIELDS[gone].label}" in words
    assert clause in words
    assert "61号" not in words


def test_the_paper_prints_the_policy_for_what_the_policy_asks(world: World) -> None:
    assert "大政办发〔2017〕61号二(三)" in printed(world, ZERO, "residence.lawful_stable")


def test_the_paper_says_where_no_source_was_found(world: World) -> None:
    words = printed(world, "student_collective", "", all_seen=False)
    assert "录取新生名册" in words
    assert UNVERIFIED in words


def test_a_guardian_of_a_minor_is_asked_by_the_form(world: World) -> None:
    born = date(2005, 4, 1)
    sheet = world.desk().open(ZERO, answers_for(ZERO, birth=born))
    lines = [line for line in lines_of(sheet.procedure).lacking(sheet) if line.field]
    assert [line.field for line in lines] == ["guardian.name", "guardian.relation"]
    assert {line.basis for line in lines} == {"公通字〔1995〕91号 一"}
