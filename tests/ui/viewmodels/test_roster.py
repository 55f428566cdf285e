"""A roster in hand: read, corrected, exported, taken; what it says in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.batch import Outcome
from desktop_app.domain.errors import CounterError
from desktop_app.domain.roster import Lane
from desktop_app.services.roster_sheets import Received, RosterOptions
from desktop_app.ui.jobs import Cancelled, Progress, Step
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.roster import (
    RosterModel,
    detail_words,
    problem_words,
    suggestion_words,
)
from desktop_app.ui.viewmodels.work import Report
from tests.helpers.counter_window import counter_for
from tests.helpers.rosters import HEADINGS, faulty, fresher, write_roster
from tests.helpers.ui_fakes import FakeJobs
from tests.helpers.world import SCHOOL, SUPERVISOR, World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
def counter(world: World) -> Counter:
    return counter_for(world, SUPERVISOR)


@pytest.fixture
def model(counter: Counter) -> RosterModel:
    made = RosterModel(counter, FakeJobs())
    made.school = SCHOOL.code
    return made


def test_the_summary_counts_every_lane_and_says_that_nothing_is_written(
    model: RosterModel, tmp_path: Path
) -> None:
    model.read(write_roster(tmp_path / "a.xlsx", faulty(80)))
    assert model.check is not None
    assert sum(model.check.counts.values()) == 80
    summary = model.summary()
    assert summary.startswith("80 行中 ")
    assert summary.endswith("尚未写入任何数据")
    for lane in Lane:
        assert f"{model.check.counts[lane]} 行{lane.label}" in summary


def test_words_of_a_row_never_hold_a_whole_number(model: RosterModel, tmp_path: Path) -> None:
    model.read(write_roster(tmp_path / "a.xlsx", faulty(40)))
    wrong = model.rows(Lane.REFUSED)[0]
    assert "应为" in problem_words(wrong)
    assert "********" in suggestion_words(wrong)
    for row in model.rows():
        number = row.row.cells["citizen_id"]
        assert number not in problem_words(row) + suggestion_words(row) + detail_words(row)


def test_adopting_and_correcting_move_rows_to_other_lanes(
    model: RosterModel, tmp_path: Path
) -> None:
    model.read(write_roster(tmp_path / "a.xlsx", faulty(40)))
    wrong = model.rows(Lane.REFUSED)[0]
    model.adopt(wrong)
    assert model.check is not None
    after = model.check.row(wrong.row.number)
    assert after is not None
    assert after.lane is Lane.READY
    asked = next(r for r in model.rows(Lane.ASK) if not r.good)
    model.correct(asked.row.number, {"voluntary": "是"})
    settled = model.check.row(asked.row.number)
    assert settled is not None
    assert settled.lane is Lane.READY


def test_a_file_without_known_headings_asks_for_its_columns(
    model: RosterModel, tmp_path: Path
) -> None:
    asked: list[str] = []
    model.columns_asked.connect(lambda look, words: asked.append(words))
    path = write_roster(tmp_path / "a.xlsx", [fresher(1)], ("A", "B", "C", *HEADINGS[3:]))
    model.read(path)
    assert model.check is None
    assert len(asked) == 1
    assert "表头" in asked[0]
    model.read(path, RosterOptions(heading_row=1, columns={
        "name": 0, "sex": 1, "citizen_id": 2, "ethnicity": 3, "origin_address": 8,
        "voluntary": 10,
    }))
    assert model.check is not None
    assert model.check.accepted == 1


def test_a_text_file_that_reads_in_two_ways_asks_which(
    model: RosterModel, tmp_path: Path
) -> None:
    asked: list[object] = []
    refused: list[CounterError] = []
    model.encoding_asked.connect(asked.append)
    model.refused.connect(refused.append)
    path = tmp_path / "a.csv"
    text = "\r\n".join([",".join(HEADINGS), ",".join(fresher(1))])
    path.write_bytes(text.encode("gb18030"))
    model.read(path)
    assert not refused, [str(error) for error in refused]
    if asked:
        model.read(path, RosterOptions(encoding="gb18030"))
    assert model.check is not None
    assert model.check.accepted == 1


def test_another_schools_roster_is_refused_with_where_to_take_it(
    model: RosterModel, tmp_path: Path
) -> None:
    refused: list[CounterError] = []
    model.refused.connect(refused.append)
    model.school = "10141"
    model.read(write_roster(tmp_path / "a.xlsx", [fresher(1)]))
    assert model.check is None
    assert len(refused) == 1
    assert refused[0].field == "wrong_school"


def test_the_export_for_the_school_masks_every_number(
    model: RosterModel, tmp_path: Path
) -> None:
    written: list[tuple[str, ...]] = []

    def write(path: Path, title: str, headings: object, rows: list[tuple[str, ...]]) -> None:
        written.extend(rows)
    model.read(write_roster(tmp_path / "a.xlsx", faulty(40)))
    object.__setattr__(model.counter.students, "write_rows", write)
    model.export_problems(tmp_path / "b.xlsx")
    assert model.check is not None
    assert len(written) == len(model.check.problems)
    numbers = {row.row.cells["citizen_id"] for row in model.rows()}
    assert not numbers & {cell for row in written for cell in row}


def test_taking_is_all_or_nothing_when_it_is_stopped(
    world: World, model: RosterModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_at_once(progress: Progress, total: int, words: str) -> Report:
        def told(done: int) -> None:
            raise Cancelled
        return told
    monkeypatch.setattr("desktop_app.ui.viewmodels.roster.counting", stop_at_once)
    stopped: list[bool] = []
    model.stopped.connect(lambda: stopped.append(True))
    model.read(write_roster(tmp_path / "a.xlsx", [fresher(n) for n in range(600)]))
    before = world.entries()
    model.take(Received())
    assert stopped == [True]
    assert world.entries() == before
    assert model.counter.students.rosters.batches() == ()
    assert model.check is not None


def test_what_is_taken_balances(
    counter: Counter, model: RosterModel, tmp_path: Path
) -> None:
    taken: list[object] = []
    model.taken.connect(taken.append)
    model.read(write_roster(tmp_path / "a.xlsx", faulty(40)))
    assert model.check is not None
    accepted = model.check.accepted
    model.take(Received())
    assert len(taken) == 1
    (batch,) = counter.students.rosters.batches()
    found = counter.students.rosters.reconcile(batch.id)
    assert found.balanced
    assert found.sent == 40
    assert found.counts[Outcome.WAITING] >= accepted


def test_progress_is_told_by_the_reader(model: RosterModel, tmp_path: Path) -> None:
    steps: list[Step] = []
    model.stepped.connect(steps.append)
    model.read(write_roster(tmp_path / "a.xlsx", [fresher(n) for n in range(50)]))
    assert any("已读" in step.words for step in steps)

