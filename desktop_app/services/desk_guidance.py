"""Before and beside the case: which ways are open, what one answer means, whose door it is.

Nothing here writes or is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain

from desktop_app.domain import fields
from desktop_app.domain.errors import InputError
from desktop_app.domain.fields import FieldKind
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.rules import CONSENT, Assessment, Outcome, recommend
from desktop_app.domain.staff import Permission
from desktop_app.domain.station import Station
from desktop_app.services import answers as words
from desktop_app.services.case_facts import derived, facts_of, serves
from desktop_app.services.case_problems import (
    born_later,
    glyph_problems,
    guardian_number_problem,
    number_problems,
)
from desktop_app.services.casework import Casework
from desktop_app.services.guide import Guide
from desktop_app.services.permits import needs
from desktop_app.services.ports import FormRenderer
from desktop_app.services.schools import right_door
from desktop_app.services.sheets import GuideLine, Problem

_OPEN = frozenset({Outcome.ELIGIBLE, Outcome.NEEDS_SUPERVISOR})
_APPLICANT = "applicant.citizen_id"


class Guidance(Casework):
    """The pure half of the counter."""

    renderer: FormRenderer

    @needs(Permission.HANDLE_CASES)
    def guide(self, answers: Mapping[str, str]) -> tuple[GuideLine, ...]:
        """Every way to settle for these canonical answers: the best first, closed ones last."""
        today = self.clock.today()
        facts = facts_of(answers, None, self.station, self.book, today)
        judged = {
            assessment.procedure: assessment
            for assessment in Guide(self.book).assess_all(facts, today)
        }
        ways = recommend(judged.values())
        best = next((way for way in ways if _is_open(judged[way])), None)
        order = (*ways, *(way for way in judged if way not in ways))
        return tuple(
            GuideLine(self.book.procedure(way, today), judged[way], recommended=way == best)
            for way in order
        )

    @needs(Permission.HANDLE_CASES)
    def judge(self, procedure_id: str, answers: Mapping[str, str]) -> Assessment:
        """One way, judged for these answers as of today."""
        today = self.clock.today()
        facts = facts_of(answers, None, self.station, self.book, today)
        return Guide(self.book).assess_one(procedure_id, facts, today)

    @needs(Permission.HANDLE_CASES)
    def check(self, field_id: str, text: str) -> tuple[str, Problem | None]:
        """The canonical text of one field, and what is wrong or remarkable about it.

        Words that cannot be taken give an empty text and a blocking problem; a rare character
        that the supplementary font draws gives a remark with code ``fallback_glyph``.
        """
        field = fields.field(field_id)
        try:
            canonical = words.resolve(field, text, self.book, self.clock.today())
        except InputError as error:
            return "", Problem("bad_input", error.message, error.remedy, field_id)
        if not canonical:
            return "", None
        if field.kind is FieldKind.CITIZEN_ID:
            return canonical, self._number_problem(field_id, canonical)
        return canonical, self._glyph_problem(field_id, canonical)

    def _number_problem(self, field_id: str, canonical: str) -> Problem | None:
        if field_id == _APPLICANT:
            answers = {_APPLICANT: canonical}
            return next(chain(
                number_problems(answers, self.book), born_later(answers, self.clock.today())
            ), None)
        return guardian_number_problem(field_id, canonical, self.book)

    def _glyph_problem(self, field_id: str, canonical: str) -> Problem | None:
        missing = glyph_problems(field_id, canonical, self.renderer.missing_glyphs)
        if missing:
            return missing[0]
        rare = self.renderer.fallback_glyphs(canonical)
        if not rare:
            return None
        return Problem(
            "fallback_glyph", f"“{'、'.join(rare)}”用补充字库打印", "机打不清时改用手写栏",
            field_id, blocks=False,
        )

    @needs(Permission.HANDLE_CASES)
    def derived(self, field_id: str, canonical: str) -> Mapping[str, str]:
        """What follows from one answer: from a citizen number sex, birth date and a region."""
        return derived(field_id, canonical)

    @needs(Permission.HANDLE_CASES)
    def wrong_door(self, answers: Mapping[str, str]) -> str | None:
        """Where to go instead when the address or the school belongs to another station."""
        return whose_door(answers, self.station, self.book, self.clock.today())


def whose_door(
    answers: Mapping[str, str], station: Station, book: PolicyBook, on: date
) -> str | None:
    """In words, which other station is competent; None when it is this one or not yet known."""
    school = answers.get("school.code", "")
    if school and station.schools and not serves(station, school):
        return f"本所不管辖这所学校，到{right_door(book, school, on)}办理"
    place_id = answers.get("residence.sub_district", "")
    place = book.sub_district(place_id, on) if place_id else None
    if place is None or place.region == station.region:
        return None
    return f"迁入地不属本所，到管辖{place.name}的派出所办理"


def _is_open(assessment: Assessment) -> bool:
    return assessment.outcome in _OPEN or assessment.missing == (CONSENT,)
