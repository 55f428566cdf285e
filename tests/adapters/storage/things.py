"""Synthetic cases, persons and households for the tests of the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desktop_app.adapters.storage.unit_of_work import SqlStore
from desktop_app.domain.case import Case, Status
from desktop_app.domain.people import HEAD, Household, HouseholdKind, Membership, Person
from tests.helpers import synthetic

KEY = bytes(range(32))
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)


@dataclass
class SetClock:
    """A clock that stands until it is moved."""

    moment: datetime = field(default=NOON)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def go(self, **step: float) -> None:
        self.moment += timedelta(**step)


def case(order: int = 1, **changes: Any) -> Case:
    """A draft of the synthetic person of that order."""
    members: dict[str, Any] = {
        "id": f"case-{order}",
        "procedure": "zero_threshold",
        "status": Status.DRAFT,
        "law_day": DAY,
        "opened_by": "clerk",
        "opened_at": NOON + timedelta(minutes=order),
        "workstation": "W1",
        "answers": {
            "applicant.name": synthetic.name(order),
            "applicant.citizen_id": synthetic.number(order).text,
        },
        "touched_at": NOON + timedelta(minutes=order),
    }
    return Case(**{**members, **changes})


def person(order: int = 1, **changes: Any) -> Person:
    """The synthetic person of that order."""
    number = synthetic.number(order)
    members: dict[str, Any] = {
        "id": f"person-{order}",
        "citizen_id": number.text,
        "name": synthetic.name(order),
        "sex": number.sex,
        "ethnicity": "01",
        "birth_date": number.birth_date,
    }
    return Person(**{**members, **changes})


def household(order: int = 1, **changes: Any) -> Household:
    """A family household."""
    members: dict[str, Any] = {
        "id": f"household-{order}",
        "number": f"{order:09d}",
        "kind": HouseholdKind.FAMILY,
        "sub_district": "210213001",
        "address": f"样板路 {order} 号",
        "urban_rural": "111",
        "station": "210213001",
        "opened": DAY,
    }
    return Household(**{**members, **changes})


def stay(order: int = 1, home: int = 1, **changes: Any) -> Membership:
    """The stay of a person in a household, as its head."""
    members: dict[str, Any] = {
        "id": f"stay-{order}-{home}",
        "person_id": f"person-{order}",
        "household_id": f"household-{home}",
        "relation": HEAD,
        "since": DAY,
    }
    return Membership(**{**members, **changes})


def keep(store: SqlStore, *kept: Case | Person | Household | Membership) -> None:
    """Put things into the store in one transaction."""
    with store.write() as unit:
        for thing in kept:
            match thing:
                case Case():
                    unit.cases.add(thing)
                case Person():
                    unit.people.add_person(thing)
                case Household():
                    unit.people.add_household(thing)
                case Membership():
                    unit.people.add_stay(thing)
        unit.commit()
