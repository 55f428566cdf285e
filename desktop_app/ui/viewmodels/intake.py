"""Taking a case in (受理): fields, materials, live verdict, consent, submission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.domain.case import Action
from desktop_app.domain.errors import CounterError, InputError, NotAllowed
from desktop_app.domain.facts import FACTS
from desktop_app.domain.fields import FieldDef, field
from desktop_app.domain.procedure import Step
from desktop_app.domain.rules import CONSENT
from desktop_app.services.answers import Option, options, show
from desktop_app.services.case_facts import GUARDIAN, GUARDIAN_FIELDS, SELF, asked_fields, is_minor
from desktop_app.services.ports import Typing
from desktop_app.services.sheets import CaseSheet, Problem
from desktop_app.ui.viewmodels.counter import Counter, clock_words
from desktop_app.ui.viewmodels.words import card_answers

AUTOSAVE_MS = 500
LONGEST_MS = 4_000
"""Words are kept after this time even while somebody types on without a pause."""
LIVE_MS = 50


def _is_beside(field_id: str) -> bool:
    """Whether a field may be asked beside the steps: a fact, or a guardian's item."""
    return field_id in FACTS or field_id in GUARDIAN_FIELDS


class IntakeModel(QObject):
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
    refused = Signal(object)
    submitted = Signal(object)

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counter = counter
        self.sheet: CaseSheet | None = None
        self.raw: dict[str, str] = {}
        self.resumed: Typing | None = None
        self._focus, self._cursor = "", 0
        self._typed: tuple[str, str] | None = None
        self._autosave = self._timer(AUTOSAVE_MS, self.keep_typing)
        self.longest = self._timer(LONGEST_MS, self.keep_typing)
        self._live = self._timer(LIVE_MS, self._judge_typing)

    # ---- the case in hand

    @property
    def counter(self) -> Counter:
        """The session behind the page."""
        return self._counter

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
        self.raw = dict(typing.raw) if typing else {}
        self.resumed = typing
        self._focus, self._cursor = (typing.focus, typing.cursor) if typing else ("", 0)
        self._stop()
        self._take(sheet)

    def leave(self) -> None:
        """Keep what is being typed before another page comes."""
        if self._autosave.isActive():
            self.keep_typing()

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
        return (*steps, Step("beside", "还须问明", beside)) if beside else steps

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
        for field_id in answers:
            self.raw.pop(field_id, None)
            self.field_taken.emit(field_id)
        self._typed = None
        self._take(sheet)
        self._say_saved()

    def _keep_refused(self, field_id: str, text: str, error: CounterError) -> None:
        self.raw[field_id] = text
        self.field_refused.emit(field_id, error)
        self.keep_typing()

    def take_raw(self) -> None:
        """Take every field whose words were left on their way, as after a crash."""
        for field_id, text in list(self.raw.items()):
            self.put(field_id, text)

    def read_card(self) -> None:
        """Take the card on the reader into the case; a card that differs is told, not written."""
        def act() -> None:
            answers = self._fitting(card_answers(self._counter.reader.read()))
            held = self.case.case.answers
            other = [k for k, v in answers.items() if held.get(k) and held[k] != v]
            if "applicant.citizen_id" in other:
                raise InputError(
                    "证件与已填的身份号码不同", "核对是否同一人，换人按 F2",
                    field="applicant.citizen_id",
                )
            self._answer({k: v for k, v in answers.items() if not held.get(k)})
            if other:
                labels = "、".join(field(k).label for k in other)
                raise InputError(f"证件与已填的不一致：{labels}", "对照证件核对后再改")
        self._try(act)

    def _fitting(self, words: Mapping[str, str]) -> dict[str, str]:
        asked = set(self.case.procedure.fields)
        found = {}
        for field_id, text in words.items():
            canonical, problem = self._counter.desk.check(field_id, text)
            if field_id in asked and (problem is None or not problem.blocks):
                found[field_id] = canonical
        return found

    # ---- typing that is not taken yet

    def typing(self, field_id: str, text: str, cursor: int) -> None:
        """Words are being typed: judge them soon, keep them half a second after the last key.

        Somebody who types on has them kept every four seconds.
        """
        self._focus, self._cursor = field_id, cursor
        if text == self.case.case.answers.get(field_id, ""):
            self.raw.pop(field_id, None)
        else:
            self.raw[field_id] = text
        self._typed = (field_id, text)
        self._autosave.start()
        if not self.longest.isActive():
            self.longest.start()
        self._live.start()

    def focus(self, field_id: str, cursor: int) -> None:
        """Remember where the clerk is; kept with the words while some are on their way."""
        moved = (field_id, cursor) != (self._focus, self._cursor)
        self._focus, self._cursor = field_id, cursor
        if moved and self.raw:
            self._autosave.start()

    def keep_typing(self) -> None:
        """Keep the words on their way, and say when."""
        self._autosave.stop()
        self.longest.stop()
        if self.sheet is None or not self.editable:
            return
        def act() -> None:
            self._counter.desk.keep_typing(
                self.case_id, dict(self.raw), self._focus, self._cursor
            )
            self._say_saved()
        self._try(act)

    def _judge_typing(self) -> None:
        if self._typed is None or self.sheet is None:
            return
        field_id, text = self._typed
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
    def declined(self) -> bool:
        """Whether the applicant said no."""
        consent = self.case.case.consent
        return consent is not None and not consent.given

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
        found: list[Problem] = []
        for field_id, text in self.raw.items():
            _, problem = self._counter.desk.check(field_id, text)
            if problem is not None and problem.blocks:
                found.append(problem)
        told = {problem.field for problem in found}
        for field_id in self.case.missing_fields:
            if field_id not in told and field_id != CONSENT:
                found.append(Problem(
                    "missing_value", f"填写{field(field_id).label}", "", field=field_id
                ))
                told.add(field_id)
        found.extend(p for p in self.case.problems if p.field not in told or not p.field)
        order = {field_id: place for place, field_id in enumerate(self.case.procedure.fields)}
        return tuple(sorted(found, key=lambda p: order.get(p.field, len(order))))

    def submit(self) -> bool:
        """Accept the case; whether it was."""
        self.leave()
        before = self.case.case.status
        self._write(lambda: self._counter.desk.submit(self.case_id))
        done = self.case.case.status is not before
        if done:
            self.submitted.emit(self.case)
        return done

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

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except CounterError as error:
            self.refused.emit(error)

    def _say_saved(self) -> None:
        self.saved.emit(f"草稿已保存 {clock_words(self._counter.clock.now())}")

    def _stop(self) -> None:
        self._autosave.stop()
        self.longest.stop()
        self._live.stop()
        self._typed = None

    def _day(self) -> date:
        return self.case.case.law_day if self.sheet else self._counter.clock.today()

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        # A coarse timer may be a twentieth late, and the promise is in seconds.
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer
