"""The models behind the pages, without a window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import CounterError
from desktop_app.services.words import cites
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.guide import GuideModel, outcome_words, reasons
from desktop_app.ui.viewmodels.idle import IdleWatch
from desktop_app.ui.viewmodels.intake import IntakeModel
from desktop_app.ui.viewmodels.search import SearchModel
from desktop_app.ui.viewmodels.workbench import WorkbenchModel
from tests.helpers.counter_window import counter_for, made_up_card
from tests.helpers.people import answers_for
from tests.helpers.world import World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A station with nobody registered."""
    opened = open_world(tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
def counter(world: World) -> Counter:
    """A supervisor's session."""
    return counter_for(world)


def intake(counter: Counter, **answers: str) -> IntakeModel:
    """A draft in a model."""
    model = IntakeModel(counter)
    model.load(counter.desk.open("zero_threshold", answers).case.id)
    return model


def test_guide_writes_nothing_and_asks_what_decides(
    qtbot: QtBot, world: World, counter: Counter
) -> None:
    before = world.entries()
    model = GuideModel(counter)
    model.refresh()
    assert model.next_question() == "applicant.citizen_id"
    model.put("applicant.citizen_id", made_up_card().citizen_id)
    assert model.answers["applicant.hukou_region"] == "210283"
    assert model.next_question() == "applicant.hukou_region", "a guess wants to be looked at"
    model.accept("applicant.hukou_region")
    asked = []
    answers = {
        "applicant.left_active_service": "2", "applicant.hukou_kind": "rural",
        "residence.sub_district": "210283001", "residence.lawful_stable": "1",
        "student.newly_admitted": "2",
    }
    while (question := model.next_question()) is not None:
        assert question not in asked
        asked.append(question)
        model.put(question, answers[question])
    assert model.recommended is not None
    assert model.recommended.procedure.id == "zero_threshold"
    assert outcome_words(model.recommended) == "可办"
    assert len(asked) <= len(answers)
    assert world.entries() == before


def test_guide_tells_why_a_way_is_closed(qtbot: QtBot, counter: Counter) -> None:
    model = GuideModel(counter)
    for field_id, text in (
        ("applicant.hukou_region", "210102"), ("applicant.hukou_kind", "urban"),
    ):
        model.put(field_id, text)
    closed = next(x for x in model.lines if x.procedure.id == "zero_threshold")
    assert outcome_words(closed) in ("不适用", "差一条")
    assert [finding.remedy for finding in reasons(closed) if not finding.remedy] == []


def test_words_that_cannot_be_taken_stay_and_are_told(qtbot: QtBot, counter: Counter) -> None:
    model = intake(counter, **answers_for("zero_threshold", 1))
    refused: list[tuple[str, CounterError]] = []
    model.field_refused.connect(lambda field_id, error: refused.append((field_id, error)))
    model.put("applicant.phone", "12")
    assert model.text("applicant.phone") == "12"
    assert model.case.case.answers["applicant.phone"] == "13000000000"
    assert refused[0][0] == "applicant.phone"
    assert [f.field for f in model.faults()] == ["applicant.phone"]
    model.put("applicant.phone", "13100000000")
    assert model.faults() == ()


def test_the_same_words_again_write_nothing(
    qtbot: QtBot, world: World, counter: Counter
) -> None:
    model = intake(counter, **answers_for("zero_threshold", 1))
    assert world.wrote(lambda: model.put("applicant.phone", "13000000000")) == []
    assert world.wrote(lambda: model.put("applicant.phone", "13100000000")) == ["case.answer"]


def test_typing_is_kept_half_a_second_after_the_last_key(
    qtbot: QtBot, world: World, counter: Counter
) -> None:
    answers = answers_for("zero_threshold", 1)
    del answers["residence.address"]
    model = intake(counter, **answers)
    with qtbot.waitSignal(model.saved, timeout=5000):
        model.typing("residence.address", "大连市", 2)
    kept = counter.desk.typing(model.case_id)
    assert kept is not None
    assert (kept.raw["residence.address"], kept.focus, kept.cursor) == (
        "大连市", "residence.address", 2,
    )
    again = IntakeModel(counter)
    again.load(model.case_id)
    assert again.text("residence.address") == "大连市"
    again.take_raw()
    assert again.case.case.answers["residence.address"] == "大连市"


def test_a_card_fills_what_is_empty_and_overwrites_nothing(
    qtbot: QtBot, world: World
) -> None:
    counter = counter_for(world)
    model = intake(counter)
    model.take_card(made_up_card(serial=5))
    assert model.case.case.answers["applicant.name"] == "陈示例"
    other = intake(counter, **answers_for("zero_threshold", 1))
    refused: list[CounterError] = []
    other.refused.connect(refused.append)
    before = dict(other.case.case.answers)
    other.take_card(made_up_card(serial=7))
    assert "不同" in refused[0].message
    assert other.case.case.answers == before


def test_a_verdict_follows_the_words_on_their_way(qtbot: QtBot, counter: Counter) -> None:
    answers = answers_for("zero_threshold", 1)
    del answers["applicant.hukou_kind"]
    model = intake(counter, **answers)
    with qtbot.waitSignal(model.judged, timeout=5000) as judged:
        model.typing("applicant.hukou_kind", "urban", 5)
    assert judged.args[0].outcome.value == "ineligible"
    assert "applicant.hukou_kind" not in model.case.case.answers


def test_idle_time_warns_then_expires_and_a_touch_starts_it_anew(qtbot: QtBot) -> None:
    watch = IdleWatch(5)
    warned: list[int] = []
    expired: list[bool] = []
    watch.warned.connect(warned.append)
    watch.expired.connect(lambda: expired.append(True))
    watch.pass_seconds(239)
    assert warned == []
    watch.pass_seconds(1)
    assert warned == [60]
    watch.pass_seconds(60)
    assert expired == [True]
    watch.set_minutes(1)
    watch.pass_seconds(59)
    assert expired == [True]


def test_workbench_tells_of_cut_off_typing_without_the_whole_name(
    qtbot: QtBot, counter: Counter
) -> None:
    model = intake(counter, **answers_for("zero_threshold", 1))
    counter.desk.keep_typing(model.case_id, {"case.note": "演"}, "case.note", 1)
    bench = WorkbenchModel(counter)
    bench.refresh()
    words = bench.unfinished_words()
    assert "备注" in words
    assert answers_for("zero_threshold", 1)["applicant.name"] not in words


def test_search_runs_after_a_pause_and_empty_words_find_nothing(
    qtbot: QtBot, counter: Counter
) -> None:
    intake(counter, **answers_for("zero_threshold", 1))
    model = SearchModel(counter)
    with qtbot.waitSignal(model.found, timeout=5000):
        model.typed("210283")
    assert len(model.hits.cases) == 1
    model.typed("  ")
    model.find()
    assert not model.hits.cases


def test_citations_name_each_document_once(counter: Counter) -> None:
    points = counter.book.procedure("points", counter.clock.today())
    words = cites(counter.book, points.cites)
    assert words.count("大政办发") == 1
    assert "、" in words
