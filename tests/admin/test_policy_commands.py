"""``policy`` and ``assess`` from the command line: exit codes, one JSON value, words."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.adapters.workstation.paths import program_dir
from desktop_app.admin.__main__ import main
from desktop_app.admin.answer import Call
from desktop_app.admin.office import opened
from desktop_app.domain.facts import FACTS

ROOT = Path(__file__).parents[2]
ELIGIBLE = {
    "applicant.hukou_region": "219010", "applicant.hukou_kind": "rural",
    "residence.zone": "new_district", "residence.in_town": True,
    "residence.lawful_stable": True, "consent.given": True,
}
SEVENTH = """
id = "island_school"
title = "海岛教师落户"
short = "海岛教师"
summary = "演练用的第七个通道，住所在新区"
order = 7
since = 2018-01-01
cite = ["dazhengbanfa-2017-61#2.1"]
chain = "station"
decides = "supervisor"
rights_notice = "三项权益不受影响"

[time_limit]
source = "来源：待核"

[register]
act = "move_in"
reason_code = "0399"
household = "family"

[[step]]
id = "person"
title = "申请人"
fields = ["applicant.citizen_id", "applicant.name", "residence.zone"]

[[rule]]
id = "on_the_island"
says = "住所在新区"
when = { fact = "residence.zone", equals = "new_district" }
unmet = "blocks"
cite = ["dazhengbanfa-2017-61#2.1"]
remedy = "看其他通道"
since = 2018-01-01

[[rule]]
id = "consent"
says = "本人自愿"
when = { fact = "consent.given", equals = true }
unmet = "blocks"
cite = ["dazhengbanfa-2017-61#1.2.4"]
remedy = "签署确认书"
since = 2018-01-01
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's files in a private copy, which the commands take for their own."""
    root = tmp_path / "program"
    for part in ("resources/policy", "resources/codes", "forms"):
        shutil.copytree(ROOT / part, root / part)
    monkeypatch.setattr("desktop_app.admin.__main__.program_dir", lambda: root)
    return root


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, dict[str, object]]:
    """Exit code and the one JSON value of a command."""
    code = main(["--json", *map(str, words)])
    value = json.loads(capsys.readouterr().out)
    assert isinstance(value, dict)
    return code, value


def facts_file(tmp_path: Path, facts: object) -> Path:
    """A file of facts."""
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts), "utf-8")
    return path


def ways(value: dict[str, object]) -> dict[str, dict[str, object]]:
    """The procedures of an answer by id."""
    procedures = value["procedures"]
    assert isinstance(procedures, list)
    return {procedure["id"]: procedure for procedure in procedures}


def names(value: dict[str, object], key: str) -> list[str]:
    """A list of an answer."""
    found = value[key]
    assert isinstance(found, list)
    return found


def test_list_tells_procedures_facts_and_open_points(capsys: pytest.CaptureFixture[str]) -> None:
    code, value = run(capsys, "policy", "list", "--on", "2017-06-01")
    assert code == 0
    assert value["day"] == "2017-06-01"
    zero = ways(value)["zero_threshold"]
    assert zero["title"] == "零门槛落户"
    assert zero["cites"] == [{"document": "dazhengbanfa-2017-61", "clause": "2.3"}]
    assert {"rules", "materials", "forms"} <= zero.keys()
    facts = value["facts"]
    assert isinstance(facts, list)
    assert [fact["id"] for fact in facts] == list(FACTS)
    assert value["switches"]
    points = value["points"]
    assert isinstance(points, dict)
    assert points["thresholds"] == {"main_urban": 150, "new_urban": 100}
    assert {row["enabled"] for row in points["rows"]} == {True, False}


def test_list_in_words_names_every_rule_and_fact(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "list", "--on", "2017-06-01"]) == 0
    words = capsys.readouterr().out
    assert "零门槛落户" in words
    assert "大政办发〔2017〕61号 二(三)" in words
    assert "停用，待市公安局发布分值" in words
    assert all(fact in words for fact in FACTS)


def test_a_day_before_the_law_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, value = run(capsys, "policy", "list", "--on", "2017-05-08")
    assert code == 1
    assert "没有现行的落户政策" in str(value["error"])


def test_a_day_that_is_none_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "policy", "list", "--on", "2017-02-30")[0] == 2
    assert run(capsys, "policy", "lists")[0] == 2


