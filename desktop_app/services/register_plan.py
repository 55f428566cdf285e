"""What a decided case will write into the register, worked out before anything is written.

Acts: 住址变动 within the city (户口登记条例 10: a move inside one jurisdiction), 迁入 from outside,
恢复 of a veteran's registration with the number kept for life (居民身份证法 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.case import Case
from desktop_app.domain.errors import InputError, NotAllowed
from desktop_app.domain.people import (
    HEAD,
    NOT_KIN,
    Household,
    HouseholdKind,
    Membership,
    Person,
    check_household,
    require_sound,
)
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.station import Station
from desktop_app.services.answers import code_words
from desktop_app.services.case_facts import JOIN
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.words import with_region

IN_CITY, MOVE_IN, RESTORE = "address_change", "move_in", "restore"
COLLECTIVE = "collective"
STUDENTS = "1"
RURAL = "rural"
OTHER_KIN = "97"

#: Codes of the change_scope table (变动范围).
SCOPE_SAME_STATION, SCOPE_SAME_DISTRICT, SCOPE_SAME_CITY = "15", "21", "30"
SCOPE_SAME_PROVINCE, SCOPE_OTHER_PROVINCE = "40", "50"

_CITY_TABLE = "dalian"
_PERSON_FIELDS = frozenset({"citizen_id", "name", "sex", "ethnicity", "birth_date"})
#: What a case asks about the applicant and the register does not hold.
NOT_OF_PERSON = frozenset({
    "phone", "hukou_address", "hukou_region", "hukou_kind", "origin_code", "left_active_service",
})


def in_city(region: str, book: PolicyBook) -> bool:
    """Whether a region code, present or abolished, belongs to the city."""
    return _CITY_TABLE in book.codes and region in book.codes[_CITY_TABLE].by_value


def effective_act(procedure: Procedure, answers: Mapping[str, str], book: PolicyBook) -> str:
    """The act on the register: a move from inside the city is 住址变动, whatever the way is."""
    act = procedure.register.act
    if act == MOVE_IN and in_city(answers.get("applicant.hukou_region", ""), book):
        return IN_CITY
    return act


@dataclass(frozen=True)
class Plan:
    """The rows a registration will write.

    ``person`` and ``household`` are to be added when ``new_person`` and ``new_household`` say so;
    ``ended`` is the stay that this move ends, ``relabelled`` the stays that get another relation
    because the head of their household leaves.
    """

    act: str
    person: Person
    new_person: bool
    household: Household
    new_household: bool
    stay: Membership
    ended: Membership | None = None
    relabelled: tuple[Membership, ...] = ()


@dataclass(frozen=True)
class Planner:
    """Works out plans for one unit of work; ids and numbers are handed in by the service."""

    uow: UnitOfWork
    book: PolicyBook
    station: Station
    on: date

    def plan(
        self, case: Case, procedure: Procedure, *, ids: tuple[str, str, str],
        household_number: str, new_head: str = "", relations: Mapping[str, str] | None = None,
    ) -> Plan:
        """The plan for a case. ``ids`` are for the person, the household and the stay if new.

        Raises CounterError when the household would not be sound, NotAllowed when the person is
        registered here already, InputError when a head leaves and ``new_head`` names nobody.
        """
        person_id, household_id, stay_id = ids
        act = effective_act(procedure, case.answers, self.book)
        known = known_as(self.uow, case)
        person = brought_up(self.uow, known, case) if known else new_person(person_id, case)
        current = self._current_stay(person, known is not None, act)
        found = self._household(case, procedure)
        if current is not None and found is not None and current.household_id == found.id:
            raise NotAllowed(f"此号码已登记在户号 {found.number}", "核对入户户号")
        household = found or self.new_household(
            case, procedure, household_id, household_number
        )
        stay = self.stay(case, procedure, person, household, stay_id, act, current)
        if found is not None:
            # No rule of a collective household looks at two members at once, and it may have ten
            # thousand of them.
            alone = found.kind is HouseholdKind.COLLECTIVE
            members = () if alone else self.uow.people.members_on(found.id, self.on)
            require_sound(check_household(found, (*members, (stay, person))))
        ended = None if current is None else current.ended(
            self.on, stay.reason, case.answers.get("residence.address", household.address)
        )
        relabelled = () if ended is None else succession(
            self.uow, ended, self.on, new_head, relations or {}
        )
        return Plan(
            act, person, known is None, household, found is None, stay, ended, relabelled
        )

    def _current_stay(self, person: Person, known: bool, act: str) -> Membership | None:
        stays = self.uow.people.stays_of(person.id) if known else ()
        current = next((stay for stay in stays if stay.on(self.on)), None)
        if current is not None and act != IN_CITY:
            raise NotAllowed("此号码已在本所登记", "核对登记簿，查明后再登记")
        return current

    def _household(self, case: Case, procedure: Procedure) -> Household | None:
        if procedure.register.household == COLLECTIVE:
            return self.collective(case)
        if case.answers.get("household.mode") != JOIN:
            return None
        number = case.answers.get("household.number", "")
        found = self.uow.people.household_by_number(number)
        if found is None:
            raise InputError(f"本所没有户号 {number}", "核对户号", field="household.number")
        return found

    def collective(self, case: Case) -> Household | None:
        """The collective household of the case's school, once it was opened."""
        number = self.uow.settings.get(collective_key(case, self.station))
        return self.uow.people.household_by_number(number) if number else None

    def new_household(
        self, case: Case, procedure: Procedure, household_id: str, number: str
    ) -> Household:
        """The household that the case opens."""
        collective = procedure.register.household == COLLECTIVE
        school = case.answers.get("school.code", "")
        named = next((s.name for s in self.station.schools if school in (s.code, s.name)), school)
        known = self.book.school(school, self.on) if school else None
        return Household(
            id=household_id,
            number=number,
            kind=HouseholdKind.COLLECTIVE if collective else HouseholdKind.FAMILY,
            sub_district=case.answers.get("residence.sub_district", ""),
            address=case.answers.get("residence.address") or named,
            urban_rural=known.urban_rural if known is not None and collective else "",
            station=self.station.code,
            opened=self.on,
            collective_kind=STUDENTS if collective else "",
        )

    def stay(
        self, case: Case, procedure: Procedure, person: Person, household: Household,
        stay_id: str, act: str, current: Membership | None,
    ) -> Membership:
        """The stay that the case begins; ``current`` is the one it ends, if any."""
        answers = case.answers
        kind = answers.get("applicant.hukou_kind") or self.book.hukou_kind_of(
            answers.get("applicant.origin_code", "")
        )
        region = answers.get("applicant.hukou_region", "")
        reason = answers.get("household.urbanisation_reason") or (
            procedure.register.urbanisation_reason or ""
        )
        return Membership(
            id=stay_id,
            person_id=person.id,
            household_id=household.id,
            relation=_relation(household, case),
            since=self.on,
            reason=reason_code(procedure.register.reason_code, act),
            scope=self._scope(region, current),
            origin=with_region(
                code_words(self.book, "region", region), answers.get("applicant.hukou_address", "")
            ),
            origin_code=answers.get("applicant.origin_code", ""),
            urbanisation_reason=reason if kind == RURAL else "",
            whole_family=answers.get("household.whole_family") == "true",
            case_id=case.id,
        )

    def _scope(self, region: str, current: Membership | None) -> str:
        if current is not None:
            return SCOPE_SAME_STATION
        if region == self.station.region:
            return SCOPE_SAME_DISTRICT
        if in_city(region, self.book):
            return SCOPE_SAME_CITY
        same_province = region[:2] == self.station.region[:2]
        return SCOPE_SAME_PROVINCE if same_province else SCOPE_OTHER_PROVINCE


