"""The register (户籍登记): persons, households, dated membership, and the rules between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from desktop_app.domain.errors import CounterError

HEAD = "02"
NOT_KIN = "99"
#: GB/T 4761 codes that only a man, or only a woman, can have to the head of household.
MALE_RELATIONS = frozenset({"11", "41", "43", "46", "47", "51", "53", "55", "57", "61", "63", "66",
                            "71", "73", "76", "78", "81", "83", "85", "87", "89", "93", "95",
                            *map(str, range(20, 30))})
FEMALE_RELATIONS = frozenset({"12", "42", "44", "45", "48", "52", "54", "56", "58", "62", "64",
                              "67", "72", "74", "75", "77", "82", "84", "86", "88", "90", "94",
                              "96", *map(str, range(30, 40))})
SPOUSES = frozenset({"10", "11", "12"})
MALE, FEMALE = "1", "2"


class HouseholdKind(Enum):
    """家庭户 or 集体户."""

    FAMILY = "family"
    COLLECTIVE = "collective"

    @property
    def label(self) -> str:
        """The kind as printed."""
        return "家庭户" if self is HouseholdKind.FAMILY else "集体户"


@dataclass(frozen=True)
class Person:
    """One registered person; ``details`` holds the further items of the 常住人口登记表.

    Keys of ``details`` are the tails of the ``applicant.*`` field ids (``birth_place`` …), values
    canonical text. ``version`` guards against two windows editing at once.
    """

    id: str
    citizen_id: str
    name: str
    sex: str
    ethnicity: str
    birth_date: date
    details: Mapping[str, str] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True)
class Household:
    """One household: ``number`` (户号) runs within the station; ``address`` is its dwelling."""

    id: str
    number: str
    kind: HouseholdKind
    sub_district: str
    address: str
    urban_rural: str
    station: str
    opened: date
    closed: date | None = None
    collective_kind: str = ""
    version: int = 0


@dataclass(frozen=True)
class Membership:
    """A person's stay in a household: from ``since`` up to but not including ``until``.

    ``relation`` is the GB/T 4761 code to the head; ``reason`` and ``scope`` are the codes of the
    change that began it; ``origin`` is where the person came from; ``origin_code`` the origin's
    城乡分类代码; ``urbanisation_reason`` 农业转移人口落户城镇原因; ``case_id`` the case behind it.
    """

    id: str
    person_id: str
    household_id: str
    relation: str
    since: date
    until: date | None = None
    reason: str = ""
    scope: str = ""
    origin: str = ""
    origin_code: str = ""
    urbanisation_reason: str = ""
    whole_family: bool = False
    case_id: str = ""
    ended_reason: str = ""
    destination: str = ""

    def on(self, day: date) -> bool:
        """Whether the stay holds on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    def ended(self, day: date, reason: str, destination: str) -> Membership:
        """The same stay, over from ``day`` on."""
        return replace(self, until=day, ended_reason=reason, destination=destination)


@dataclass(frozen=True)
class HouseholdFault:
    """A rule of the register that a household would break; ``blocks`` or is only an alert."""

    message: str
    remedy: str
    blocks: bool = True


def check_household(
    household: Household, members: Sequence[tuple[Membership, Person]]
) -> tuple[HouseholdFault, ...]:
    """What is wrong with a household of these present members; empty when all is well.

    A family household has exactly one head; a collective one has no kinship and names its kind
    (domain rules of real registers: they block only where the form cannot be printed otherwise).
    """
    if not members:
        return ()
    if household.kind is HouseholdKind.COLLECTIVE:
        return _check_collective(household, members)
    faults: list[HouseholdFault] = []
    heads = [person for stay, person in members if stay.relation == HEAD]
    if len(heads) != 1:
        faults.append(
            HouseholdFault(f"家庭户应有 1 名户主，现有 {len(heads)} 名", "先确定户主再登记")
        )
    if sum(stay.relation in SPOUSES for stay, _ in members) > 1:
        faults.append(HouseholdFault("户内配偶多于 1 名", "核对与户主关系", blocks=False))
    for stay, person in members:
        faults.extend(check_relation(stay.relation, person.sex))
    return tuple(faults)


def _check_collective(
    household: Household, members: Sequence[tuple[Membership, Person]]
) -> tuple[HouseholdFault, ...]:
    faults = []
    if not household.collective_kind:
        faults.append(HouseholdFault("集体户没有写明种类", "补录集体户种类"))
    if any(stay.relation != NOT_KIN for stay, _ in members):
        faults.append(HouseholdFault("集体户内不登记亲属关系", "关系改为非亲属"))
    return tuple(faults)


def check_relation(relation: str, sex: str) -> tuple[HouseholdFault, ...]:
    """The alert for a relation that the person's sex cannot have (GB/T 4761)."""
    wrong = relation in (MALE_RELATIONS if sex == FEMALE else FEMALE_RELATIONS)
    if sex not in (MALE, FEMALE) or not wrong:
        return ()
    return (HouseholdFault("与户主关系同性别不符", "核对关系和性别", blocks=False),)


def age_on(birth: date, day: date) -> int:
    """Whole years of age (周岁) on that day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def require_sound(faults: Sequence[HouseholdFault]) -> None:
    """Raise CounterError with the first blocking fault, if any."""
    for fault in faults:
        if fault.blocks:
            raise CounterError(fault.message, fault.remedy)