def test_assess_has_the_shape_of_the_contract(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, value = run(capsys, "assess", facts_file(tmp_path, ELIGIBLE), "--on", "2017-06-01")
    assert code == 0
    assert set(value) == {"day", "policy_digest", "recommended", "procedures"}
    assert names(value, "recommended")[:2] == ["zero_threshold", "new_district_open"]
    zero = ways(value)["zero_threshold"]
    assert set(zero) == {"id", "title", "outcome", "findings", "missing", "next_question",
                         "one_step_away"}
    assert (zero["outcome"], zero["missing"], zero["next_question"]) == ("eligible", [], None)
    findings = zero["findings"]
    assert isinstance(findings, list)
    assert set(findings[0]) == {"rule", "verdict", "gravity", "says", "cites", "remedy"}
    assert findings[0]["cites"] == [{"document": "dazhengbanfa-2017-61", "clause": "2.3"}]


def test_without_consent_it_is_incomplete(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    facts = {key: value for key, value in ELIGIBLE.items() if key != "consent.given"}
    _, value = run(capsys, "assess", facts_file(tmp_path, facts), "--on", "2017-06-01")
    zero = ways(value)["zero_threshold"]
    assert zero["outcome"] == "incomplete"
    assert zero["missing"] == ["consent.given"]
    assert zero["one_step_away"] == [["consent.given"]]


def test_assess_in_words_gives_clause_and_remedy(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    facts = facts_file(tmp_path, {**ELIGIBLE, "applicant.hukou_kind": "urban"})
    assert main(["assess", str(facts), "--on", "2017-06-01"]) == 0
    words = capsys.readouterr().out
    assert "零门槛落户（zero_threshold）：不适用" in words
    assert "不符合  现户籍为乡村户籍（大政办发〔2017〕61号 二(三)）：城镇户籍迁入新区的" in words
    assert "差一条：户籍性质" in words


@pytest.mark.parametrize(("content", "words"), [
    ('{"applicant.hukou_kid": "rural"}', "applicant.hukou_kind"),
    ('{"residence.zone": "suburb"}', "residence.zone"),
    ('{"consent.given": true, "consent.given": false}', "consent.given 写了两次"),
    ('[1]', "应是一个 JSON 对象"),
    ('{', "不是 UTF-8 的 JSON"),
    ('{"residence.in_town": {"deep": 1}}', "residence.in_town"),
])
def test_facts_that_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "facts.json"
    path.write_text(content, "utf-8")
    code, value = run(capsys, "assess", path)
    assert code == 1
    assert words in str(value["error"])


def test_a_file_of_facts_that_is_not_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, value = run(capsys, "assess", tmp_path / "nowhere.json")
    assert code == 2
    assert f"读不了 {tmp_path / 'nowhere.json'}" in str(value["error"])


def test_the_installed_policy_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "policy", "check") == (0, {"ok": True, "faults": []})


def test_check_tells_every_fault_of_policy_and_forms(
    capsys: pytest.CaptureFixture[str], program: Path
) -> None:
    zero = program / "resources/policy/procedures/zero_threshold.toml"
    text = zero.read_text("utf-8")
    zero.write_text(text.replace('equals = "rural"', 'equals = "farmer"'), "utf-8")
    form = next((program / "forms" / "consent").glob("2*.toml"))
    form.write_text(form.read_text("utf-8").replace("since = ", "sinse = ", 1), "utf-8")
    code, value = run(capsys, "policy", "check")
    faults = value["faults"]
    assert isinstance(faults, list)
    assert code == 1
    assert value["ok"] is False
    first = next(fault for fault in faults if fault["file"].startswith("policy/"))
    assert first["id"] == "hukou_rural"
    assert first["line"] == text[: text.index('equals = "rural"')].count("\n") + 1
    assert "farmer" in first["reason"]
    assert any(fault["file"].startswith("forms/consent/") for fault in faults)


@pytest.mark.parametrize("part", ["", "resources", "resources/policy",
                                  "resources/policy/procedures"])
def test_check_of_a_folder_takes_an_installation_or_its_parts(
    capsys: pytest.CaptureFixture[str], program: Path, part: str
) -> None:
    assert run(capsys, "policy", "check", program / part)[0] == 0
    demand = program / "resources/policy/procedures/veteran.toml"
    demand.write_text(
        demand.read_text("utf-8").replace('name = "居民身份证"', 'name = "承包地退出证明"'), "utf-8"
    )
    code, value = run(capsys, "policy", "check", program / part)
    assert code == 1
    assert "农村土地权益" in str(value["faults"])


def test_check_of_nothing_is_bad_usage(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, "policy", "check", tmp_path / "nowhere")[0] == 2


def test_check_in_words_counts(capsys: pytest.CaptureFixture[str], program: Path) -> None:
    (program / "resources/policy/procedures/veteran.toml").write_text("id = ", "utf-8")
    assert main(["policy", "check"]) == 1
    words = capsys.readouterr().out
    assert "policy/procedures/veteran.toml 第 1 行" in words
    assert "共 1 处错误" in words


def test_a_seventh_way_is_data_alone(
    capsys: pytest.CaptureFixture[str], program: Path, tmp_path: Path
) -> None:
    (program / "resources/policy/procedures/island_school.toml").write_text(SEVENTH, "utf-8")
    assert run(capsys, "policy", "check")[0] == 0
    assert "island_school" in ways(run(capsys, "policy", "list", "--on", "2018-01-01")[1])
    assert "island_school" not in ways(run(capsys, "policy", "list", "--on", "2017-12-31")[1])
    facts = facts_file(tmp_path, {"residence.zone": "new_district", "consent.given": True})
    _, value = run(capsys, "assess", facts, "--on", "2018-01-01")
    assert ways(value)["island_school"]["outcome"] == "eligible"
    assert "island_school" in names(value, "recommended")


def test_a_document_is_imported_into_the_data_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = tmp_path / "61.txt"
    text.write_bytes("二、演练\n(一)甲。\n(三)丙。\n".encode("gb18030"))
    code, value = run(capsys, "--data", tmp_path / "data", "policy", "add-text", text,
                      "--document", "dazhengbanfa-2017-61")
    assert code == 0
    assert value["found"] == ["2.1", "2.3"]
    assert "2.2" in names(value, "missing")
    kept = tmp_path / "data" / "documents" / "dazhengbanfa-2017-61.txt"
    assert kept.read_text("utf-8").startswith("二、演练")


def test_only_who_maintains_a_stations_data_imports_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, training: Path, real: Path
) -> None:
    text = tmp_path / "61.txt"
    text.write_text("二、演练\n(一)甲。\n", "utf-8")
    words = ("policy", "add-text", text, "--document", "dazhengbanfa-2017-61")
    assert run(capsys, "--data", real, *words)[0] == 2
    assert run(capsys, "--data", training, "--as", "clerk", *words)[0] == 1
    assert not (real / "documents").exists()
    assert not (training / "documents").exists()
    assert run(capsys, "--data", training, "--as", "installer", *words)[0] == 0
    assert (training / "documents").is_dir()
    assert run(capsys, "--data", training, *words)[0] == 0  # the training supervisor


def test_an_import_at_a_station_is_journalled(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, training: Path
) -> None:
    text = tmp_path / "61.txt"
    text.write_text("二、演练\n(一)甲。\n", "utf-8")
    words = ("policy", "add-text", text, "--document", "dazhengbanfa-2017-61")
    assert run(capsys, "--data", training, "--as", "installer", *words)[0] == 0
    call = Call(training, program_dir(), "installer", False)
    with opened(call) as office, office.session.store.read() as uow:
        (entry,) = [e for e in uow.journal.entries() if e.action == "keeping.text"]
    assert (entry.who, entry.subject) == ("installer", "dazhengbanfa-2017-61")
    assert entry.detail["sha256"] == hashlib.sha256(text.read_bytes()).hexdigest()


def test_a_shorter_text_does_not_replace_a_fuller_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = tmp_path / "61.txt"
    words = ("--data", tmp_path / "data", "policy", "add-text", text, "--document",
             "dazhengbanfa-2017-61")
    text.write_text("二、演练\n(一)甲的话。\n(三)丙的话。\n", "utf-8")
    assert run(capsys, *words)[0] == 0
    kept = tmp_path / "data" / "documents" / "dazhengbanfa-2017-61.txt"
    fuller = kept.read_bytes()
    text.write_text("二、演练\n(一)甲的话。\n", "utf-8")
    code, value = run(capsys, *words)
    assert code == 1
    assert "比已导入的原文少：二(三)" in str(value["error"])
    assert kept.read_bytes() == fuller


def test_an_unknown_document_is_refused_with_those_known(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = tmp_path / "62.txt"
    text.write_text("一、甲", "utf-8")
    code, value = run(capsys, "--data", tmp_path, "policy", "add-text", text, "--document", "d-62")
    assert code == 1
    assert "dazhengbanfa-2017-61" in str(value["error"])


def test_listing_loads_no_database_no_pdf_and_no_window() -> None:
    program = (
        "import sys; from desktop_app.admin.__main__ import main; main(['policy', 'list']);"
        "heavy = {'sqlalchemy', 'reportlab', 'PySide6', 'pypinyin', 'cryptography', 'fontTools'};"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
