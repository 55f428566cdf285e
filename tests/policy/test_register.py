"""What asks for a field of the register is data, and data without a ground is refused."""

from __future__ import annotations

import pytest

from desktop_app.adapters.policy import PolicyFaults
from desktop_app.domain.fields import FIELDS
from desktop_app.domain.policy_book import PolicyBook
from tests.policy.conftest import Package

REGISTER = "policy/register.toml"


@pytest.mark.parametrize(("old", "new", "reason"), [
    ('cite = ["hukou-registration-1958#6"]', "", "没有依据的项目不能必填"),
    ('cite = ["hukou-registration-1958#6"]', 'cite = ["hukou-registration-1958#99"]',
     "hukou-registration-1958 没有第 99 条款"),
    ('cite = ["hukou-registration-1958#6"]', 'cite = ["hukou-registration#6"]',
     "最接近的是 hukou-registration-1958"),
    ('id = "residence.address"', 'id = "residence.adress"', "最接近的是 residence.address"),
    ('id = "residence.address"', 'id = "applicant.name"', "登记项目 applicant.name 重复"),
    ('decides = ["residence.zone"', 'decides = ["residence.zones"', "最接近的是 residence.zone"),
    ('why = "户口以户为单位登记"', "", "缺 why"),
    ('why = "户口以户为单位登记"', 'why = "核对承包地已经退出"', "禁止作为落户条件"),
    ('why = "核对审批事由"', "", "缺 why"),
    ('id = "ground_proof"', 'id = "identity_card"', "材料 identity_card 重复"),
    ('source = "户口登记条例第六条"', "", "缺 source"),
    ("[[item]]", "[[items]]", "最接近的是 item"),
])
def test_faults_name_file_line_and_reason(
    package: Package, old: str, new: str, reason: str
) -> None:
    line = package.replace(REGISTER, old, new)
    with pytest.raises(PolicyFaults) as refused:
        package.load()
    found = [fault for fault in refused.value.faults if reason in fault.reason]
    assert found, [str(fault) for fault in refused.value.faults]
    assert {fault.file for fault in found} == {REGISTER}
    assert all(abs(fault.line - line) <= 6 for fault in found)


def test_a_needed_field_without_an_entry_is_told(package: Package) -> None:
    text = package.path(REGISTER).read_text("utf-8")
    start = text.index('[[item]]\nid = "applicant.ethnicity"')
    end = text.index("[[item]]", start + 1)
    package.path(REGISTER).write_text(text[:start] + text[end:], "utf-8")
    with pytest.raises(PolicyFaults, match=r"必填的民族（applicant.ethnicity）没有写明依据"):
        package.load()


def test_the_file_may_not_be_missing(package: Package) -> None:
    package.path(REGISTER).unlink()
    with pytest.raises(PolicyFaults, match="缺这个文件"):
        package.load()


def test_a_step_may_not_demand_what_nobody_asks_for(package: Package) -> None:
    """The school decides facts that only the students' rules read: no other way may demand it."""
    zero = "policy/procedures/zero_threshold.toml"
    package.replace(zero, '"residence.sub_district",', '"residence.sub_district", "school.code",')
    with pytest.raises(PolicyFaults, match="步骤要填“录取学校”，但没有规则问到它"):
        package.load()


def test_every_item_has_its_line_for_the_notice(book: PolicyBook) -> None:
    assert {field.id for field in FIELDS.values() if field.needed} <= set(book.register_items)
    for item in book.register_items.values():
        assert 4 <= len(item.why) <= 20
        assert item.source
    asked = {material.id for procedure in book.procedures for material in procedure.materials}
    assert asked <= set(book.material_reasons)


def test_its_clauses_are_among_those_cited(book: PolicyBook) -> None:
    assert "1" in book.cited_clauses("gongtongzi-1995-91")
    assert {"3", "5", "6"} <= book.cited_clauses("hukou-registration-1958")
