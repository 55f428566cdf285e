"""The rules between persons and households."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import CounterError
from desktop_app.domain.people import (
    FEMALE_RELATIONS,
    HEAD,
    MALE_RELATIONS,
    NOT_KIN,
    Household,
    HouseholdKind,
    Membership,
    Person,
    age_on,
    check_household,
    check_relation,
    require_sound,
)


def household(kind: HouseholdKind = HouseholdKind.FAMILY, collective: str = "") -> Household:
    return Household("h", "000000001", kind, "s", "演练路1号", "111", "210283001",
                     date(2017, 6, 1), collective_kind=collective)


def member(relation: str, sex: str = "1") -> tuple[Membership, Person]:
    person = Person("p", "210283197803154219", "演练甲", sex, "01", date(1978, 3, 15))
    return Membership("m", "p", "h", relation, date(2017, 6, 1)), person


def test_a_family_household_has_exactly_one_head() -> None:
    assert check_household(household(), [member(HEAD)]) == ()
    none = check_household(household(), [member("20")])
    two = check_household(household(), [member(HEAD), member(HEAD, "2")])
    assert [fault.blocks for fault in none + two] == [True, True]
    assert "现有 2 名" in two[0].message


def test_two_spouses_are_an_alert_only() -> None:
    faults = check_household(household(), [member(HEAD), member("12", "2"), member("12", "2")])
    assert [fault.blocks for fault in faults] == [False]


def test_an_empty_household_is_sound() -> None:
    assert check_household(household(), []) == ()


def test_a_collective_household_names_its_kind_and_has_no_kin() -> None:
    sound = household(HouseholdKind.COLLECTIVE, "学生集体户")
    assert check_household(sound, [member(NOT_KIN), member(NOT_KIN)]) == ()
    assert len(check_household(household(HouseholdKind.COLLECTIVE), [member(HEAD)])) == 2


def test_relation_and_sex_must_agree_but_only_as_an_alert() -> None:
    assert check_relation("20", "1") == ()
    assert [fault.blocks for fault in check_relation("20", "2")] == [False]
    assert [fault.blocks for fault in check_relation("30", "1")] == [False]


@given(st.sampled_from(sorted(MALE_RELATIONS)))
def test_no_relation_is_for_both_sexes_only(relation: str) -> None:
    assert relation not in FEMALE_RELATIONS


def test_blocking_faults_stop_and_alerts_do_not() -> None:
    require_sound(check_relation("20", "2"))
    with pytest.raises(CounterError, match="户主"):
        require_sound(check_household(household(), [member("20")]))


def test_a_stay_is_half_open() -> None:
    stay = Membership("m", "p", "h", HEAD, date(2017, 6, 1)).ended(date(2018, 1, 1), "0595", "x")
    assert stay.on(date(2017, 6, 1))
    assert stay.on(date(2017, 12, 31))
    assert not stay.on(date(2018, 1, 1))
    assert not stay.on(date(2017, 5, 31))


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(0, 100))
def test_age_grows_on_the_birthday(birth: date, years: int) -> None:
    if (birth.month, birth.day) == (2, 29):
        return
    birthday = birth.replace(year=birth.year + years)
    assert age_on(birth, birthday) == years
    assert age_on(birth, date.fromordinal(birthday.toordinal() - 1)) == years - 1
