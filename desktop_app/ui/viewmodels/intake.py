"""Taking a case in (受理): fields, materials, live verdict, consent, submission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.case import Action
from desktop_app.domain.errors import CounterError, InputError, NotAllowed
from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FieldDef, field
from desktop_app.domain.procedure import Step
from desktop_app.services.answers import Option, options, show
from desktop_app.services.case_facts import GUARDIAN, GUARDIAN_FIELDS, SELF, asked_fields, is_minor
from desktop_app.services.notice_lines import NoticeLine, NoticeLines
from desktop_app.services.ports import CardData, Typing
from desktop_app.services.sheets import CaseSheet, Problem
from desktop_app.ui.viewmodels.case_card import differs, from_card
from desktop_app.ui.viewmodels.counter import Counter, clock_words
from desktop_app.ui.viewmodels.faults import faults_of
from desktop_app.ui.viewmodels.on_the_way import OnTheWay
from desktop_app.ui.viewmodels.session_model import SessionModel


def _is_beside(field_id: str) -> bool:
    """Whether a field may be asked beside the steps: a fact, or a guardian's item."""
    return field_id in FACTS or field_id in GUARDIAN_FIELDS


class IntakeModel(SessionModel):
    """One case in hand.

    ``changed`` carries the CaseSheet after every write, ``judged`` an Assessment for words still
    being typed, ``field_refused`` a field id and the CounterError, ``field_taken`` a field id,
    ``saved`` the words of the draft badge, ``refused`` a CounterError of anything else.
    """

    changed = Signal(object)
    judged = Signal(object)
    field_refused = Signal(object, object)
    field_taken = Signal(object)
    saved = Signal(object)
    submitted = Signal(object)

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(counter, parent)
        self.sheet: CaseSheet | None = None
        self.resumed: Typing | None = None
        self._way = OnTheWay(self)
        self._way.due.connect(self.keep_typing)
        self._way.judge_due.connect(self._judge_typing)

    # ---- the case in hand

    @property
    def case(self) -> CaseSheet:
        """The sheet in hand. Raises NotAllowed when there is none."""
        if self.sheet is None:
            raise NotAllowed("还没有打开受理件", "按 F2 新建")
        return self.sheet

    @property
    def case_id(self) -> str:
        """Id of the case in hand."""
        return self.case.case.id

    def load(self, case_id: str) -> None:
        """Take up a case: its sheet and what was being typed when it was left."""
        def act() -> None:
            sheet = self._counter.desk.sheet(case_id)
            typing = self._counter.desk.typing(case_id)
            self.show_sheet(sheet, typing)
        self._try(act)

    def show_sheet(self, sheet: CaseSheet, typing: Typing | None = None) -> None:
        """Show a sheet that a service gave."""
        self.resumed = typing
        self._way.take_up(typing)
        self._take(sheet)

    def leave(self) -> None:
        """Keep what is being typed before another page comes."""
        if self._way.waiting:
            self.keep_typing()

    @property
    def raw(self) -> Mapping[str, str]:
        """Words not taken yet, by field."""
        return self._way.raw

    @property
    def longest(self) -> QTimer:
        """Runs out when words have been on their way too long, whatever is typed."""
        return self._way.longest

    @property
    def editable(self) -> bool:
        """Whether answers may still change."""
        return self.sheet is not None and Action.ANSWER in self.sheet.allowed

    @property
    def blocks(self) -> tuple[Step, ...]:
        """The blocks of data entry: the procedure's steps, and what the law asks beside them."""
        steps = self.case.procedure.steps
        asked = self.case.procedure.fields
        beside = tuple(f for f in self.asked() if f not in asked)
        return (*steps, Step("beside", "其他情况", beside)) if beside else steps

    def asked(self) -> tuple[str, ...]:
        """Every field this case asks now, in order."""
        case = self.case
        fields = asked_fields(case.procedure, case.case.answers, self._day())
        beside = (f for f in (*case.missing_fields, *case.case.answers) if _is_beside(f))
        return tuple(dict.fromkeys((*fields, *beside)))

    # ---- fields

    def definition(self, field_id: str) -> FieldDef:
        """What a field is."""
        return field(field_id)

    def options(self, field_id: str) -> tuple[Option, ...]:
        """What a pick field offers on the law's day."""
        return options(field(field_id), self._counter.book, self._day())

    def text(self, field_id: str) -> str:
        """What the editor should hold: words not yet taken, else the canonical answer."""
        if field_id in self.raw:
            return self.raw[field_id]
        return self.case.case.answers.get(field_id, "") if self.sheet else ""

    def words(self, field_id: str) -> str:
        """An answer as people read it; ``--`` for none."""
        text = self.case.case.answers.get(field_id, "")
        return show(field(field_id), text, self._counter.book) if text else "--"

    def put(self, field_id: str, text: str) -> None:
        """Take the words of one field, with what follows from them."""
        if text == self.text(field_id) and field_id not in self.raw:
            return
        if not self.editable:
            return
        canonical, problem = self._counter.desk.check(field_id, text)
        if problem is not None and problem.blocks:
            self._keep_refused(field_id, text, InputError(problem.message, problem.remedy))
            return
        self._answer({field_id: canonical})

    def _answer(self, answers: Mapping[str, str]) -> None:
        try:
            sheet = self._counter.desk.answer(self.case_id, answers)
        except InputError as error:
            at = error.field or next(iter(answers))
            self._keep_refused(at, answers.get(at, ""), error)
            return
        except CounterError as error:
            self.refused.emit(error)
            return
        self._way.arrived(*answers)
        for field_id in answers:
            self.field_taken.emit(field_id)
        self._take(sheet)
        self._say_saved()

    def _keep_refused(self, field_id: str, text: str, error: CounterError) -> None:
        self._way.raw[field_id] = text
        self.field_refused.emit(field_id, error)
        self.keep_typing()

    def take_raw(self) -> None:
        """Take every field whose words were left on their way, as after a crash."""
        for field_id, text in list(self.raw.items()):
            self.put(field_id, text)

    def take_card(self, card: CardData) -> None:
        """Take a card into the case; one that differs is told, not written."""
        def act() -> None:
            added, other = from_card(self._counter.desk, card, self.case)
            self._answer(added)
            if other:
                raise differs(other)
        self._try(act)

    # ---- typing that is not taken yet

    def typing(self, field_id: str, text: str, cursor: int) -> None:
        """Words are being typed: judge them soon, keep them half a second after the last key.

        Somebody who types on has them kept every four seconds.
        """
        taken = self.case.case.answers.get(field_id, "")
        self._way.type(field_id, text, cursor, taken=taken)

    def focus(self, field_id: str, cursor: int) -> None:
        """Remember where the clerk is; kept with the words while some are on their way."""
        self._way.move(field_id, cursor)

    def keep_typing(self) -> None:
        """Keep the words on their way, and say when."""
        way = self._way
        way.rest()
        if self.sheet is None or not self.editable:
            return

        def act() -> None:
            self._counter.desk.keep_typing(self.case_id, dict(way.raw), way.focus, way.cursor)
            self._say_saved()
        self._try(act)

    def _judge_typing(self, field_id: str, text: str) -> None:
        if self.sheet is None:
            return
        canonical, problem = self._counter.desk.check(field_id, text)
        if problem is not None and problem.blocks:
            return
        answers = {**self.case.case.answers, field_id: canonical}
        try:
            self.judged.emit(self._counter.desk.judge(self.case.case.procedure, answers))
        except CounterError:
            # the same words come back with their message when the field is left
            return

    # ---- materials, verdict, consent

    def see(self, material_id: str, seen: bool) -> None:
        """Tick or untick one material."""
        self._write(lambda: self._counter.desk.see(self.case_id, (material_id,), seen))

    def see_all(self) -> None:
        """All originals were in hand."""
        self._write(lambda: self._counter.desk.see(self.case_id, None, True))

    @property
    def read_aloud(self) -> bool:
        """Whether the rights were read to the applicant."""
        consent = self.case.case.consent
        return consent is not None and consent.given and consent.read_aloud

    @property
    def sheet_signed(self) -> bool:
        """Whether the signed sheet was received."""
        consent = self.case.case.consent
        return consent is not None and consent.given and consent.signed_sheet

    @property
    def signer(self) -> str:
        """Who confirms: a minor's guardian, else the applicant."""
        return GUARDIAN if is_minor(self.case.case.answers, self._day()) else SELF

    def confirm(self, *, read_aloud: bool, signed_sheet: bool) -> None:
        """Record what the applicant has heard and signed (自愿落户确认)."""
        self._write(lambda: self._counter.desk.consent(
            self.case_id, given=True, read_aloud=read_aloud, signed_sheet=signed_sheet,
            signer=self.signer,
        ))

    def decline(self) -> None:
        """Record that the applicant does not want to settle."""
        self._write(lambda: self._counter.desk.consent(
            self.case_id, given=False, read_aloud=True, signed_sheet=False, signer=self.signer,
        ))

    def override(self, code: str, reason: str) -> None:
        """Go past an alert, keeping the reason."""
        self._write(lambda: self._counter.desk.override(self.case_id, code, reason))

    def lacking(self) -> str:
        """Why it cannot be submitted now; empty when it can."""
        return self.case.allowed.get(Action.SUBMIT, "案件已不在草稿状态")

    def faults(self) -> tuple[Problem, ...]:
        """Everything to mend, in the order of the form: refused words, blanks, problems."""
        return faults_of(self._counter.desk, self.case, self.raw)

    def submit(self) -> bool:
        """Accept the case; whether it was."""
        self.leave()
        before = self.case.case.status
        self._write(lambda: self._counter.desk.submit(self.case_id))
        done = self.case.case.status is not before
        if done:
            self.submitted.emit(self.case)
        return done

    def notice_lines(self, extra: tuple[str, ...] = ()) -> tuple[NoticeLine, ...]:
        """The notice as it would be given now, with what the clerk adds in words."""
        counter = self._counter
        lines = NoticeLines.of(counter.book, self.case.procedure, self.case.case,
                               counter.clock.today())
        return (*lines.lacking(self.case), *(lines.added(text) for text in extra))

    def supplement(self, extra: tuple[str, ...] = ()) -> bool:
        """Close the case for now with a notice that lists everything missing."""
        self.leave()
        return self._write(lambda: self._counter.desk.supplement(self.case_id, extra))

    def refuse(self, reason: str) -> bool:
        """Do not accept the case."""
        return self._write(lambda: self._counter.desk.refuse(self.case_id, reason))

    def withdraw(self, reason: str) -> bool:
        """The applicant takes the application back."""
        return self._write(lambda: self._counter.desk.withdraw(self.case_id, reason))

    def switch(self, procedure_id: str) -> bool:
        """Go on by another way with everything that was filled in."""
        return self._write(lambda: self._counter.desk.switch(self.case_id, procedure_id))

    # ---- inside

    def _write(self, act: Callable[[], CaseSheet]) -> bool:
        try:
            sheet = act()
        except CounterError as error:
            self.refused.emit(error)
            return False
        self._take(sheet)
        self._say_saved()
        return True

    def _take(self, sheet: CaseSheet) -> None:
        self.sheet = sheet
        self.changed.emit(sheet)

    def _say_saved(self) -> None:
        self.saved.emit(f"草稿已保存 {clock_words(self._counter.clock.now())}")

    def _day(self) -> date:
        return self.case.case.law_day if self.sheet else self._counter.clock.today()
