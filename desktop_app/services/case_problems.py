"""What is wrong with a case: errors that block, and alerts that can be gone past with a reason.

Only what makes the record untrue or the register unsound blocks; whether a person may settle is
the rules' question alone. Sources: GB 11643 (the number), GB/T 4761 (relations), and the checks
that registers in daily use make, which are alerts unless the form cannot be printed otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain import citizen_id
from desktop_app.domain.case import Case
from desktop_app.domain.errors import InputError
from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FIELDS, masked_id
from desktop_app.domain.people import (
    HEAD,
    NOT_KIN,
    Household,
    HouseholdKind,
    Membership,
    Person,
    check_household,
    check_relation,
)
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.station import Station
from desktop_app.services.answers import HISTORIC, REGIONS
from desktop_app.services.case_facts import JOIN, is_text
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.register_plan import (
    COLLECTIVE,
    IN_CITY,
    collective_key,
    effective_act,
)
from desktop_app.services.sheets import Problem

Glyphs = Callable[[str], tuple[str, ...]]

NO_GLYPH = "no_glyph"
_NUMBER, _SEX, _BORN = "applicant.citizen_id", "applicant.sex", "applicant.birth_date"
_NAME, _HUKOU = "applicant.name", "applicant.hukou_region"
_RELATION, _HOUSEHOLD = "household.relation", "household.number"

#: The answers an alert rests on: when one of them changes, a reason given before holds no more.
RESTS_ON: Mapping[str, frozenset[str]] = {
    "sex_mismatch": frozenset({_NUMBER, _SEX}),
    "unknown_region": frozenset({_NUMBER}),
    "abolished_region": frozenset({_HUKOU}),
    "similar_person": frozenset({_NUMBER, _NAME, _BORN}),
    "register_differs": frozenset({_NUMBER, _NAME, _SEX, _BORN}),
    "relation_sex": frozenset({_RELATION, _SEX}),
    "household": frozenset({_RELATION, _HOUSEHOLD, _SEX}),
    "household_address": frozenset({_HOUSEHOLD, "residence.address"}),
}


def outdated(code: str, changed: frozenset[str]) -> bool:
    """Whether an override of that alert falls with these changed answers."""
    kind, _, field = code.partition(":")
    return field in changed if kind == NO_GLYPH else bool(RESTS_ON.get(kind, changed) & changed)


@dataclass(frozen=True)
class Look:
    """What the checks look at: the case, its procedure, the station, and the day."""

    case: Case
    procedure: Procedure
    book: PolicyBook
    station: Station
    on: date

    def get(self, field_id: str) -> str:
        """An answer, empty when there is none."""
        return self.case.answers.get(field_id, "")


def problems_of(look: Look, uow: UnitOfWork, missing_glyphs: Glyphs | None) -> tuple[Problem, ...]:
    """Everything wrong, errors first; alerts that were overridden are left out."""
    found = [
        *number_problems(look.case.answers, look.book),
        *born_later(look.case.answers, look.on),
        *_hukou_region(look),
        *_open_cases(look, uow),
        *_register(look, uow),
        *_household(look, uow),
        *_glyphs(look.case.answers, missing_glyphs),
    ]
    overridden = {override.alert for override in look.case.overrides}
    kept = [p for p in found if p.blocks or p.code not in overridden]
    return tuple(sorted(kept, key=lambda problem: not problem.blocks))


def number_problems(answers: Mapping[str, str], book: PolicyBook) -> Iterator[Problem]:
    """Where the citizen number and the other answers do not agree."""
    text = answers.get(_NUMBER, "")
    if not text:
        return
    try:
        number = citizen_id.parse(text)
    except InputError as error:
        yield Problem("bad_check_digit", error.message, error.remedy, _NUMBER)
        return
    born, sex = answers.get(_BORN, ""), answers.get(_SEX, "")
    if born and born != number.birth_date.isoformat():
        yield Problem(
            "birth_mismatch",
            f"出生日期与身份号码不一致：号码为 {number.birth_date.isoformat()}",
            "对照证件核对日期和号码", _BORN,
        )
    if sex and sex != number.sex:
        yield Problem(
            "sex_mismatch", "性别与身份号码第 17 位不一致", "核对证件；确属如此，写明理由", _SEX,
            blocks=False,
        )
    if REGIONS in book.codes and number.region not in book.codes[REGIONS].by_value:
        yield Problem(
            "unknown_region", f"身份号码前 6 位不在区划表：{number.region}",
            "核对证件；确属如此，写明理由", _NUMBER, blocks=False,
        )


def born_later(answers: Mapping[str, str], on: date) -> Iterator[Problem]:
    """That the applicant, by the number or the birth date, is not born yet on a day."""
    number, field = answers.get(_NUMBER, ""), _BORN
    born = answers.get(_BORN, "")
    if number:
        born, field = f"{number[6:10]}-{number[10:12]}-{number[12:14]}", _NUMBER
    if born > on.isoformat():
        yield Problem("born_later", f"出生日期在今天之后：{born}", "对照证件核对号码和日期", field)


def guardian_number_problem(field_id: str, canonical: str, book: PolicyBook) -> Problem | None:
    """The alert for any other citizen number whose region is not known."""
    region = canonical[:6]
    if REGIONS not in book.codes or region in book.codes[REGIONS].by_value:
        return None
    return Problem("unknown_region", f"身份号码前 6 位不在区划表：{region}", "核对证件", field_id,
                   blocks=False)


def _hukou_region(look: Look) -> Iterator[Problem]:
    region = look.get(_HUKOU)
    if not region or REGIONS not in look.book.codes:
        return
    row = look.book.codes[REGIONS].by_value.get(region)
    if row is None or row.note == HISTORIC:
        what = "已撤销" if row is not None else "不在区划表"
        yield Problem(
            "abolished_region", f"现户籍地代码{what}：{region}", "核对户口簿；确属如此，写明理由",
            _HUKOU, blocks=False,
        )


def _open_cases(look: Look, uow: UnitOfWork) -> Iterator[Problem]:
    number = look.get(_NUMBER)
    for row in uow.cases.open_for(number) if number else ():
        if row.id != look.case.id:
            known_as = row.number or "一份草稿"
            yield Problem(
                "duplicate_case", f"此号码已有在办的件：{known_as}", "打开那一件续办，或先撤回它",
                _NUMBER,
            )


def _register(look: Look, uow: UnitOfWork) -> Iterator[Problem]:
    number, name, born = look.get(_NUMBER), look.get(_NAME), look.get(_BORN)
    person = uow.people.by_citizen_id(number) if number else None
    if person is not None and person.id != look.case.person_id:
        yield from _already_registered(look, uow, person)
        if uow.people.stays_of(person.id):  # else a roster wrote them down, and no more
            yield from _differs(look, person)
    if not (name and born) or person is not None:
        return
    for row in uow.people.similar(name, date.fromisoformat(born)):
        if row.citizen_id != number and row.id != look.case.person_id:
            yield Problem(
                "similar_person",
                f"登记簿有同名同生日的人：{masked_id(row.citizen_id)}",
                "两份并排核对；不是同一人，写明理由", _NAME, blocks=False,
            )


def _already_registered(look: Look, uow: UnitOfWork, person: Person) -> Iterator[Problem]:
    stays = [stay for stay in uow.people.stays_of(person.id) if stay.on(look.on)]
    for stay in stays:
        household = uow.people.household(stay.household_id)
        if effective_act(look.procedure, look.case.answers, look.book) != IN_CITY:
            yield Problem(
                "already_registered", f"此号码已在本所登记，户号 {household.number}",
                "在本市移居的，核对现户籍地", _NUMBER,
            )
        elif household.address == look.get("residence.address"):
            yield Problem(
                "already_registered", f"此号码已登记在这个地址，户号 {household.number}",
                "核对迁入地址", "residence.address",
            )
        elif household.number == _joins(look, uow):
            yield Problem(
                "already_registered", f"此号码已登记在户号 {household.number}", "核对入户户号",
                _NUMBER if look.procedure.register.household == COLLECTIVE else _HOUSEHOLD,
            )


def _joins(look: Look, uow: UnitOfWork) -> str | None:
    """The number of the household that the case enters, when it is there already."""
    if look.procedure.register.household == COLLECTIVE:
        return uow.settings.get(collective_key(look.case, look.station))
    return look.get(_HOUSEHOLD) if look.get("household.mode") == JOIN else None


def _differs(look: Look, person: Person) -> Iterator[Problem]:
    pairs = (
        (_NAME, "姓名", person.name), (_SEX, "性别", person.sex),
        (_BORN, "出生日期", person.birth_date.isoformat()),
    )
    differing = [label for field, label, kept in pairs if look.get(field) not in ("", kept)]
    if differing:
        yield Problem(
            "register_differs", f"{'、'.join(differing)}与登记簿不同，登记时以登记簿为准",
            "核对证件；登记簿有误的走更正", _NAME, blocks=False,
        )


def _household(look: Look, uow: UnitOfWork) -> Iterator[Problem]:
    relation, sex = look.get(_RELATION), look.get(_SEX)
    if look.get("household.mode") != JOIN:
        return
    number = look.get(_HOUSEHOLD)
    household = uow.people.household_by_number(number) if number else None
    if number and household is None:
        yield Problem("no_household", f"本所没有户号 {number}", "核对户口簿上的户号", _HOUSEHOLD)
    address = look.get("residence.address")
    if household is not None and address and household.address != address:
        # the rules judge the address of the case, the register writes that of the household
        yield Problem(
            "household_address", f"户号 {number} 的住址与迁入地址不同：{household.address}",
            "核对户号和地址；确属一处，写明理由", _HOUSEHOLD, blocks=False,
        )
    if household is not None and relation:
        yield from _joined(look, uow, household, relation, sex)
    elif relation:
        for fault in check_relation(relation, sex):
            yield Problem("relation_sex", fault.message, fault.remedy, _RELATION, blocks=False)


def _joined(
    look: Look, uow: UnitOfWork, household: Household, relation: str, sex: str
) -> Iterator[Problem]:
    members = uow.people.members_on(household.id, look.on)
    newcomer = _newcomer(household, relation, sex, look.on)
    before = {fault.message for fault in check_household(household, members)}
    for fault in check_household(household, (*members, newcomer)):
        if fault.message in before:
            continue
        code = "relation_sex" if fault in check_relation(relation, sex) else "household"
        yield Problem(code, fault.message, fault.remedy, _RELATION, blocks=fault.blocks)


def _newcomer(
    household: Household, relation: str, sex: str, on: date
) -> tuple[Membership, Person]:
    """The applicant as a member, for the check of the household only."""
    kept = NOT_KIN if household.kind is HouseholdKind.COLLECTIVE and relation != HEAD else relation
    stay = Membership("", "", household.id, kept, on)
    return stay, Person("", "", "", sex, "", on)


def _glyphs(answers: Mapping[str, str], missing_glyphs: Glyphs | None) -> Iterator[Problem]:
    if missing_glyphs is None:
        return
    for field_id, text in answers.items():
        if is_text(field_id):
            yield from glyph_problems(field_id, text, missing_glyphs)


def glyph_problems(field_id: str, text: str, missing_glyphs: Glyphs) -> Sequence[Problem]:
    """The alert for characters that no font here draws: they are left open to be hand-written."""
    missing = missing_glyphs(text)
    if not missing:
        return ()
    label = FIELDS[field_id].label if field_id in FIELDS else FACTS[field_id].label
    chars = "、".join(f"⟨U+{ord(char):04X}⟩" for char in missing)
    return (
        Problem(f"{NO_GLYPH}:{field_id}", f"{label}的{chars}没有字库，打印时留空",
                "写明改用手写栏", field_id, blocks=False),
    )
