"""What papers print about a person of the register, and about the household (``form_values``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.case import Case
from desktop_app.domain.people import HEAD, Household, HouseholdKind, Membership, Person
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.staff import Operator
from desktop_app.domain.station import Station
from desktop_app.services import answers as words
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.register import CORRECTIONS
from desktop_app.services.register_plan import IN_CITY, effective_act, in_city
from desktop_app.services.sheets import CaseSheet

Values = dict[str, object]

#: GA/T 2000.37: the blood type is not known.
_BLOOD_UNKNOWN = "0"
_PURPOSE = "本人办理有关事务"
_ITEMS = (
    "birth_place", "native_place", "religion", "education", "marriage", "military", "blood",
    "former_name", "occupation", "workplace",
)


@dataclass(frozen=True)
class RegisterValues:
    """Puts together the registered values of one case, as of today."""

    uow: UnitOfWork
    book: PolicyBook
    station: Station
    by: Operator
    today: date

    def of(self, sheet: CaseSheet, copy_number: str) -> Values:
        """The values of the stay that this case began; none before it was registered."""
        stay = self._stay(sheet.case)
        if stay is None:
            return {}
        return {**self._registered(sheet, stay), **self._certificate(copy_number)}

    def _stay(self, case: Case) -> Membership | None:
        if not case.person_id:
            return None
        stays = self.uow.people.stays_of(case.person_id)
        return next((stay for stay in stays if stay.case_id == case.id), None)

    def _registered(self, sheet: CaseSheet, stay: Membership) -> Values:
        person = self.uow.people.person(sheet.case.person_id)
        household = self.uow.people.household(stay.household_id)
        if household.kind is HouseholdKind.COLLECTIVE:
            of_household = self.household(household, "")
        else:
            members = self.uow.people.members_on(household.id, self.today)
            head = next((p.name for m, p in members if m.relation == HEAD), "")
            of_household = self.household(household, head, len(members))
        return self.settled(sheet.case, sheet.procedure, person, stay, of_household)

    def settled(
        self, case: Case, procedure: Procedure, person: Person, stay: Membership,
        of_household: Values,
    ) -> Values:
        """The values of one registered person; ``of_household`` as ``household`` gives them."""
        address = of_household["household.address"]
        return {
            **self._person(person, case),
            **self._moves(case, procedure, stay),
            "case.registered_on": stay.since,
            "case.destination": address,
            "person.household_kind": of_household["household.kind"],
            "person.head_name": of_household["household.head_name"],
            "person.relation": words.code_words(self.book, "relation", stay.relation),
            "person.address": address,
            "person.registered_on": stay.since,
            "person.registrar": self.by.name,
            "person.declarant": case.answers.get("guardian.name") or person.name,
            **of_household,
        }

    def household(self, household: Household, head: str, count: int = 0) -> Values:
        """The values of a household: its head, if it has one, and how many belong to it.

        A collective household has no head, and its papers do not tell how many belong to it.
        """
        kind = words.code_words(self.book, "collective_kind", household.collective_kind)
        collective = household.kind is HouseholdKind.COLLECTIVE
        name = f"{household.address}{kind}" if collective else ""
        return {
            "household.kind": household.kind.label,
            "household.collective_kind": kind,
            "household.name": name,
            "household.head_name": head or name,
            "household.number": household.number,
            "household.address": household.address,
            "household.station": self.station.name,
            "household.issued_on": self.today,
            "household.registrar": self.by.name,
            "household.member_count": f"{count}" if count else "",
        }

    def _person(self, person: Person, case: Case) -> Values:
        height = person.details.get("height", "")
        guardian = case.answers.get("guardian.name")
        relation = case.answers.get("guardian.relation", "")
        return {
            "person.name": person.name,
            "person.sex": words.code_words(self.book, "sex", person.sex),
            "person.ethnicity": words.code_words(self.book, "ethnicity", person.ethnicity),
            "person.birth_date": person.birth_date,
            "person.citizen_id": person.citizen_id,
            **{
                f"person.{tail}": self._words(f"applicant.{tail}", person.details.get(tail, ""))
                for tail in _ITEMS
            },
            "person.height": f"{height}厘米" if height else "",
            "person.guardian_1": guardian,
            "person.guardian_1_relation": self._words("guardian.relation", relation),
            "changes": self._changes(person),
            "moves": [],
        }

    def _changes(self, person: Person) -> list[Values]:
        return [
            {
                "item": words.field_label(f"applicant.{change['item']}"),
                "content": self._words(f"applicant.{change['item']}", change["after"]),
                "date": change["date"], "registrar": change["by"],
            }
            for change in json.loads(person.details.get(CORRECTIONS, "[]"))
        ]

    def _moves(self, case: Case, procedure: Procedure, stay: Membership) -> Values:
        """Where from, when and why, as one sentence each (何时何因由何地迁来)."""
        reason = words.code_words(self.book, "change_reason", stay.reason)
        sentence = f"{stay.since:%Y年%m月%d日}因{reason}从{stay.origin}迁来"
        answers = case.answers
        from_city = in_city(answers.get("applicant.hukou_region", ""), self.book)
        within = from_city or effective_act(procedure, answers, self.book) == IN_CITY
        return {
            "person.moved_to_address": sentence,
            "person.moved_to_city": "" if within else sentence,
        }

    def _certificate(self, copy_number: str) -> Values:
        return {
            "certificate.number": copy_number,
            "certificate.issued_on": self.today,
            "certificate.purpose": _PURPOSE,
            "certificate.issuer": self.by.name,
        }

    def _words(self, field_id: str, value: str) -> str:
        return words.show_answer(field_id, value, self.book) if value else ""


def migration_remark(person: Person, book: PolicyBook) -> str:
    """备注 of the 户口迁移证: height and blood type, where the register knows them.

    Schools and stations look for both there. The usual words about the identity card (签发机关、
    签发日期) are left to the pen: the register does not hold them.
    """
    height = person.details.get("height", "")
    blood = person.details.get("blood", "")
    known = blood not in ("", _BLOOD_UNKNOWN)
    shown = words.show_answer("applicant.blood", blood, book).replace(" ", "") if known else ""
    parts = (f"身高{height}厘米" if height else "", f"血型{shown}" if shown else "")
    return "，".join(part for part in parts if part)
