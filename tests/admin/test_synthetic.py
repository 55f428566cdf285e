"""Invented people: well-formed, varied, sound households, and the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest

from desktop_app.admin.synthetic import Family, People
from desktop_app.domain.citizen_id import parse
from desktop_app.domain.fields import FIELDS, masked_name
from desktop_app.domain.fields import parse as parse_field
from desktop_app.domain.legal import InForce
from desktop_app.domain.people import check_household
from desktop_app.domain.zones import Settlement, SubDistrict, Zone

TODAY = date(2026, 3, 1)
PLACES = [
    SubDistrict(
        "210281101",
        "复州城镇",
        "210281",
        "wafangdian",
        Settlement.TOWN,
        Zone.NEW_DISTRICT,
        True,
        InForce(date(2017, 4, 1)),
        "待核",
        "fzcz",
    ),
    SubDistrict(
        "210281201",
        "赵屯乡",
        "210281",
        "wafangdian",
        Settlement.TOWNSHIP,
        Zone.NEW_DISTRICT,
        False,
        InForce(date(2017, 4, 1)),
        "待核",
        "ztx",
    ),
]


def families(seed: int) -> Iterator[Family]:
    return islice(People(seed, TODAY).families(PLACES, "210281901"), 1200)


@pytest.fixture(scope="module")
def many() -> list[Family]:
    return list(families(7))


def test_nobody_is_made_up_twice(many: list[Family]) -> None:
    people = [person for family in many for _, person in family.members]
    assert len({person.citizen_id for person in people}) == len(people)
    assert len({person.id for person in people}) == len(people)
    assert [family.household.number for family in many[:2]] == ["000000001", "000000002"]
    assert len({family.household.number for family in many}) == len(many)


def test_the_same_seed_makes_the_same_people_another_others(many: list[Family]) -> None:
    assert list(families(7)) == many
    assert next(families(8)) != many[0]


def test_every_person_is_well_formed(many: list[Family]) -> None:
    for family in many:
        for _, person in family.members:
            number = parse(person.citizen_id)
            assert (number.birth_date, number.sex) == (person.birth_date, person.sex)
            assert person.birth_date <= TODAY
            assert parse_field(FIELDS["applicant.name"], person.name) == person.name


def test_every_household_is_sound_and_says_what_it_is(many: list[Family]) -> None:
    for family in many:
        assert check_household(family.household, family.members) == ()
        assert "演练" in family.household.address
        assert all(stay.household_id == family.household.id for stay, _ in family.members)
        assert all(stay.person_id == person.id for stay, person in family.members)
        assert all(stay.since >= family.household.opened for stay, _ in family.members)


def test_names_are_of_every_kind(many: list[Family]) -> None:
    names = [person.name for family in many for _, person in family.members]
    assert any("·" in name for name in names)
    assert any(ord(char) > 0xFFFF for name in names for char in name)
    assert {2, 3} <= {len(name) for name in names}
    assert any(len(name) > 10 for name in names)
    assert len({masked_name(name) for name in names}) > 90
