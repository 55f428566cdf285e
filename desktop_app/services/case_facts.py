"""From what a case says to what the law asks, and to what can be filled in without asking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.domain import citizen_id
from desktop_app.domain.case import Case, Consent
from desktop_app.domain.errors import InputError
from desktop_app.domain.facts import FACTS, Facts, derive
from desktop_app.domain.fields import FIELDS, FieldKind
from desktop_app.domain.people import age_on
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.rules import CONSENT, Assessment
from desktop_app.domain.station import Station

#: Below this age a guardian applies and signs (常住人口登记表 fill rules; PIPL 31 for under 14).
GUARDED_AGE = 16
GUARDIAN_FIELDS = ("guardian.name", "guardian.citizen_id", "guardian.relation")

#: What the register cannot do without, whatever way a case came in (rosters may lack some of it).
IDENTITY_FIELDS = (
    "applicant.citizen_id", "applicant.name", "applicant.sex", "applicant.ethnicity",
    "applicant.birth_date",
)
JOIN, NEW = "join", "new"
GUARDIAN = "监护人"
SELF = "本人"


def law_day(case: Case, today: date) -> date:
    """The day whose law applies: the day of acceptance once there was one, else today."""
    return case.law_day if case.number else today


def facts_of(
    answers: Mapping[str, str], consent: Consent | None, station: Station, book: PolicyBook,
    on: date,
) -> Facts:
    """The facts of a case. Consent counts only as recorded by the act of consenting."""
    plain = {key: value for key, value in answers.items() if key != CONSENT}
    facts = dict(derive(plain, book, on))
    school = answers.get("school.code")
    if school and "station.serves_school" not in facts:
        facts["station.serves_school"] = serves(station, school)
    if consent is not None and (is_full(consent) or not consent.given):
        facts[CONSENT] = consent.given  # half given is not decided: it is still asked for
    return facts


def is_full(consent: Consent) -> bool:
    """Whether consent was given after the sheet was read aloud and came back signed."""
    return consent.given and consent.read_aloud and consent.signed_sheet


def serves(station: Station, school: str) -> bool:
    """Whether the station registers the freshers of a school, given by code or name."""
    return any(school in (known.code, known.name) for known in station.schools)


def is_minor(answers: Mapping[str, str], on: date) -> bool:
    """Whether the applicant is under 16, as far as the answers tell."""
    born = answers.get("applicant.birth_date")
    return bool(born) and age_on(date.fromisoformat(str(born)), on) < GUARDED_AGE


def asked_fields(procedure: Procedure, answers: Mapping[str, str], on: date) -> tuple[str, ...]:
    """The fields a case asks: those of the steps that apply, and a minor's guardian."""
    asked = [field for field in procedure.fields if _applies(field, answers, on)]
    if is_minor(answers, on):
        asked.extend(GUARDIAN_FIELDS)
    return tuple(dict.fromkeys(asked))


def _applies(field_id: str, answers: Mapping[str, str], on: date) -> bool:
    if field_id in GUARDIAN_FIELDS:
        return is_minor(answers, on)
    if field_id in ("household.number", "household.relation"):
        return answers.get("household.mode") == JOIN
    if field_id == "occupation.employer":
        return answers.get("occupation.lawful_stable") == "true"
    return True


def missing_fields(
    procedure: Procedure, answers: Mapping[str, str], assessment: Assessment, on: date
) -> tuple[str, ...]:
    """What must still be filled in: fields the register form needs, and facts that can decide.

    A fact is asked only while it can still decide (61号 二(三): nothing else may be asked), and
    never one that only the supervisor can supply.
    """
    open_facts = [
        fact for fact in assessment.missing
        if fact != CONSENT and FACTS[fact].asked_of == "counter"
    ]
    wanted: list[str] = []
    for field_id in asked_fields(procedure, answers, on):
        if answers.get(field_id):
            continue
        if field_id in FACTS:
            if field_id in open_facts:
                wanted.append(field_id)
        elif FIELDS[field_id].needed:
            wanted.append(field_id)
    return tuple(dict.fromkeys((*wanted, *open_facts)))


def derived(field_id: str, canonical: str) -> Mapping[str, str]:
    """What follows from one answer, so that nothing is typed twice.

    A citizen number gives sex and birth date, and suggests the region where it was allotted; the
    suggestion is never taken unseen, for the number says nothing of the present registration.
    """
    if field_id != "applicant.citizen_id" or not canonical:
        return {}
    try:
        number = citizen_id.parse(canonical)
    except InputError:
        return {}
    return {
        "applicant.sex": number.sex,
        "applicant.birth_date": number.birth_date.isoformat(),
        "applicant.hukou_region": number.region,
    }


_FOLLOWS = ("applicant.sex", "applicant.birth_date")


def with_derived(before: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str]:
    """The changed answers and what follows from them.

    What follows fills an empty field, or replaces what followed from the number before it; what a
    person typed stays, and a difference is shown as a problem.
    """
    number = changed.get("applicant.citizen_id")
    if not number:
        return dict(changed)
    old = derived("applicant.citizen_id", before.get("applicant.citizen_id", ""))
    new = derived("applicant.citizen_id", number)
    follows = {
        key: new[key] for key in _FOLLOWS
        if key in new and key not in changed and before.get(key, "") in ("", old.get(key))
    }
    return {**changed, **follows}


def is_text(field_id: str) -> bool:
    """Whether a field holds words that will be printed as they are."""
    field = FIELDS.get(field_id)
    return field is not None and field.kind in (
        FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT, FieldKind.DOCUMENT_NUMBER
    )
