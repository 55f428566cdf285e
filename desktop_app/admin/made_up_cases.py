"""Invented applications for training: complete answers for each way to settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.admin.synthetic import MARK, People
from desktop_app.domain.people import Person
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.station import Station
from desktop_app.domain.zones import SubDistrict, Zone

_OTHER_CITY = "210102"
_RURAL_HERE = ("210224", "210283", "210281", "210214")
_RURAL_CODE = "220"
_OF_WAY: Mapping[str, Mapping[str, str]] = {
    "zero_threshold": {"applicant.hukou_kind": "rural", "applicant.origin_code": _RURAL_CODE},
    "student_collective": {
        "student.newly_admitted": "true",
        "school.regular_higher_education": "true",
        "school.in_dalian": "true",
        "school.enrolment_qualified": "true",
    },
    "veteran": {"applicant.left_active_service": "true"},
    "new_district_open": {"applicant.hukou_kind": "urban"},
    "points": {
        "residence.permit_held": "true",
        "occupation.lawful_stable": "true",
        "occupation.employer": f"大连{MARK}公司",
        "insurance.years": "6",
        "residence.continuous_years": "6",
    },
    "policy_approval": {"approval.ground": "夫妻投靠"},
}
_IN_THE_CITY = frozenset({"points", "policy_approval"})
"""Ways that lead into the main or the new urban area; all others lead into the new districts."""


@dataclass(frozen=True)
class Applications:
    """Makes up who applies for what, for a station on a day."""

    people: People
    book: PolicyBook
    station: Station
    today: date

    def answers(self, procedure_id: str, order: int) -> dict[str, str]:
        """Answers that open the way; ``order`` numbers the documents. Only fields it asks."""
        place = self._place(procedure_id in _IN_THE_CITY)
        given = {
            **self._applicant(),
            **self._home(place),
            "applicant.hukou_region": self._origin(procedure_id),
            "applicant.hukou_address": f"{MARK}镇{MARK}村{order % 300 + 1}号",
            "household.mode": "new",
            "student.admission_number": f"YL{self.today.year}-{order:05d}",
            "veteran.letter_number": f"YL-{order:05d}",
            **_OF_WAY.get(procedure_id, {}),
        }
        if self.station.schools:
            given["school.code"] = self.station.schools[0].code
        asked = self.book.procedure(procedure_id, self.today).fields
        return {field: value for field, value in given.items() if field in asked}

    def _applicant(self) -> dict[str, str]:
        person = self.people.person(oldest=55)
        return {
            "applicant.citizen_id": person.citizen_id,
            "applicant.name": person.name,
            "applicant.ethnicity": person.ethnicity,
            "applicant.phone": "130" + "0" * 8,
            **_details(person),
        }

    def _home(self, place: SubDistrict) -> dict[str, str]:
        return {
            "residence.sub_district": place.id,
            "residence.address": self.people.address(place),
            "residence.lawful_stable": "true",
            "residence.tenure": self.people.choice(("owned", "owned", "rented", "relative")),
        }

    def _origin(self, procedure_id: str) -> str:
        if procedure_id == "zero_threshold":
            return self.people.choice(_RURAL_HERE)
        return _OTHER_CITY

    def _place(self, in_the_city: bool) -> SubDistrict:
        """A town place of the right zone, of the station's own region if there is one."""
        zones = (Zone.MAIN_URBAN, Zone.NEW_URBAN) if in_the_city else (Zone.NEW_DISTRICT,)
        known = self.book.sub_districts(self.today)
        fitting = [place for place in known if place.zone in zones and place.in_town]
        own = [place for place in fitting if place.region == self.station.region]
        return self.people.choice(own or fitting)


def _details(person: Person) -> dict[str, str]:
    return {f"applicant.{item}": value for item, value in person.details.items()}
