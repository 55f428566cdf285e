"""Files that are no policy: each is told with its file and line, and none hangs or breaks it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.adapters.policy import Fault, PolicyFolders, check_policy
from tests.policy.conftest import Package

ZERO = "policy/procedures/zero_threshold.toml"
IN_TOWN = '{ fact = "residence.in_town", equals = true }'


def faults_of(package: Package) -> tuple[Fault, ...]:
    """Every fault of the copy."""
    return check_policy(PolicyFolders.of(package.resources, None))


def reasons_of(package: Package, file: str = ZERO) -> list[str]:
    """The reasons given for one file."""
    return [fault.reason for fault in faults_of(package) if fault.file == file]


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _link(target: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.unlink()
        path.symlink_to(target)

    return make


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _huge(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"#" * 10_000_000)


@pytest.mark.parametrize(("spoil", "reason"), [
    (_folder, "这不是文件"),
    (_pipe, "这不是文件"),
    (_link("/dev/zero"), "这不是文件"),
    (_link("/nowhere/at/all.toml"), "文件读不了"),
    (_link("zero_threshold.toml"), "文件读不了"),
    (_huge, "文件太大，政策文件不超过 2 MB"),
], ids=["folder", "pipe", "device", "dead-link", "link-to-itself", "huge"])
def test_what_is_no_ordinary_file_is_told(
    package: Package, spoil: Callable[[Path], None], reason: str
) -> None:
    spoil(package.path(ZERO))
    (found,) = reasons_of(package)
    assert reason in found


@pytest.mark.parametrize(("raw", "reason"), [
    (b"", "没有 [[rule]]"),
    (b"\0", "TOML 第 1 列"),
    ("id = \"零\"".encode("utf-16"), "不是 UTF-8 编码"),
    (b"x = " + b"[" * 100_000, "括号套得太深"),
], ids=["empty", "nul", "utf-16", "brackets"])
def test_what_is_no_policy_is_told(package: Package, raw: bytes, reason: str) -> None:
    package.path(ZERO).write_bytes(raw)
    assert any(reason in found for found in reasons_of(package))


@pytest.mark.parametrize("name", [
    "policy/other.toml", "policy/procedures/old.TOML", "policy/procedures/2018/veteran.toml",
    "policy/calender/2018.toml",
])
def test_a_file_that_nobody_would_read_is_told(package: Package, name: str) -> None:
    package.path(name).parent.mkdir(exist_ok=True)
    shutil.copy(package.path(ZERO), package.path(name))
    (found,) = reasons_of(package, name)
    assert found == "不认得这个文件，通道放在 procedures 里"


def test_conditions_have_a_depth(package: Package) -> None:
    line = package.replace(ZERO, IN_TOWN, "{ not = " * 100 + IN_TOWN + " }" * 100)
    (fault,) = faults_of(package)
    assert (fault.line, fault.id) == (line, "residence_in_town")
    assert "拆成几条规则" in fault.reason


def test_conditions_as_deep_as_a_law_is_worded_are_read(package: Package) -> None:
    test = IN_TOWN
    for group in ("all_of", "any_of", "all_of"):
        test = f"{{ {group} = [{{ not = {{ not = {test} }} }}] }}"
    package.replace(ZERO, IN_TOWN, test)
    assert "套" in "".join(reasons_of(package))
    both = f"{{ all_of = [{IN_TOWN}, {{ not = {IN_TOWN} }}] }}"
    package.replace(ZERO, test, f"{{ any_of = [{both}] }}")
    assert faults_of(package) == ()


# old words, new words, the id at fault, a part of the reason
ODD = [
    ('title = "零门槛落户"', 'title = "零门槛\u202e落户"', "zero_threshold", "不可见字符 U+202E"),
    ('says = "住所在新区"', 'says = "住所在\\u200b新区"', "residence_in_new_district",
     "不可见字符 U+200B"),
    ('says = "住所在新区"', 'says = "住所\\n在新区"', "residence_in_new_district", "应是一行"),
    ('title = "零门槛落户"', f'title = "{"长" * 21}"', "zero_threshold",
     "不超过 20 字，现有 21 字"),
    ('"applicant.hukou_kind", "applicant.hukou_address"',
     '"applicant.hukou_kind", "applicant.name"', "origin", "applicant.name 前面的步骤已经问过"),
    ('"applicant.hukou_kind", "applicant.hukou_address"',
     '"applicant.hukou_kind", "applicant.hukou_kind"', "origin", "applicant.hukou_kind 写了两次"),
    ('[[paper]]\nform = "receipt"\nmoment = "receipt"',
     '[[paper]]\nform = "receipt"\nmoment = "receipt"\n' * 2, "",
     "表样 receipt 在 receipt 已经写过"),
    ('remedy = "住所在主城区或新市区的，转积分落户或政策性审批"\nsince = 2017-05-09',
     'remedy = "转其他通道"\nsince = 2017-05-08', "residence_in_new_district",
     "发布于 2017-05-09，晚于 2017-05-08，不能作为当日的依据"),
    ('cite = ["identity-card-2011#14"]', 'cite = ["veterans-settlement-2024#53"]', "identity_card",
     "发布于 2024-07-29，晚于 2017-05-09"),
]


@pytest.mark.parametrize(("old", "new", "at", "reason"), ODD)
def test_odd_values_are_told(package: Package, old: str, new: str, at: str, reason: str) -> None:
    package.replace(ZERO, old, new)
    found = [fault for fault in faults_of(package) if fault.file == ZERO]
    assert any(fault.id == at and reason in fault.reason for fault in found), found


def test_a_rule_that_never_applies_is_told(package: Package) -> None:
    package.replace(ZERO, "order = 1\nsince = 2017-05-09",
                    "order = 1\nsince = 2017-05-09\nuntil = 2018-01-01")
    package.replace(ZERO, "转积分落户或政策性审批\"\nsince = 2017-05-09",
                    "转积分落户或政策性审批\"\nsince = 2018-01-01")
    (fault,) = faults_of(package)
    assert fault.id == "residence_in_new_district"
    assert fault.reason == "规则生效的日子不在通道生效的日子里"


def test_an_open_point_that_nothing_follows_is_told(package: Package) -> None:
    text = package.path("policy/ambiguity.toml").read_text("utf-8")
    block = text[text.index("[[switch]]"):text.index("[[switch]]", 400)]
    idle = block.replace("rent_under_2_3", "idle")
    package.path("policy/ambiguity.toml").write_text(text + "\n" + idle, "utf-8")
    (fault,) = faults_of(package)
    assert (fault.id, fault.reason) == ("idle", "没有规则、材料或分区用到这个待明确事项")


def test_a_material_follows_an_open_point(package: Package) -> None:
    """What is asked for must not say more than the rule it proves."""
    def note() -> str:
        (material,) = [
            m for p in package.load().procedures if p.id == "zero_threshold"
            for m in p.materials if m.id == "residence_proof"
        ]
        return material.note

    assert "租赁" in note()
    package.choose("rent_under_2_3", "not_counted")
    assert "租赁" not in note()


def test_two_materials_of_one_reading_are_told(package: Package) -> None:
    package.replace(ZERO, 'is = "not_counted" }\ncite = ["residence-permit-2015#9"]',
                    'is = "counted" }\ncite = ["residence-permit-2015#9"]')
    assert "材料 residence_proof 重复" in reasons_of(package)


@pytest.mark.parametrize(("file", "old", "new"), [
    (ZERO, 'source = "户口登记条例；大连材料清单来源：待核"', 'source = "村委会收回承包地后出具"'),
    (ZERO, 'source = "沈阳市公安局', 'source = "先办退地，沈阳市公安局'),
    (ZERO, 'title = "入户"', 'title = "地照"'),
    ("policy/ambiguity.toml", 'basis = "', 'basis = "交回宅基地的才算。'),
    ("policy/points.toml", 'department = "市公安局"', 'department = "村集体经济组织"'),
    ("policy/register.toml", 'why = "户口以户为单位登记"', 'why = "核对土地证"'),
    ("policy/schools.toml", 'station_name = "', 'station_name = "承包地'),
    ("codes/urbanisation_reason.toml", "其他\tqt", "退出承包地\tqt"),
    ("policy/statutes.toml", '"3.7 基本医疗保险"', '"3.7 参保须交回承包地"'),
])
def test_no_text_anywhere_may_ask_for_land(
    package: Package, file: str, old: str, new: str
) -> None:
    line = package.replace(file, old, new)
    found = [fault for fault in faults_of(package) if fault.file == file]
    assert any("农村土地权益" in fault.reason and abs(fault.line - line) <= 20 for fault in found)
