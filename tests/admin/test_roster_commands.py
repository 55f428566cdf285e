"""``roster check`` and ``roster take`` as other programs see them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from desktop_app.adapters.workstation.profile import load_profile
from desktop_app.admin.training import make_folder
from tests.admin.conftest import PROFILE, Run
from tests.helpers.hostile_rosters import (
    HOSTILE,
    student,
    students,
    table,
    write_csv,
    write_xls,
    write_xlsx,
)

SCHOOL = "21999"
SHAPE = ["file", "sheet", "rows", "accepted", "refused", "alerts", "problems"]
PROBLEM = ["row", "column", "level", "code", "message"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    make_folder(folder, PROFILE, load_profile(PROFILE, training=True))
    return folder


def test_a_clean_roster_is_checked_without_a_trace(run: Run, data: Path, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table(students(5)))
    said = run("--data", data, "--json", "roster", "check", path, "--school", SCHOOL)
    assert said.code == 0
    assert said.value == dict(zip(SHAPE, ["a.xlsx", "名册", 5, 5, 0, 0, []], strict=True))
    found = run("--data", data, "--json", "search", student(1)["姓名"])
    assert found.value == {"persons": [], "cases": []}


def test_good_rows_go_on_and_bad_rows_are_refused(run: Run, data: Path, tmp_path: Path) -> None:
    rows = [student(1), student(2, 姓名=""), student(3, 自愿落户="否")]
    path = write_csv(tmp_path / "a.csv", table(rows), "gb18030")
    said = run("--data", data, "--json", "roster", "take", path, "--school", SCHOOL)
    assert said.code == 0
    assert [said.member(key) for key in ("rows", "accepted", "refused")] == [3, 1, 2]
    problems = said.member("problems")
    assert isinstance(problems, list)
    assert [list(problem) for problem in problems] == [PROBLEM, PROBLEM]
    assert [(p["row"], p["code"]) for p in problems] == [(3, "missing_value"), (4, "not_voluntary")]


def test_a_sheet_that_cannot_be_written_is_told_before_anybody_is_taken(
    run: Run, data: Path, tmp_path: Path
) -> None:
    path = write_xls(tmp_path / "a.xls", table(students(3)))
    words = ("--data", data, "roster", "take", path, "--school", SCHOOL, "--reconcile")
    for place in (tmp_path, tmp_path / "none" / "a.xlsx"):
        assert run(*words, place).code == 2
    found = run("--data", data, "--json", "search", student(1)["姓名"])
    assert found.value == {"persons": [], "cases": []}


def test_the_sheet_never_takes_the_place_of_the_roster(
    run: Run, data: Path, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table(students(3)))
    before = path.read_bytes()
    said = run("--data", data, "roster", "take", path, "--school", SCHOOL, "--reconcile", path)
    assert said.code == 2
    assert "会盖掉名册" in said.err
    assert path.read_bytes() == before


def test_who_was_taken_is_found_from_that_moment(run: Run, data: Path, tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls", table(students(3)))
    assert run("--data", data, "roster", "take", path, "--school", SCHOOL).code == 0
    for text in (student(2)["公民身份号码"], student(2)["姓名"]):
        said = run("--data", data, "--json", "search", text)
        for kind in ("persons", "cases"):
            hits = said.member(kind)
            assert isinstance(hits, list)
            assert [hit["citizen_id"] for hit in hits] == [student(2)["公民身份号码"]]


def test_taken_twice_nothing_is_taken_twice(run: Run, data: Path, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table(students(3)))
    take = ("--data", data, "--json", "roster", "take", path, "--school", SCHOOL)
    assert run(*take).member("accepted") == 3
    again = run(*take)
    assert (again.code, again.member("accepted"), again.member("refused")) == (0, 0, 3)
    found = run("--data", data, "--json", "search", student(1)["公民身份号码"])
    cases = found.member("cases")
    assert isinstance(cases, list)
    assert len(cases) == 1


def test_the_reconciliation_is_written_again_for_the_same_file(
    run: Run, data: Path, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table([student(1), student(2, 自愿落户="否")]))
    for name in ("一.xlsx", "二.xlsx"):
        out = tmp_path / name
        said = run("--data", data, "roster", "take", path, "--school", SCHOOL,
                   "--reconcile", out)
        assert said.code == 0
        with zipfile.ZipFile(out) as package:
            words = package.read("xl/sharedStrings.xml").decode()
        assert "未选择落户 1" in words
        assert "办理中 1" in words
        assert f"{student(1)['公民身份号码']}" in words


@pytest.mark.parametrize("school", ["21998", "99999"])
def test_another_school_is_refused_with_where_to_take_it(
    school: str, run: Run, data: Path, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table(students(1)))
    said = run("--data", data, "--json", "roster", "take", path, "--school", school)
    assert (said.code, said.member("accepted")) == (1, 0)
    (problem,) = list(said.member("problems"))  # type: ignore[call-overload]
    assert problem["code"] == "wrong_school"
    assert "派出所" in problem["message"]


@pytest.mark.parametrize(
    "hostile", [h for h in HOSTILE if h.name in ("bomb.xlsx", "nul.csv", "letter.xlsx")],
    ids=lambda hostile: hostile.name,
)
def test_what_is_no_roster_is_refused_in_the_same_shape(
    hostile: object, run: Run, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / hostile.name  # type: ignore[attr-defined]
    hostile.make(path)  # type: ignore[attr-defined]
    said = run("--data", data, "--json", "roster", "check", path, "--school", SCHOOL)
    assert said.code == 1
    assert isinstance(said.value, dict)
    assert list(said.value) == SHAPE
    assert said.value["problems"][0]["code"] == "not_a_roster"
    assert run("--data", data, "roster", "check", path, "--school", SCHOOL).code == 1


def test_nobody_who_can_be_taken_is_a_refusal(run: Run, data: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", table([student(1, 自愿落户="否")]))
    said = run("--data", data, "--json", "roster", "take", path, "--school", SCHOOL)
    assert (said.code, said.member("accepted")) == (1, 0)


def test_a_file_or_folder_that_is_not_there_is_bad_usage(
    run: Run, data: Path, tmp_path: Path
) -> None:
    check = ("--data", data, "--json", "roster", "check")
    assert run(*check, tmp_path / "没有.xlsx", "--school", SCHOOL).code == 2
    assert run(*check, tmp_path).code == 2
    path = write_csv(tmp_path / "a.csv", table(students(1)))
    said = run("--data", data, "roster", "take", path, "--school", SCHOOL, "--reconcile",
               tmp_path / "没有" / "核对单.xlsx")
    assert said.code == 2
    assert json.loads(run(*check, path, "--school", SCHOOL).out)["accepted"] == 1


def test_the_words_name_lanes_and_columns_that_mean_nothing(
    run: Run, data: Path, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", table(students(1), (*student(), "宿舍")))
    said = run("--data", data, "roster", "check", path, "--school", SCHOOL)
    assert "可办 1" in said.out
    assert "宿舍" in said.out
