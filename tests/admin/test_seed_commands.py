"""``seed`` and the training folder of ``make run``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from desktop_app.admin.training import ensure_training, open_training
from desktop_app.domain.case import Status
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.fields import masked_name
from desktop_app.domain.journal import first_break
from tests.admin.conftest import CASES, PASSWORD, PERSONS, PROFILE, Run

EVERYBODY = "2"
"""Every made-up number begins with it: Liaoning."""


def people_of(folder: Path) -> list[tuple[str, str]]:
    store = open_training(folder)
    with store.read() as unit:
        rows = unit.search.persons(EVERYBODY, limit=5000)
    store.close()
    return sorted((row.citizen_id, row.name) for row in rows)


def statuses_of(folder: Path) -> Counter[Status]:
    store = open_training(folder)
    with store.read() as unit:
        rows = unit.cases.in_status(list(Status), limit=5000)
    store.close()
    return Counter(row.status for row in rows)


def test_every_status_is_there_and_genuine(run: Run, seeded: Path) -> None:
    found = statuses_of(seeded)
    assert set(found) == set(Status)
    assert found.total() == CASES
    store = open_training(seeded)
    with store.read() as unit:
        assert first_break(unit.journal.entries()) is None
        actions = {entry.action for entry in unit.journal.entries()}
        issued = unit.cases.in_status([Status.ISSUED])
        papers = unit.papers.of_case(issued[0].id)
        pdf = unit.papers.pdf(papers[0].id)
    store.close()
    assert {"case.open", "case.submit", "case.approve", "case.refuse"} <= actions
    assert pdf.startswith(b"%PDF")


def test_people_are_as_many_as_asked_and_those_of_the_cases(seeded: Path) -> None:
    registered = sum(
        number for status, number in statuses_of(seeded).items()
        if status in (Status.REGISTERED, Status.ISSUED, Status.ARCHIVED)
    )
    assert len(people_of(seeded)) == PERSONS + registered


def fresh(run: Run, folder: Path, seed: int) -> list[tuple[str, str]]:
    assert run("--data", folder, "init", "--station", PROFILE, "--training").code == 0
    said = run(
        "--data", folder, "--json", "seed", "--persons", 40, "--cases", 3, "--seed", seed
    )
    assert said.value == {"persons": 40, "cases": 3, "seed": seed}
    return people_of(folder)


def test_the_same_seed_makes_the_same_people(run: Run, tmp_path: Path) -> None:
    first = fresh(run, tmp_path / "a", 5)
    assert fresh(run, tmp_path / "b", 5) == first
    assert fresh(run, tmp_path / "c", 6) != first


@pytest.mark.parametrize("seed", [1, 2])
def test_seeding_again_adds_others(run: Run, training: Path, seed: int) -> None:
    before = people_of(training)
    said = run("--data", training, "seed", "--persons", 30, "--cases", 11, "--seed", seed)
    assert said.code == 0, said.err
    assert len(people_of(training)) >= len(before) + 30
    assert statuses_of(training).total() == CASES + 11
    assert run("--data", training, "check").code == 0


def test_nothing_asked_adds_nothing(run: Run, training: Path) -> None:
    before = people_of(training)
    assert run("--data", training, "seed", "--persons", 0, "--cases", 0).code == 0
    assert people_of(training) == before


def test_real_data_is_never_seeded(run: Run, real: Path) -> None:
    before = (real / "luohu.db").read_bytes()
    said = run(
        "--data", real, "--json", "seed", "--persons", 1, "--cases", 1, "--password-stdin",
        stdin=PASSWORD,
    )
    assert said.code == 1
    assert said.member("error", "code") == "not_allowed"
    assert (real / "luohu.db").read_bytes() == before


def test_a_station_elsewhere_without_schools_can_be_seeded(run: Run, tmp_path: Path) -> None:
    text = PROFILE.read_text("utf-8").partition("[[schools]]")[0]
    profile = tmp_path / "station.toml"
    profile.write_text(
        text.replace('"210281"', '"210202"').replace('"new_district"', '"main_urban"'), "utf-8"
    )
    folder = tmp_path / "data"
    assert run("--data", folder, "init", "--station", profile, "--training").code == 0
    assert run("--data", folder, "seed", "--persons", 20, "--cases", 20).code == 0
    assert set(statuses_of(folder)) == set(Status)


def test_the_training_folder_is_made_once_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "training"
    told: list[str] = []
    ensure_training(folder, told.append)
    assert told
    assert set(statuses_of(folder)) == set(Status)
    names = {name for _, name in people_of(folder)}
    assert len({masked_name(name) for name in names}) > 30
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    ensure_training(folder, told.append)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_real_data_is_not_taken_for_training(real: Path) -> None:
    with pytest.raises(NotAllowed):
        ensure_training(real)
