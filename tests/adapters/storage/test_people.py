"""Persons, households and stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.errors import Conflict, Missing
from desktop_app.domain.people import NOT_KIN
from tests.adapters.storage.things import DAY, household, keep, person, stay
from tests.helpers import synthetic


def test_a_person_comes_back_with_details(store: SqlStore) -> None:
    kept = person(name=synthetic.LONG_NAME, details={"birth_place": "样板", "blood": "1"})
    keep(store, kept)
    with store.read() as unit:
        assert unit.people.person("person-1") == kept
        assert unit.people.by_citizen_id(kept.citizen_id) == kept
        assert unit.people.by_citizen_id("") is None


def test_a_taken_number_conflicts_on_adding_and_on_changing(store: SqlStore) -> None:
    keep(store, person(1), person(2))
    taken = person(1).citizen_id
    with store.write() as unit:
        with pytest.raises(Conflict, match="已登记"):
            unit.people.add_person(person(3, citizen_id=taken))
        with pytest.raises(Conflict, match="已登记"):
            unit.people.save_person(replace(person(2), citizen_id=taken))
        unit.people.add_person(person(4))  # the transaction goes on
        unit.commit()


def test_a_stale_person_and_a_stale_household_conflict(store: SqlStore) -> None:
    keep(store, person(), household())
    with store.write() as unit:
        assert unit.people.save_person(person()).version == 1
        assert unit.people.save_household(household()).version == 1
        with pytest.raises(Conflict):
            unit.people.save_person(person())
        with pytest.raises(Conflict):
            unit.people.save_household(household())


def test_what_is_not_there_is_missing(store: SqlStore) -> None:
    with store.write() as unit:
        for act in (
            lambda: unit.people.person("x"),
            lambda: unit.people.household("x"),
            lambda: unit.people.save_stay(stay()),
            lambda: unit.cases.get("x"),
            lambda: unit.papers.get("x"),
            lambda: unit.papers.pdf("x"),
        ):
            with pytest.raises(Missing):
                act()


def test_a_household_number_is_free_again_after_it_closed(store: SqlStore) -> None:
    keep(store, household(1))
    with store.write() as unit:
        with pytest.raises(Conflict, match="户号"):
            unit.people.add_household(household(2, number=household(1).number))
        unit.people.save_household(replace(household(1), closed=DAY))
        unit.people.add_household(household(2, number=household(1).number))
        found = unit.people.household_by_number(household(1).number)
        assert found is not None
        assert found.id == "household-2"


def test_members_on_a_day_head_first(store: SqlStore) -> None:
    earlier = DAY - timedelta(days=9)
    keep(
        store,
        household(),
        person(1),
        person(2),
        person(3),
        stay(1, since=earlier, relation=NOT_KIN),
        stay(2),
        stay(3, since=earlier, until=DAY),
    )
    with store.read() as unit:
        today = unit.people.members_on("household-1", DAY)
        before = unit.people.members_on("household-1", DAY - timedelta(days=1))
        assert unit.people.count_on("household-1", DAY) == len(today)
        assert unit.people.count_on("household-1", DAY - timedelta(days=9)) == len(before)
        assert unit.people.count_on("household-2", DAY) == 0
    assert [(each.id, who.id) for each, who in today] == [
        ("stay-2-1", "person-2"),
        ("stay-1-1", "person-1"),
    ]
    assert [who.id for _, who in before] == ["person-3", "person-1"]


def test_nobody_has_two_open_stays(store: SqlStore) -> None:
    keep(store, household(1), household(2), person(), stay(1, 1))
    with store.write() as unit:
        with pytest.raises(Conflict, match="没有结束"):
            unit.people.add_stay(stay(1, 2))
        unit.people.save_stay(stay(1, 1).ended(DAY, "迁出", "样板路"))
        unit.people.add_stay(stay(1, 2))
        unit.commit()
    with store.read() as unit:
        assert unit.people.stays_of("person-1") == (
            stay(1, 1).ended(DAY, "迁出", "样板路"),
            stay(1, 2),
        )


def test_similar_persons_come_with_their_address(store: SqlStore) -> None:
    twin = person(2, name=person(1).name, birth_date=person(1).birth_date)
    keep(store, household(), person(1), twin, person(3), stay(2))
    with store.read() as unit:
        found = unit.people.similar(person(1).name, person(1).birth_date)
    assert {row.id: row.address for row in found} == {"person-1": "", "person-2": "样板路 1 号"}
