"""Persons, households and stays in tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, case, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from desktop_app.adapters.storage.initials import initials
from desktop_app.adapters.storage.mapping import (
    household_columns,
    person_columns,
    stay_columns,
    to_household,
    to_person,
    to_stay,
)
from desktop_app.adapters.storage.rows import (
    HouseholdRecord,
    PersonInitials,
    PersonRecord,
    StayRecord,
)
from desktop_app.adapters.storage.search import person_rows
from desktop_app.domain.errors import Conflict, Missing
from desktop_app.domain.people import HEAD, Household, Membership, Person
from desktop_app.services.ports import PersonRow

_SIMILAR = 20


class SqlPeople:
    """The register of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_person(self, person: Person) -> None:
        """Register a person; Conflict when the number is taken."""
        self._require_free(person)
        self._session.add(PersonRecord(**person_columns(person)))
        self._session.flush()
        self._index_name(person)

    def save_person(self, person: Person) -> Person:
        """Keep changed items; Conflict when the record moved on or the number is taken."""
        record = self._person(person.id)
        if record.version != person.version:
            raise Conflict("此人登记项目已被另一窗口改过", "重新打开登记表再改")
        if record.citizen_id != person.citizen_id:
            self._require_free(person)
        renamed = record.name != person.name
        changed = replace(person, version=person.version + 1)
        for column, value in person_columns(changed).items():
            setattr(record, column, value)
        self._session.flush()
        if renamed:
            mine = PersonInitials.person_id == person.id
            self._session.execute(delete(PersonInitials).where(mine))
            self._index_name(changed)
        return changed

    def person(self, person_id: str) -> Person:
        """The person; raises Missing."""
        return to_person(self._person(person_id))

    def by_citizen_id(self, citizen_id: str) -> Person | None:
        """The person of that number."""
        record = self._session.scalars(
            select(PersonRecord).where(PersonRecord.citizen_id == citizen_id)
        ).one_or_none()
        return to_person(record) if record else None

    def similar(self, name: str, birth_date: date) -> tuple[PersonRow, ...]:
        """Others of the same name and birth date."""
        chosen = (
            select(PersonRecord.id)
            .where(PersonRecord.name == name, PersonRecord.birth_date == birth_date)
            .limit(_SIMILAR)
        )
        return person_rows(self._session, self._session.scalars(chosen).all())

    def add_household(self, household: Household) -> None:
        """Open a household; Conflict when an open one has its number."""
        if household.closed is None:
            self._require_free_number(household)
        self._session.add(HouseholdRecord(**household_columns(household)))
        self._session.flush()

    def save_household(self, household: Household) -> Household:
        """Keep a changed household; Conflict when it moved on."""
        record = self._household(household.id)
        if record.version != household.version:
            raise Conflict("此户已被另一窗口改过", "重新打开此户再改")
        changed = replace(household, version=household.version + 1)
        for column, value in household_columns(changed).items():
            setattr(record, column, value)
        self._session.flush()
        return changed

    def household(self, household_id: str) -> Household:
        """The household; raises Missing."""
        return to_household(self._household(household_id))

    def household_by_number(self, number: str) -> Household | None:
        """The open household of that number (户号) at this station."""
        record = self._session.scalars(
            select(HouseholdRecord)
            .where(HouseholdRecord.number == number, HouseholdRecord.closed.is_(None))
            .limit(1)
        ).first()
        return to_household(record) if record else None

    def members_on(self, household_id: str, day: date) -> tuple[tuple[Membership, Person], ...]:
        """Who belongs to the household on that day, head first."""
        found = self._session.execute(
            select(StayRecord, PersonRecord)
            .join(PersonRecord, PersonRecord.id == StayRecord.person_id)
            .where(*_belongs(household_id, day))
            .order_by(
                case((StayRecord.relation == HEAD, 0), else_=1), StayRecord.since, StayRecord.id
            )
        )
        return tuple((to_stay(stay), to_person(person)) for stay, person in found)

    def count_on(self, household_id: str, day: date) -> int:
        """How many belong to the household on that day."""
        counted = select(func.count()).select_from(StayRecord).where(*_belongs(household_id, day))
        return self._session.scalar(counted) or 0

    def add_stay(self, stay: Membership) -> None:
        """Begin a stay; Conflict when the person still has an open one."""
        if stay.until is None and self._has_open_stay(stay.person_id):
            raise Conflict("此人在另一户的登记还没有结束", "先办迁出或住址变动再登记")
        self._session.add(StayRecord(**stay_columns(stay)))
        self._session.flush()

    def save_stay(self, stay: Membership) -> None:
        """Keep a stay that ended or changed its relation; raises Missing."""
        record = self._session.get(StayRecord, stay.id)
        if record is None:
            raise Missing("没有这条户内登记", "重新打开登记表再办")
        for column, value in stay_columns(stay).items():
            setattr(record, column, value)
        self._session.flush()

    def stays_of(self, person_id: str) -> tuple[Membership, ...]:
        """Every stay of a person, oldest first."""
        found = self._session.scalars(
            select(StayRecord)
            .where(StayRecord.person_id == person_id)
            .order_by(StayRecord.since, StayRecord.id)
        )
        return tuple(map(to_stay, found))

    def _person(self, person_id: str) -> PersonRecord:
        record = self._session.get(PersonRecord, person_id)
        if record is None:
            raise Missing("没有这个人的登记", "在“查询”里按号码或姓名找")
        return record

    def _household(self, household_id: str) -> HouseholdRecord:
        record = self._session.get(HouseholdRecord, household_id)
        if record is None:
            raise Missing("没有这一户", "在“查询”里按户号找")
        return record

    def _require_free(self, person: Person) -> None:
        taken = select(PersonRecord.id).where(PersonRecord.citizen_id == person.citizen_id)
        if self._session.scalars(taken).first() is not None:
            raise Conflict("公民身份号码已登记在本所", "在“查询”里打开此人核对")

    def _require_free_number(self, household: Household) -> None:
        taken = select(HouseholdRecord.id).where(
            HouseholdRecord.number == household.number,
            HouseholdRecord.station == household.station,
            HouseholdRecord.closed.is_(None),
        )
        if self._session.scalars(taken).first() is not None:
            raise Conflict(f"户号 {household.number} 已有人使用", "换一个户号再登记")

    def _has_open_stay(self, person_id: str) -> bool:
        found = select(StayRecord.id).where(
            StayRecord.person_id == person_id, StayRecord.until.is_(None)
        )
        return self._session.scalars(found).first() is not None

    def _index_name(self, person: Person) -> None:
        ways = [{"initials": way, "person_id": person.id} for way in initials(person.name)]
        if ways:
            self._session.execute(insert(PersonInitials), ways)


def _belongs(household_id: str, day: date) -> tuple[ColumnElement[bool], ...]:
    """Stays in a household that hold on a day."""
    return (
        StayRecord.household_id == household_id,
        StayRecord.since <= day,
        or_(StayRecord.until.is_(None), StayRecord.until > day),
    )
