"""Search finds what a clerk types, as a range of an index and never as a pattern."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from desktop_app.adapters.storage.search import plain_words
from desktop_app.adapters.storage.unit_of_work import SqlStore
from tests.adapters.storage.things import case, household, keep, person, stay
from tests.helpers import synthetic


def _persons(store: SqlStore, text: str, limit: int = 20) -> list[str]:
    with store.read() as unit:
        return [row.id for row in unit.search.persons(text, limit=limit)]


def _cases(store: SqlStore, text: str, limit: int = 20) -> list[str]:
    with store.read() as unit:
        return [row.id for row in unit.search.cases(text, limit=limit)]


NUMBER = synthetic.number(1).text


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        NUMBER[:6],
        NUMBER[:1],
        NUMBER[-4:],
        f" {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]} ",
        "单",
        "单雄",
        "单雄信",
        "sxx",
        "sx",
        "S",
        "dxx",
        "ＳＸＸ",
        "　单雄信　",
        NUMBER.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}),
    ],
)
def test_a_person_is_found_by(store: SqlStore, text: str) -> None:
    keep(store, person(1, name="单雄信"), person(2, citizen_id="110101200001010015", name="王"))
    assert _persons(store, text) == ["person-1"]


@pytest.mark.parametrize("text", ["", " ", "雄信", "xx", "%", "_", "单%", "9", "sxxx", "·"])
def test_a_person_is_not_found_by(store: SqlStore, text: str) -> None:
    keep(store, person(1, name="单雄信"))
    assert _persons(store, text) == []


def test_a_check_letter_in_lower_case_is_found(store: SqlStore) -> None:
    number = next(
        synthetic.number(order).text
        for order in range(99)
        if synthetic.number(order).text.endswith("X")
    )
    keep(store, person(1, citizen_id=number))
    assert _persons(store, number.lower()) == ["person-1"]
    assert _persons(store, number[-4:].lower()) == ["person-1"]


def test_name_dots_are_one(store: SqlStore) -> None:
    keep(store, person(1, name="试·样"))
    for dot in "·•‧・":
        assert _persons(store, f"试{dot}样") == ["person-1"]


def test_the_household_of_the_open_stay_is_shown(store: SqlStore) -> None:
    keep(store, household(), person(1), stay(1))
    with store.read() as unit:
        (row,) = unit.search.persons(person(1).name)
    assert (row.address, row.household_number, row.name) == (
        "样板路 1 号",
        "000000001",
        person(1).name,
    )


def test_a_renamed_person_is_found_by_the_new_name_only(store: SqlStore) -> None:
    keep(store, person(1, name="试"))
    with store.write() as unit:
        unit.people.save_person(replace(unit.people.person("person-1"), name="样"))
        unit.commit()
    assert _persons(store, "s") == _persons(store, "试") == []
    assert _persons(store, "y") == _persons(store, "样") == ["person-1"]


def test_a_renamed_applicant_is_found_by_the_new_name_only(store: SqlStore) -> None:
    keep(store, case(1, answers={"applicant.name": "试"}))
    with store.write() as unit:
        changed = replace(unit.cases.get("case-1"), answers={"applicant.name": "样"})
        unit.cases.save(changed)
        unit.commit()
    assert _cases(store, "s") == []
    assert _cases(store, "y") == ["case-1"]


@pytest.mark.parametrize(
    "text",
    [
        "DL-210213001-261120-0007",
        "dl-2102",
        "DL-210213001-261120",
        "0007",
        "1120-0007",
        "-0007",
        "7",
        NUMBER,
        NUMBER[-4:],
        NUMBER[:6],
        "单",
        "单雄信",
        "sxx",
        "dx",
    ],
)
def test_a_case_is_found_by(store: SqlStore, text: str) -> None:
    answers = {"applicant.name": "单雄信", "applicant.citizen_id": NUMBER}
    keep(store, case(1, number="DL-210213001-261120-0007", answers=answers), case(2, answers={}))
    assert _cases(store, text) == ["case-1"]


def test_hits_show_the_whole_name_and_number(store: SqlStore) -> None:
    keep(store, case(1))
    with store.read() as unit:
        (row,) = unit.search.cases(NUMBER)
    assert (row.name, row.citizen_id) == (synthetic.name(1), NUMBER)


def test_no_more_than_asked_for_and_none_twice(store: SqlStore) -> None:
    keep(store, *(person(order, name="单乐") for order in range(30)))
    assert len(_persons(store, "单")) == 20
    assert len(_persons(store, "s", limit=7)) == 7
    assert len(set(_persons(store, "s", limit=30))) == 30
    assert _persons(store, "单", limit=0) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tail=synthetic.names() | synthetic.hostile_texts(), cut=st.integers(1, 50))
@example(tail="%_\\", cut=2)
@example(tail="'; drop table persons; --", cut=4)
def test_a_name_is_found_by_each_beginning(store: SqlStore, tail: str, cut: int) -> None:
    name = f"试{tail}"
    typed = name[:cut]
    assume(typed == plain_words(typed))  # these are mended
    with store.write() as unit:
        unit.people.add_person(person(1, name=name))
        assert [row.id for row in unit.search.persons(typed)] == ["person-1"]
        assert unit.search.persons(name + "样") == ()


def test_every_look_up_is_a_range_of_an_index(store: SqlStore) -> None:
    keep(store, household(), person(1), stay(1), case(1, number="DL-1-261120-0001"))
    asked: list[tuple[str, Any]] = []

    def note(conn: object, cursor: object, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    event.listen(store.engine, "before_cursor_execute", note)
    for text in ("210283", NUMBER[-4:], "试", "sjy", "0001", "DL-1"):
        _persons(store, text)
        _cases(store, text)
    event.remove(store.engine, "before_cursor_execute", note)
    assert len(asked) >= 12
    with store.engine.connect() as connection:
        for statement, values in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            assert not [row for row in plan if "SCAN" in str(row[3])], (statement, plan)