def reason_code(code: str, act: str) -> str:
    """A change reason for the act: the first two digits tell 迁入 (03) or 住址变动 (05)."""
    if len(code) != 4 or act == RESTORE:
        return code
    return ("05" if act == IN_CITY else "03") + code[2:]


def collective_key(case: Case, station: Station) -> str:
    """The setting that remembers a school's collective household by its number.

    A clerk writes the school's code or its name; either means the one household.
    """
    school = case.answers.get("school.code", "")
    code = next((s.code for s in station.schools if school in (s.code, s.name)), school)
    return f"collective.{code}"


def _relation(household: Household, case: Case) -> str:
    if household.kind is HouseholdKind.COLLECTIVE:
        return NOT_KIN
    if case.answers.get("household.mode") != JOIN:
        return HEAD
    return case.answers.get("household.relation", "")


def new_person(person_id: str, case: Case) -> Person:
    """The applicant as a person of the register."""
    answers = case.answers
    return Person(
        id=person_id,
        citizen_id=answers["applicant.citizen_id"],
        name=answers["applicant.name"],
        sex=answers["applicant.sex"],
        ethnicity=answers["applicant.ethnicity"],
        birth_date=date.fromisoformat(answers["applicant.birth_date"]),
        details=details_of(case),
    )


def known_as(uow: UnitOfWork, case: Case) -> Person | None:
    """Whom the case is about, if the register has heard of them.

    A roster writes its people down before they are registered; a number that was put right in the
    case since is still that person's.
    """
    found = uow.people.by_citizen_id(case.answers["applicant.citizen_id"])
    if found is not None or not case.person_id or uow.people.stays_of(case.person_id):
        return found
    return uow.people.person(case.person_id)


