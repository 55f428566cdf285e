"""``search`` and ``case``: the counter's services from the command line, on a training folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.admin.training import open_training
from desktop_app.domain.case import Status
from tests.admin.conftest import PASSWORD, Run
from tests.helpers.people import answers_for


def taken(run: Run, training: Path, tmp_path: Path, procedure: str = "zero_threshold") -> str:
    """The number of a case that the clerk took."""
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers_for(procedure), ensure_ascii=False), "utf-8")
    said = run(
        "--data", training, "--json", "--as", "clerk", "case", "take", procedure, path,
        "--consented",
    )
    assert said.code == 0, said.out
    number = said.member("number")
    assert isinstance(number, str)
    return number


def test_a_case_goes_from_its_answers_to_its_paper(
    run: Run, training: Path, tmp_path: Path
) -> None:
    number = taken(run, training, tmp_path)
    approved = run("--data", training, "--json", "case", "approve", number)
    assert approved.member("status") == "approved", approved.out
    entered = run("--data", training, "--json", "--as", "clerk", "case", "register", number)
    assert entered.member("status") == "registered", entered.out
    out = tmp_path / "paper.pdf"
    printed = run(
        "--data", training, "--json", "case", "print", number, "person_register", "-o", out
    )
    assert printed.code == 0, printed.out
    assert out.read_bytes().startswith(b"%PDF")
    assert printed.member("copy_number")
    found = run("--data", training, "--json", "search", number[-4:])
    assert number in found.out
    person = run("--data", training, "--json", "search", answers_for("zero_threshold")[
        "applicant.citizen_id"
    ])
    persons = person.member("persons")
    assert isinstance(persons, list)
    assert len(persons) == 1
    assert persons[0]["household_number"]
    assert run("--data", training, "verify", "--database").code == 0


def test_no_paper_is_numbered_for_a_place_that_takes_none(
    run: Run, training: Path, tmp_path: Path
) -> None:
    number = taken(run, training, tmp_path)
    words = ("--data", training, "--json", "case", "print", number, "receipt", "-o")
    before = run(*words, tmp_path / "first.pdf").member("copy_number")
    for place in (tmp_path / "none" / "x.pdf", tmp_path):
        said = run(*words, place)
        assert said.code == 2
        assert str(tmp_path) in said.out
    after = run(*words, tmp_path / "second.pdf").member("copy_number")
    assert int(str(after)[-6:]) == int(str(before)[-6:]) + 1


def test_a_case_of_the_longer_chain_is_reviewed_first(
    run: Run, training: Path, tmp_path: Path
) -> None:
    number = taken(run, training, tmp_path, "new_district_open")
    refused = run("--data", training, "--json", "case", "approve", number)
    assert refused.code == 1
    assert run("--data", training, "--json", "case", "review", number).member("status") == (
        "reviewed"
    )
    assert run("--data", training, "--json", "case", "approve", number).member("status") == (
        "approved"
    )


def test_who_took_a_case_does_not_approve_it(run: Run, training: Path, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers_for("zero_threshold")), "utf-8")
    own = run("--data", training, "--json", "case", "take", "zero_threshold", path, "--consented")
    number = own.member("number")
    refused = run("--data", training, "--json", "case", "approve", number)
    assert refused.code == 1
    assert refused.member("error", "code") == "not_allowed"


def test_without_consent_nothing_is_accepted_and_the_draft_stays(
    run: Run, training: Path, tmp_path: Path
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers_for("zero_threshold")), "utf-8")
    said = run("--data", training, "--json", "case", "take", "zero_threshold", path)
    assert said.code == 1
    assert "自愿确认" in str(said.member("error", "message"))
    draft = said.member("case", "id")
    shown = run("--data", training, "--json", "case", "show", draft)
    assert shown.member("status") == "draft"
    assert shown.member("answers", "applicant.name") == answers_for("zero_threshold")[
        "applicant.name"
    ]


def test_a_wrong_answer_names_its_field(run: Run, training: Path, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    answers = answers_for("zero_threshold")
    right = answers["applicant.citizen_id"]
    wrong = right[:17] + ("0" if right[17] != "0" else "1")
    path.write_text(json.dumps({**answers, "applicant.citizen_id": wrong}), "utf-8")
    said = run("--data", training, "--json", "case", "take", "zero_threshold", path)
    assert said.code == 1
    assert said.member("error", "field") == "applicant.citizen_id"
    assert "第 18 位" in str(said.member("error", "message"))


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", 1), ("[]", 1), ('{"applicant.name": []}', 1), ('{"applicant.nam": "x"}', 1)],
)
def test_answers_that_cannot_be_read_are_refused(
    run: Run, training: Path, tmp_path: Path, text: str, code: int
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(text, "utf-8")
    said = run("--data", training, "--json", "case", "take", "zero_threshold", path)
    assert said.code == code
    assert said.member("error", "message")


def test_answers_that_are_not_there(run: Run, training: Path, tmp_path: Path) -> None:
    said = run("--data", training, "case", "take", "zero_threshold", tmp_path / "none.json")
    assert said.code == 2


def test_an_unknown_case_is_told(run: Run, seeded: Path) -> None:
    said = run("--data", seeded, "case", "show", "DL-0-0-0")
    assert said.code == 1
    assert "没有编号 DL-0-0-0 的件" in said.err


def test_open_cases_are_listed_with_names_masked(run: Run, seeded: Path) -> None:
    said = run("--data", seeded, "--json", "case", "list")
    rows = said.value
    assert isinstance(rows, list)
    assert {row["status"] for row in rows} == {
        status.value for status in Status if status.is_open
    }
    assert all(row["name"].endswith("*") for row in rows)
    assert rows == sorted(rows, key=lambda row: not row["priority"])


def test_a_case_shows_what_can_be_done_and_printed(run: Run, seeded: Path) -> None:
    rows = run("--data", seeded, "--json", "case", "list").value
    assert isinstance(rows, list)
    number = next(row["number"] for row in rows if row["status"] == "accepted")
    said = run("--data", seeded, "case", "show", number)
    assert said.code == 0
    assert "批准" in said.out or "审核通过" in said.out
    assert "receipt" in said.out


@pytest.mark.parametrize("how", ["number", "prefix", "last four", "name", "first name"])
def test_a_person_is_found_in_every_way(run: Run, seeded: Path, how: str) -> None:
    store = open_training(seeded)
    with store.read() as unit:
        row = unit.search.persons("2", limit=1)[0]
    store.close()
    text = {
        "number": row.citizen_id, "prefix": row.citizen_id[:14], "last four": row.citizen_id[-4:],
        "name": row.name, "first name": row.name[:1],
    }[how]
    said = run("--data", seeded, "--json", "search", text, "--limit", "100")
    persons = said.member("persons")
    assert isinstance(persons, list)
    assert row.id in {person["id"] for person in persons}
    assert set(persons[0]) == {
        "id", "citizen_id", "name", "sex", "birth_date", "address", "household_number",
    }


def test_a_search_keeps_to_its_limit(run: Run, seeded: Path) -> None:
    persons = run("--data", seeded, "--json", "search", "2", "--limit", "7").member("persons")
    assert isinstance(persons, list)
    assert len(persons) == 7
    assert run("--data", seeded, "search", "2", "--limit", "0").code == 2
    assert run("--data", seeded, "search", "2", "--limit", "9" * 20).code == 0


def test_a_search_for_nobody(run: Run, seeded: Path) -> None:
    said = run("--data", seeded, "--json", "search", "查无此人查无此人")
    assert (said.code, said.value) == (0, {"persons": [], "cases": []})


def test_a_search_is_journalled_without_its_words(run: Run, training: Path) -> None:
    run("--data", training, "search", "查无此人")
    store = open_training(training)
    with store.read() as unit:
        last = unit.journal.last()
    store.close()
    assert last is not None
    assert last.action == "search"
    assert "查无此人" not in str(last)


def test_the_installer_looks_nobody_up(run: Run, training: Path) -> None:
    said = run("--data", training, "--as", "installer", "--json", "search", "王")
    assert said.code == 1
    assert said.member("error", "code") == "not_allowed"


def test_real_data_needs_the_password_even_to_look(run: Run, real: Path) -> None:
    assert run("--data", real, "search", "王").code == 2
    said = run("--data", real, "search", "王", "--password-stdin", stdin=PASSWORD)
    assert said.code == 0
