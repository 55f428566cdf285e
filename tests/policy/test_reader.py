"""The strict reader: every fault at once, each with file, line, id and a reason in words."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.adapters.policy import (
    Fault,
    PolicyFaults,
    PolicyFolders,
    check_policy,
    load_policy,
)
from tests.policy.conftest import RESOURCES, Package

ZERO = "policy/procedures/zero_threshold.toml"
STUDENT = "policy/procedures/student_collective.toml"


def faults_of(package: Package, forms: Path | None = None) -> tuple[Fault, ...]:
    """The faults that loading raises."""
    with pytest.raises(PolicyFaults) as caught:
        load_policy(package.resources, forms)
    return caught.value.faults


def the_fault(package: Package) -> Fault:
    """The one fault there is."""
    (fault,) = faults_of(package)
    return fault


def test_the_shipped_package_is_sound() -> None:
    assert check_policy(PolicyFolders.of(RESOURCES, None)) == ()


# old words, new words (in zero_threshold.toml), the id at fault, a part of the reason
MEANING = [
    ('fact = "applicant.hukou_kind"', 'fact = "applicant.hukou_kid"', "hukou_rural",
     "没有事实 applicant.hukou_kid，最接近的是 applicant.hukou_kind"),
    ('fact = "applicant.hukou_kind", equals = "rural"',
     'fact = "applicant.hukou_kind", at_least = 3', "hukou_rural",
     "at_least 不适用于 applicant.hukou_kind，可用：equals、one_of、present"),
    ('equals = "rural"', 'equals = "farmer"', "hukou_rural",
     "applicant.hukou_kind 没有取值 farmer，可用：rural、urban"),
    ('equals = "rural"', 'equals = true', "hukou_rural", "类型不对"),
    ('equals = "new_district"', 'equal = "new_district"', "residence_in_new_district",
     "没有 equal 这种条件，最接近的是 equals"),
    ('fact = "residence.in_town", equals = true',
     'fact = "residence.in_town", equals = true, present = true', "residence_in_town",
     "一个事实配一个条件，现有 2 个"),
    ('fact = "residence.in_town", equals = true', 'fact = "residence.in_town", equals = "true"',
     "residence_in_town", "类型不对，应为 true 或 false"),
    ('when = { fact = "residence.in_town", equals = true }', 'when = true', "residence_in_town",
     "when 应写成"),
    ('when = { fact = "residence.in_town", equals = true }', 'when = { any_of = [] }',
     "residence_in_town", "any_of 应列出至少一个条件"),
    ('{ code_set = "dalian" }', '{ code_set = "dalien" }', "hukou_in_dalian",
     "没有代码表 dalien，最接近的是 dalian"),
    ('{ code_set = "dalian" }', '["210283", "219999"]', "hukou_in_dalian",
     "没有行政区划代码 219999"),
    ('cite = ["dazhengbanfa-2017-61#1.2.4"]', 'cite = ["dazhengbanfa-2017-61#1.2.9"]', "consent",
     "dazhengbanfa-2017-61 没有第 1.2.9 条款"),
    ('cite = ["dazhengbanfa-2017-61#1.2.4"]', 'cite = ["dazhengbanfa-2018-61#1.2.4"]', "consent",
     "没有登记文件 dazhengbanfa-2018-61，最接近的是 dazhengbanfa-2017-61"),
    ('cite = ["dazhengbanfa-2017-61#1.2.4"]', 'cite = ["61号"]', "consent",
     "条款引用“61号”应写成 文件#条款"),
    ('cite = ["dazhengbanfa-2017-61#1.2.4"]', 'cite = []', "consent", "缺 cite"),
    ('remedy = "本人（未成年人由监护人）签署自愿落户确认书"', 'remedy = ""', "consent",
     "缺 remedy"),
    ('remedy = "本人（未成年人由监护人）签署自愿落户确认书"', 'remedi = "签署"', "consent",
     "没有 remedi 这一项，最接近的是 remedy"),
    ('unmet = "blocks"', 'unmet = "block"', "hukou_in_dalian",
     "unmet 不能是“block”，可用：blocks、supervisor、advice"),
    ('id = "hukou_rural"', 'id = "hukou_in_dalian"', "hukou_in_dalian",
     "规则 hukou_in_dalian 在同一天有两个版本"),
    ('id = "identity_card"', 'id = "household_book"', "household_book",
     "材料 household_book 重复"),
    ('id = "origin"', 'id = "person"', "person", "步骤 person 重复"),
    ('"residence.proof_number"', '"residence.proof_numbr"', "residence",
     "没有字段 residence.proof_numbr，最接近的是 residence.proof_number"),
    ('is = "not_counted"', 'is = "excluded"', "lawful_stable_residence",
     "rent_under_2_3 没有选项 excluded"),
    ('reason_code = "0595"', 'reason_code = "0500"', "", "变动原因没有代码 0500"),
    ('reason_code = "0595"', 'reason_code = "0395"', "", "变动原因 0395 不属于 address_change"),
    ('urbanisation_reason = "16"', 'urbanisation_reason = "99"', "",
     "农业转移人口落户城镇原因没有代码 99"),
    ('act = "address_change"', 'act = "settle"', "", "act 不能是“settle”"),
    ('working_days = 0', 'working_days = -1', "", "working_days 不能小于 0"),
    ('working_days = 0', 'working_days = "当场"', "", "working_days 应为整数"),
    ('order = 1\nsince = 2017-05-09', 'order = 1\nsince = "2017-05-09"', "zero_threshold",
     "since 应为日期，写成 2017-05-09 的样式，不加引号"),
    ('order = 1\nsince = 2017-05-09', 'order = 1\nsince = 2017-05-09\nuntil = 2017-05-09',
     "zero_threshold", "until 应晚于 since"),
    ('chain = "on_the_spot"', 'chain = "instant"', "zero_threshold", "chain 不能是“instant”"),
    ('decides = "supervisor"', 'decides = "clerk"', "zero_threshold", "decides 不能是“clerk”"),
    ('title = "零门槛落户"', 'title = 3', "zero_threshold", "title 应为文字，要加引号"),
    ('one_screen = true', 'one_screen = 1', "zero_threshold", "one_screen 应为 true 或 false"),
    ('fact = "consent.given", equals = true', 'fact = "consent.given", equals = false', "",
     "缺自愿确认的规则"),
]


@pytest.mark.parametrize(("old", "new", "at", "reason"), MEANING)
def test_meaning_is_checked(package: Package, old: str, new: str, at: str, reason: str) -> None:
    package.replace(ZERO, old, new)
    faults = faults_of(package)
    assert any(
        fault.file == ZERO and (not at or fault.id == at) and reason in fault.reason
        for fault in faults
    ), [str(fault) for fault in faults]


LINES = [
    ('fact = "applicant.hukou_kind"', 'fact = "x"'),
    ('cite = ["dazhengbanfa-2017-61#1.2.4"]', 'cite = ["dazhengbanfa-2017-61#9"]'),
    ('unmet = "blocks"', 'unmet = "never"'),
    ('name = "居民身份证"', 'name = 5'),
    ('moment = "after"', 'moment = "soon"'),
    ('title = "入户"', 'titel = "入户"'),
    ('household = "family"', 'household = "tribe"'),
    ('id = "hukou_rural"', 'id = "hukou_in_dalian"'),
]


@pytest.mark.parametrize(("old", "new"), LINES)
def test_the_line_is_exact(package: Package, old: str, new: str) -> None:
    line = package.replace(ZERO, old, new)
    assert line in {fault.line for fault in faults_of(package)}


SYNTAX = [
    ("order = 1", "order = ", "TOML 第"),
    ("order = 1", "order = 1\norder = 2", "同一个键写了两次"),
    ("since = 2017-05-09", "since = 2017-02-30", "没有这一天"),
]


@pytest.mark.parametrize(("old", "new", "reason"), SYNTAX)
def test_syntax_is_told_with_its_line(package: Package, old: str, new: str, reason: str) -> None:
    line = package.replace(ZERO, old, new)
    fault = the_fault(package)
    assert fault.file == ZERO
    assert reason in fault.reason
    assert line <= fault.line <= line + 1


def test_a_file_in_another_encoding_is_named(package: Package) -> None:
    path = package.path(ZERO)
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    assert the_fault(package).reason == "不是 UTF-8 编码"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(package: Package) -> None:
    before = package.load().digest
    path = package.path(ZERO)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert package.load().digest == before


def test_all_faults_come_at_once(package: Package) -> None:
    package.replace(ZERO, 'equals = "rural"', 'equals = "farmer"')
    package.replace(STUDENT, 'remedy = "到学校所在城市的派出所办理"', 'remedy = ""')
    package.replace("policy/zones.toml", 'zone = "main_urban"', 'zone = "centre"')
    package.replace("policy/statutes.toml", "issued = 2017-05-09", 'issued = "2017"')
    faults = faults_of(package)
    assert {fault.file for fault in faults} == {
        ZERO, STUDENT, "policy/zones.toml", "policy/statutes.toml"
    }
    assert all(fault.line > 1 for fault in faults)


def test_the_error_counts_and_quotes_the_first(package: Package) -> None:
    package.replace(ZERO, 'equals = "rural"', 'equals = "farmer"')
    with pytest.raises(PolicyFaults, match=r"政策包有 1 处错误：.*zero_threshold\.toml 第 \d+ 行"):
        package.load()


def test_two_editions_on_one_day_are_refused(package: Package) -> None:
    text = package.path(ZERO).read_text("utf-8")
    package.path("policy/procedures/zero_later.toml").write_text(text, "utf-8")
    assert any(
        "通道 zero_threshold 与 zero" in fault.reason.replace("policy/procedures/", "")
        for fault in faults_of(package)
    )


def test_a_later_edition_is_taken_from_its_day(package: Package) -> None:
    text = package.path(ZERO).read_text("utf-8")
    first = text.replace("order = 1\nsince = 2017-05-09", "order = 1\nsince = 2017-05-09\n"
                         "until = 2022-05-26")
    later = text.replace("order = 1\nsince = 2017-05-09", "order = 1\nsince = 2022-05-26").replace(
        'summary = "', 'summary = "新版：'
    )
    package.path(ZERO).write_text(first, "utf-8")
    package.path("policy/procedures/zero_later.toml").write_text(later, "utf-8")
    book = package.load()
    assert not book.procedure("zero_threshold", date(2022, 5, 25)).summary.startswith("新版")
    assert book.procedure("zero_threshold", date(2022, 5, 26)).summary.startswith("新版")


def test_unknown_forms_are_named(package: Package, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    for name in ("receipt", "consent"):
        (forms / name).mkdir(parents=True)
        (forms / name / "2017-05-09.toml").touch()
    reasons = {fault.reason for fault in faults_of(package, forms)}
    assert any(reason.startswith("没有表样 settlement_certificate") for reason in reasons)
    assert not any("没有表样 receipt" in reason for reason in reasons)


def test_missing_and_stray_files(package: Package) -> None:
    package.path("policy/zones.toml").rename(package.path("policy/zoning.toml"))
    package.path("codes/change_reason.toml").unlink()
    reasons = {(fault.file, fault.reason) for fault in faults_of(package)}
    assert ("policy/zones.toml", "缺这个文件") in reasons
    assert ("policy/zoning.toml", "不认得这个文件，通道放在 procedures 里") in reasons
    assert ("codes/change_reason.toml", "缺这个代码表") in reasons


def test_an_unreadable_statute_file_does_not_flood(package: Package) -> None:
    package.replace("policy/statutes.toml", "[[document]]", "[[document]")
    assert the_fault(package).file == "policy/statutes.toml"


@pytest.mark.parametrize("name", ["../zero", "零门槛", "Zero", "1st", "a b"])
def test_an_id_is_fit_to_be_a_name_everywhere(package: Package, name: str) -> None:
    line = package.replace(ZERO, 'id = "zero_threshold"', f'id = "{name}"')
    fault = the_fault(package)
    assert fault.line == line
    assert "小写字母" in fault.reason


def test_a_package_without_any_way_to_settle_is_refused(package: Package) -> None:
    shutil.rmtree(package.path("policy/procedures"))
    assert the_fault(package).reason.startswith("没有落户通道")


def test_brackets_beyond_reading_are_a_fault(package: Package) -> None:
    test = '{ fact = "residence.in_town", equals = true }'
    package.replace(ZERO, test, "{ not = " * 2000 + test + " }" * 2000)
    assert "套得太深" in the_fault(package).reason


LAND = [
    ('says = "现户籍为乡村户籍"', 'says = "已交回承包地的乡村户籍"'),
    ('remedy = "补住所证明：产权、购房、租赁或住宿证明任一种"', 'remedy = "先办宅基地退出"'),
    ('name = "居民户口簿"', 'name = "土 地 承 包 经 营 权 证"'),
    ('name = "居民户口簿"', 'name = "放弃集体收益分配权声明"'),
    ('note = "户主页和本人页"', 'note = "附三权退出承诺"'),
    ('title = "迁入住所"', 'title = "住所和退地"'),
    ('summary = "本市乡村户籍', 'summary = "已腾退老宅的本市乡村户籍'),
    ('id = "household_book"', 'id = "homestead_certificate"'),
    ('fact = "residence.in_town", equals = true', 'fact = "land.surrendered", equals = true'),
    ('"case.note"', '"land.contract_number"'),
]


@pytest.mark.parametrize(("old", "new"), LAND)
def test_demands_on_land_rights_are_refused(package: Package, old: str, new: str) -> None:
    line = package.replace(ZERO, old, new)
    faults = faults_of(package)
    assert any("农村土地权益" in f.reason and "三(五)" in f.reason for f in faults), faults
    assert any(abs(fault.line - line) <= 8 for fault in faults)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("policy/points.toml", 'title = "年龄"', 'title = "退出承包地"'),
        ("policy/points.toml", 'proof = "户口簿', 'proof = "宅基地退出协议、户口簿'),
        ("policy/ambiguity.toml", 'question = "', 'question = "是否先交回承包地？'),
    ],
)
def test_nor_may_points_or_open_questions_turn_on_them(
    package: Package, name: str, old: str, new: str
) -> None:
    line = package.replace(name, old, new)
    fault = the_fault(package)
    assert (fault.file, fault.line) == (name, line)
    assert "农村土地权益" in fault.reason


def test_the_statement_that_rights_are_kept_may_name_them(package: Package) -> None:
    package.replace(ZERO, 'rights_notice = "', 'rights_notice = "承包地和宅基地不收回。')
    assert "宅基地" in package.load().procedures[-1].rights_notice


@pytest.mark.parametrize(
    "demand", ["落户须退出承包地", "自愿放弃宅基地，不得反悔", "不退地的不能落户", ""]
)
def test_a_notice_that_demands_them_is_refused(package: Package, demand: str) -> None:
    text = package.path(ZERO).read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("rights_notice"))
    package.replace(ZERO, line, f'rights_notice = "{demand}"')
    assert "rights_notice" in the_fault(package).reason


ZONES = [
    ('zone = { switch = "pulandian_zone" }', 'zone = { switch = "pulandien" }', "没有待明确事项"),
    ('region = "210224"', 'region = "210299"', "没有行政区划代码 210299"),
    ("210224100\t大长山岛镇\ttown\tdcsdz", "210224100\t大长山岛镇\tvillage\tdcsdz", "应写成 代码"),
    ("210224101\t", "210224100\t", "210224100 在同一天有两条分区数据"),
    ('id = "changhai"', 'id = "zhuanghe"', "zhuanghe 在同一天有两条分区数据"),
]


@pytest.mark.parametrize(("old", "new", "reason"), ZONES)
def test_zones_are_checked(package: Package, old: str, new: str, reason: str) -> None:
    package.replace("policy/zones.toml", old, new)
    assert any(reason in fault.reason for fault in faults_of(package))


OTHERS = [
    ("policy/ambiguity.toml", 'chosen = "counted"', 'chosen = "maybe"', "chosen 不能是“maybe”"),
    ("policy/ambiguity.toml", 'id = "rural_origin"', 'id = "rural_origins"',
     "缺待明确事项 rural_origin"),
    ("policy/points.toml", 'department = "市公安局"\nsource = "待核"',
     'department = "市公安局"\nsource = "网页"', "source 应写 待核"),
    ("policy/points.toml", 'kind = "基础"', 'kind = "附加"', "kind 不能是“附加”"),
    ("policy/points.toml", 'id = "skill_4"', 'id = "skill_5"', "积分指标 skill_5 重复"),
    ("policy/calendar/2020.toml", "2020-01-19", "2020-01-20", "2020-01-20 应是 2020 年的星期六"),
    ("policy/calendar/2020.toml", "2020-06-25", "2021-06-25", "2021-06-25 应是 2020 年的星期一"),
    ("policy/calendar/2020.toml", "year = 2020", "year = 2019", "2019 年有两份日历"),
    ("policy/statutes.toml", '"2.1 主', '"二.1 主', "应写成 编号、空格、短标题"),
    ("policy/points.toml", "threshold_new_urban = 100", "", "缺 threshold_new_urban"),
    ("codes/sex.toml", "2\t女\tn", "2 女", "“2 女”应写成 代码、名称、首字母、备注"),
    ("codes/sex.toml", 'id = "sex"', 'id = "blood"', "代码表 blood 重复"),
]
WEIRD = st.sampled_from([
    "5", "-1", "07:32:00", "true", '"x"', '""', "[]", "[1]", "[{}]", "{}", "2017-05-09",
    "nan", "[[1]]",
    '{ fact = 3 }', '{ all_of = 3 }', '{ not = 3 }', '{ switch = [1], is = {} }',
    '{ fact = "residence.zone", one_of = [[1]] }', '{ fact = "insurance.years", at_least = inf }',
    '{ fact = "residence.zone", one_of = { code_set = [1] } }',
])
KEY = re.compile(r"^(\w+) = (?!\[$|\'\'\'|\{ \w+ = \[$).+$", re.MULTILINE)
FILES = ("policy/procedures/zero_threshold.toml", "policy/zones.toml", "policy/ambiguity.toml",
         "policy/points.toml", "policy/statutes.toml", "codes/sex.toml")


@pytest.fixture(scope="module")
def small_package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """A package that reads quickly: one way, one year, the regions of one province."""
    resources = tmp_path_factory.mktemp("small") / "resources"
    for part in ("policy", "codes"):
        shutil.copytree(RESOURCES / part, resources / part)
    for folder, kept in (("procedures", "zero_threshold"), ("calendar", "2020")):
        for path in (resources / "policy" / folder).glob("*.toml"):
            if path.stem != kept:
                path.unlink()
    table = resources / "codes" / "region.toml"
    head, rows = table.read_text("utf-8").split("rows = '''\n")
    kept_rows = [row for row in rows.splitlines() if row.startswith(("21", "'''"))]
    table.write_text(head + "rows = '''\n" + "\n".join(kept_rows) + "\n", "utf-8")
    return Package(resources)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FILES), st.data(), WEIRD)
def test_no_value_however_odd_breaks_the_reader(
    small_package: Package, file: str, data: st.DataObject, weird: str
) -> None:
    path = small_package.path(file)
    text = path.read_text("utf-8")
    key = data.draw(st.sampled_from(list(KEY.finditer(text))))
    path.write_text(f"{text[:key.start()]}{key[1]} = {weird}{text[key.end():]}", "utf-8")
    try:
        small_package.load()
    except PolicyFaults as refused:
        assert all(fault.reason for fault in refused.faults)
    finally:
        path.write_text(text, "utf-8")


@pytest.mark.parametrize(("file", "old", "new", "reason"), OTHERS)
def test_other_files_are_checked(
    package: Package, file: str, old: str, new: str, reason: str
) -> None:
    package.replace(file, old, new)
    faults = faults_of(package)
    assert any(reason in fault.reason for fault in faults), [str(fault) for fault in faults]


def test_rows_of_code_tables_are_checked_by_policy_check(package: Package) -> None:
    package.replace("codes/sex.toml", "2\t女\tn", "1\t女\tn\n3\t\tqt")
    reasons = [fault.reason for fault in check_policy(PolicyFolders.of(package.resources, None))]
    assert reasons == ["代码 1 重复", "代码“3”缺名称或首字母"]