def brought_up(uow: UnitOfWork, person: Person, case: Case) -> Person:
    """A known person as the case leaves them.

    Identity stays as registered, but who never had a stay here is not registered yet: then all is
    as the case says, which may have been corrected since a roster wrote it down.
    """
    told = replace(new_person(person.id, case), version=person.version)
    if told == person or not uow.people.stays_of(person.id):
        return told
    return known_person(person, case)


def known_person(person: Person, case: Case) -> Person:
    """A person who is in the register: identity stays as registered, other items are brought up."""
    return replace(person, details={**person.details, **details_of(case)})


def details_of(case: Case) -> dict[str, str]:
    """The further items of the 常住人口登记表 among a case's answers, by their short names."""
    return {
        tail: value
        for key, value in case.answers.items()
        for group, _, tail in [key.partition(".")]
        if group == "applicant" and value and tail not in _PERSON_FIELDS | NOT_OF_PERSON
    }


def left_behind(
    uow: UnitOfWork, leaving: Membership, on: date
) -> list[tuple[Membership, Person]]:
    """Who stays in a family household without a head once that stay is over; else nobody."""
    household = uow.people.household(leaving.household_id)
    if household.kind is HouseholdKind.COLLECTIVE or leaving.relation != HEAD:
        return []
    return [
        (stay, person) for stay, person in uow.people.members_on(household.id, on)
        if person.id != leaving.person_id
    ]


def succession(
    uow: UnitOfWork, leaving: Membership, on: date, new_head: str, relations: Mapping[str, str]
) -> tuple[Membership, ...]:
    """The stays of those who remain when a head leaves a family household.

    ``relations`` gives each remaining person's relation to the new head; who is not named becomes
    97 (其他亲属) and is put right by a correction. Raises InputError when nobody is named head.
    """
    remaining = [stay for stay, _ in left_behind(uow, leaving, on)]
    if not remaining:
        return ()
    if new_head not in {stay.person_id for stay in remaining}:
        raise InputError("户主迁出，户内还有其他人", "先指定新户主", field="new_head")
    return relations_to(remaining, new_head, relations)


def relations_to(
    stays: list[Membership], new_head: str, relations: Mapping[str, str]
) -> tuple[Membership, ...]:
    """The stays with their relation to the new head."""
    return tuple(
        replace(
            stay,
            relation=HEAD if stay.person_id == new_head
            else relations.get(stay.person_id, OTHER_KIN),
        )
        for stay in stays
    )
