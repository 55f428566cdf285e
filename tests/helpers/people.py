"""Answers of synthetic applicants, complete for each way to settle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.domain.citizen_id import synthetic
from tests.helpers.synthetic import name

TOWN = "210283001"
"""A street of 庄河 (新区, 城镇)."""
OTHER_CITY = "210102"

_COMMON = {
    "applicant.ethnicity": "01",
    "applicant.phone": "13000000000",
    "applicant.hukou_address": "演练镇演练村12号",
}
_IN_TOWN = {
    "household.mode": "new",
    "residence.address": "大连市庄河市演练街道演练路12号3单元1号",
    "residence.sub_district": TOWN,
    "residence.lawful_stable": "true",
    "residence.tenure": "owned",
}
_IN_CITY_CENTRE = {
    "household.mode": "new",
    "residence.sub_district": "210202001",
    "residence.address": "大连市中山区演练街1号",
    "residence.lawful_stable": "true",
    "residence.tenure": "rented",
}
_OF_PROCEDURE: Mapping[str, Mapping[str, str]] = {
    "zero_threshold": {
        **_IN_TOWN, "applicant.hukou_region": "210283", "applicant.hukou_kind": "rural",
    },
    "new_district_open": {**_IN_TOWN, "applicant.hukou_region": OTHER_CITY},
    "student_collective": {
        "applicant.hukou_region": OTHER_CITY,
        "school.code": "19999",
        "student.admission_number": "YL2017-0001",
        "student.newly_admitted": "true",
        "school.regular_higher_education": "true",
        "school.in_dalian": "true",
        "school.enrolment_qualified": "true",
    },
    "veteran": {
        **_IN_TOWN,
        "applicant.hukou_region": OTHER_CITY,
        "applicant.left_active_service": "true",
        "veteran.letter_number": "YL-0001",
    },
    "points": {
        **_IN_CITY_CENTRE,
        "applicant.hukou_region": OTHER_CITY,
        "residence.permit_held": "true",
        "occupation.lawful_stable": "true",
        "occupation.employer": "大连演练公司",
        "insurance.years": "6",
        "residence.continuous_years": "6",
    },
    "policy_approval": {
        **_IN_CITY_CENTRE,
        "applicant.hukou_region": OTHER_CITY,
        "approval.ground": "夫妻投靠",
    },
}
PROCEDURES = tuple(_OF_PROCEDURE)


def applicant(order: int = 1, *, birth: date = date(1978, 3, 15)) -> dict[str, str]:
    """Who the synthetic applicant of that order is."""
    number = synthetic("210283", birth, order)
    return {
        "applicant.citizen_id": number.text,
        "applicant.name": name(order),
        "applicant.sex": number.sex,
        "applicant.birth_date": birth.isoformat(),
    }


def answers_for(
    procedure: str, order: int = 1, *, birth: date = date(1978, 3, 15), **changes: str
) -> dict[str, str]:
    """All that the procedure asks, so that it is open; dots in ids are written ``__``."""
    given = {**_COMMON, **_OF_PROCEDURE[procedure], **applicant(order, birth=birth)}
    given |= {key.replace("__", "."): value for key, value in changes.items()}
    return given
