"""Facts: the values they take, and how answers become facts."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.errors import InputError
from desktop_app.domain.facts import FACTS, FactDef, FactKind, derive
from desktop_app.domain.legal import InForce
from desktop_app.domain.zones import Settlement, SubDistrict, Zone

DAY = date(2017, 6, 1)
BIRTH = FactDef("x.day", FactKind.DATE, "日期", "哪天？")


class OneTown:
    """A policy book that knows one town and one area that is marked 待核."""

    def sub_district(self, sub_district_id: str, on: date) -> SubDistrict | None:
        zone = {"210283101": Zone.NEW_DISTRICT, "210214001": None}
        if sub_district_id not in zone or on < DAY:
            return None
        return SubDistrict(
            sub_district_id, "镇", "210283", "area", Settlement.TOWN, zone[sub_district_id],
            True if zone[sub_district_id] else None, InForce(DAY), "来源", "z",
        )

    def hukou_kind_of(self, origin_code: str) -> str | None:
        return {"220": "rural"}.get(origin_code)


BOOK = OneTown()


@pytest.mark.parametrize(("fact", "given", "value"), [
    ("residence.in_town", True, True),
    ("residence.in_town", "false", False),
    ("residence.zone", "new_urban", "new_urban"),
    ("insurance.years", 3, 3),
    ("insurance.years", 0, 0),
    ("insurance.years", "2.5", 2.5),
    ("applicant.hukou_region", "219010", "219010"),
])
def test_values_that_fit(fact: str, given: object, value: object) -> None:
    assert FACTS[fact].read(given) == value


@pytest.mark.parametrize(("fact", "given", "written"), [
    ("residence.in_town", 1, "1"),
    ("residence.in_town", "yes", "yes"),
    ("residence.zone", "new_district_town", "new_district_town"),
    ("residence.zone", True, "true"),
    ("residence.zone", None, "null"),
    ("insurance.years", -1, "-1"),
    ("insurance.years", True, "true"),
    ("insurance.years", 151, "151"),
    ("insurance.years", "999", "999"),
    ("insurance.years", float("nan"), "NaN"),
    ("insurance.years", float("inf"), "Infinity"),
    ("insurance.years", "many", "many"),
    ("applicant.hukou_region", 210283, "210283"),
    ("applicant.hukou_region", "2102", "2102"),
    ("applicant.hukou_region", "２１０２８３", "２１０２８３"),
    ("applicant.hukou_region", ["210283"], '["210283"]'),
])
def test_values_that_do_not_fit_are_told_by_label_and_remedy(
    fact: str, given: object, written: str
) -> None:
    with pytest.raises(InputError) as caught:
        FACTS[fact].read(given)
    assert caught.value.message == f"{FACTS[fact].label}的值不对：{written}"
    assert caught.value.remedy
    assert caught.value.field == fact


def test_dates_are_iso_text() -> None:
    assert BIRTH.read("2017-05-09") == "2017-05-09"
    with pytest.raises(InputError, match="2017-06-01"):
        BIRTH.read("2017-02-30")
    with pytest.raises(InputError):
        BIRTH.read(20170509)


def test_values_in_words() -> None:
    assert FACTS["residence.in_town"].words(True) == "是"
    assert FACTS["consent.given"].words(False) == "否"
    assert FACTS["residence.zone"].words("new_district") == "新区"
    assert FACTS["insurance.years"].words(2.5) == "2.5"


def test_a_sub_district_gives_zone_and_town() -> None:
    facts = derive({"residence.sub_district": "210283101"}, BOOK, DAY)
    assert facts == {"residence.zone": "new_district", "residence.in_town": True}


def test_an_unverified_area_and_an_unknown_one_give_nothing() -> None:
    assert derive({"residence.sub_district": "210214001"}, BOOK, DAY) == {}
    assert derive({"residence.sub_district": "999999999"}, BOOK, DAY) == {}
    assert derive({"residence.sub_district": "210283101"}, BOOK, date(2017, 1, 1)) == {}


def test_a_direct_answer_wins_over_what_would_be_derived() -> None:
    answers = {"residence.sub_district": "210283101", "residence.in_town": "false",
               "applicant.origin_code": "220", "applicant.hukou_kind": "urban"}
    assert derive(answers, BOOK, DAY) == {
        "residence.zone": "new_district", "residence.in_town": False,
        "applicant.hukou_kind": "urban",
    }


def test_the_origin_code_gives_the_hukou_kind() -> None:
    assert derive({"applicant.origin_code": "220"}, BOOK, DAY) == {"applicant.hukou_kind": "rural"}


def test_empty_answers_and_other_fields_give_nothing() -> None:
    assert derive({"applicant.name": "演练", "residence.zone": "", "consent.given": None},
                  BOOK, DAY) == {}


def test_the_region_of_the_number_is_not_taken_for_the_hukou() -> None:
    """The first six digits say where a number was first allotted (GB 11643), no more."""
    assert derive({"applicant.citizen_id": "210283199001011237"}, BOOK, DAY) == {}


def test_a_wrong_answer_names_its_fact() -> None:
    with pytest.raises(InputError, match="社会保险年限的值不对"):
        derive({"insurance.years": "several"}, BOOK, DAY)


@pytest.mark.parametrize("fact", ["points.threshold_reached", "approval.ground_accepted",
                                  "veteran.talent_confirmed"])
def test_facts_beyond_the_contract_are_the_supervisors(fact: str) -> None:
    assert FACTS[fact].asked_of == "supervisor"
    assert FACTS[fact].read(True) is True
