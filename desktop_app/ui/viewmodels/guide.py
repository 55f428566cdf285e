"""The guide (政策导引): a few answers, and every way to settle with its reasons."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.case import Status
from desktop_app.domain.errors import CounterError, InputError
from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FieldDef, field
from desktop_app.domain.rules import CONSENT, Finding, Gravity, Outcome, Verdict
from desktop_app.services.ports import CardData
from desktop_app.services.sheets import CaseSheet, GuideLine
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.session_model import SessionModel
from desktop_app.ui.viewmodels.words import card_answers

REGION = "applicant.hukou_region"
WHO = (
    "applicant.citizen_id", "applicant.name", REGION, "applicant.hukou_kind",
    "applicant.left_active_service",
)
DERIVED = ("residence.zone", "residence.in_town")
WHERE = (
    "residence.sub_district", "residence.zone", "residence.in_town", "residence.lawful_stable",
)


_FIRST = ("student.newly_admitted", "residence.permit_held", "occupation.lawful_stable")
"""Whose no closes a way, so that the rest of it need not be asked."""


def _further() -> tuple[str, ...]:
    asked = (*WHO, *WHERE, CONSENT, *_FIRST)
    rest = (
        fact.id for fact in FACTS.values() if fact.asked_of == "counter" and fact.id not in asked
    )
    return (*_FIRST, *rest)


class GuideModel(SessionModel):
    """Answers in memory only: nothing is written before a way is taken."""

    changed = Signal()
    field_refused = Signal(object, object)
    taken = Signal(object)

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(counter, parent)
        self.answers: dict[str, str] = {}
        self.suggested: frozenset[str] = frozenset()
        self.skipped: frozenset[str] = frozenset()
        self.put_aside: dict[str, str] = {}
        self.opened = ""
        self._given: dict[str, str] = {}
        self.lines: tuple[GuideLine, ...] = ()
        self.wrong_door: str | None = None

    @property
    def blocks(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Titles and field ids of the questions."""
        return (("申请人", WHO), ("迁入住所", WHERE), ("其他情况", _further()))

    def definition(self, field_id: str) -> FieldDef:
        """What a question is."""
        return field(field_id)

    def is_derived(self, field_id: str) -> bool:
        """Whether the sub-district decides a question, so that it need not be asked."""
        place_id = self.answers.get("residence.sub_district", "")
        counter = self._counter
        place = counter.book.sub_district(place_id, counter.clock.today()) if place_id else None
        if place is None or self.answers.get(field_id):
            return False
        return (place.zone if field_id == "residence.zone" else place.in_town) is not None

    @property
    def under_way(self) -> bool:
        """Whether questions were answered that no case has yet."""
        return bool(self.answers) and not self.opened

    def clear(self) -> None:
        """The next person; what no case has yet is put aside."""
        if self.under_way:
            self.put_aside = self.answers
        self._begin({})

    def take_back(self) -> None:
        """The answers that were put aside, once more."""
        before, self.put_aside = self.put_aside, self.answers if self.under_way else {}
        self._begin(before)

    def _begin(self, answers: dict[str, str]) -> None:
        self.answers, self.opened, self._given = answers, "", {}
        self.suggested = self.skipped = frozenset()
        self.refresh()

    def put(self, field_id: str, text: str) -> None:
        """Take one answer; words that cannot be taken come back by ``field_refused``."""
        canonical, problem = self._counter.desk.check(field_id, text)
        if problem is not None and problem.blocks:
            self.field_refused.emit(field_id, InputError(problem.message, problem.remedy))
            return
        if self.answers.get(field_id, "") == canonical:
            return
        self._keep({field_id: canonical})
        self.accept(field_id)
        self._suggest(field_id)
        self.refresh()

    def accept(self, field_id: str) -> None:
        """A suggestion was looked at and left standing; a question left open is passed over."""
        self.suggested = self.suggested - {field_id}
        if not self.answers.get(field_id):
            self.skipped = self.skipped | {field_id}

    def take_card(self, card: CardData) -> None:
        """Take what a card says.

        The card of somebody else begins anew: nobody gets another person's answers.
        """
        if self.answers.get(WHO[0], card.citizen_id) != card.citizen_id:
            self.clear()
        for field_id, text in card_answers(card).items():
            canonical, problem = self._counter.desk.check(field_id, text)
            if problem is None or not problem.blocks:
                self._keep({field_id: canonical})
        self._suggest("applicant.citizen_id")
        self.refresh()

    def _suggest(self, field_id: str) -> None:
        """The region a number was allotted in: only a guess at the present registration."""
        derived = self._counter.desk.derived(field_id, self.answers.get(field_id, ""))
        for name, value in derived.items():
            if not self.answers.get(name) or name in self.suggested:
                self._keep({name: value})
                if name == REGION:
                    self.suggested = self.suggested | {name}

    def refresh(self) -> None:
        """Judge every way anew."""
        try:
            self.lines = self._counter.desk.guide(self.answers)
            self.wrong_door = self._counter.desk.wrong_door(self.answers)
        except CounterError as error:
            self.refused.emit(error)
            return
        self.changed.emit()

    @property
    def recommended(self) -> GuideLine | None:
        """The first way that is open."""
        return next((line for line in self.lines if line.recommended), None)

    def next_question(self) -> str | None:
        """The field to ask next, in the order of the page; None once a way is recommended.

        Only what can still decide an open way is asked, and always downwards, so that the eye
        never has to look for the cursor. What was left open with Enter is not asked again, and
        no more of a way that cannot be settled without it.
        """
        if not self.answers.get(WHO[0]) and WHO[0] not in self.skipped:
            return WHO[0]
        if REGION in self.suggested:
            return REGION
        if self.recommended is not None:
            return None
        passed = self.skipped | (set(DERIVED) if WHERE[0] in self.skipped else set())
        lacking = (set(line.assessment.missing) for line in self.lines)
        open_facts = {fact for facts in lacking if not facts & passed for fact in facts}
        if open_facts & set(DERIVED) and not self.answers.get(WHERE[0]):
            open_facts = open_facts - set(DERIVED) | {WHERE[0]}
        shown = (name for _, fields in self.blocks for name in fields)
        return next((name for name in shown if name in open_facts), None)

    def take(self, procedure_id: str) -> CaseSheet | None:
        """Open a case on this way with everything already answered.

        Whoever came back from that case goes on with it, by this way and with what was changed.
        """
        try:
            sheet = self._go_on(procedure_id) or self._counter.desk.open(
                procedure_id, dict(self.answers)
            )
        except CounterError as error:
            self.refused.emit(error)
            return None
        self.opened, self._given, self.put_aside = sheet.case.id, dict(self.answers), {}
        self.taken.emit(sheet)
        return sheet

    def _go_on(self, procedure_id: str) -> CaseSheet | None:
        desk = self._counter.desk
        if not self.opened or desk.sheet(self.opened).case.status is not Status.DRAFT:
            return None
        fields = {*self.answers, *self._given}
        changed = {
            name: self.answers.get(name, "") for name in fields
            if self.answers.get(name) != self._given.get(name)
        }
        if changed:
            desk.answer(self.opened, changed)
        return desk.switch(self.opened, procedure_id)

    def _keep(self, answers: Mapping[str, str]) -> None:
        for field_id, canonical in answers.items():
            if canonical:
                self.answers[field_id] = canonical
            else:
                self.answers.pop(field_id, None)


def outcome_words(line: GuideLine) -> str:
    """Where a way stands, in two to four characters."""
    return {
        Outcome.ELIGIBLE: "可办",
        Outcome.NEEDS_SUPERVISOR: "须审批",
        Outcome.INCOMPLETE: "待问明",
        Outcome.INELIGIBLE: "差一条" if line.assessment.one_step_away else "不适用",
    }[_shown_outcome(line)]


def _shown_outcome(line: GuideLine) -> Outcome:
    """Before a case is opened consent is not asked: lacking only that, a way is open."""
    assessment = line.assessment
    if assessment.outcome is Outcome.INCOMPLETE and assessment.missing == (CONSENT,):
        return Outcome.ELIGIBLE
    return assessment.outcome


def reasons(line: GuideLine) -> tuple[Finding, ...]:
    """The findings that decide a way now: what is unmet, else what is open, else what is met."""
    deciding = [f for f in line.assessment.findings if f.gravity is not Gravity.ADVICE]
    for verdict in (Verdict.UNMET, Verdict.UNKNOWN):
        found = tuple(
            f for f in deciding if f.verdict is verdict and f.facts != (CONSENT,)
        )
        if found:
            return found
    return tuple(f for f in deciding if f.verdict is Verdict.MET)
