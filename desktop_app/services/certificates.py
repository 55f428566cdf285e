"""Papers (证件与文书): one transaction fills, renders, numbers, keeps and journals each of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.case import Case, Status
from desktop_app.domain.certificate import Paper
from desktop_app.domain.errors import InputError, Missing
from desktop_app.domain.forms import FilledForm, fill
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator, Permission
from desktop_app.domain.station import PrintOffset, Station
from desktop_app.services.case_problems import NO_GLYPH
from desktop_app.services.case_sheets import require_done
from desktop_app.services.casework import Casework, new_id
from desktop_app.services.desk_guidance import whose_door
from desktop_app.services.paper_records import Records, kept
from desktop_app.services.papers_void import reopen, void_papers, void_with_reprints
from desktop_app.services.permits import needs
from desktop_app.services.ports import Clock, FormRenderer, Marks, Store, UnitOfWork
from desktop_app.services.register_values import Values
from desktop_app.services.sheets import CaseSheet, PaperChoice, PaperSheet, Touched
from desktop_app.services.words import local, need_reason

PREVIEW = "预览"
_REGISTRATION = "registration"
#: Moments of papers that tell where a person is registered.
_OF_THE_STAY = frozenset({_REGISTRATION, "on_request"})
_REGISTERED = frozenset({Status.REGISTERED, Status.ISSUED, Status.ARCHIVED})
_HAND_WRITTEN = "（　）"

#: From the facts of a certificate to the text of its verification code.
Seal = Callable[[Mapping[str, object]], str]


@dataclass(frozen=True)
class _Made:
    """A paper that was rendered and is not yet kept."""

    values: Values
    filled: FilledForm
    pdf: bytes


class Certificates(Casework):
    """The papers of cases. ``seal`` signs the facts of a certificate into its code, if given."""

    def __init__(
        self, store: Store, book: PolicyBook, renderer: FormRenderer, station: Station,
        clock: Clock, by: Operator, seal: Seal | None = None,
    ) -> None:
        super().__init__(store, book, station, clock, by)
        self.renderer = renderer
        self._seal = seal

    @needs(Permission.PRINT)
    def choices(self, case_id: str) -> tuple[PaperChoice, ...]:
        """Every paper of the case's procedure, and why it cannot be had now, when it cannot."""
        titles = self.renderer.titles()
        with self.store.read() as uow:
            sheet = self.sheets.make(uow, uow.cases.get(case_id))
            papers = [paper for paper in uow.papers.of_case(case_id) if not paper.voided]
            return tuple(
                PaperChoice(
                    use.form, titles.get(use.form, use.form), use.moment,
                    self._reason(uow, sheet, use.moment),
                    sum(paper.form == use.form for paper in papers),
                )
                for use in sheet.procedure.papers
            )

    def _reason(self, uow: UnitOfWork, sheet: CaseSheet, moment: str) -> str:
        """Why a paper of that moment cannot be printed now; empty when it can."""
        case = sheet.case
        if moment == "wrong_station":
            return "" if self._wrong_door(case) else "迁入地或学校归本所，不用指引"
        if moment == "consent":
            return "" if case.answers.get("applicant.name") else "先填申请人姓名"
        ready, reason = {
            "receipt": (bool(case.number), "受理后打印"),
            "file": (bool(case.number), "受理后打印"),
            "notice": (case.supplement is not None, "开一次性告知单后打印"),
            "refusal": (case.status is Status.NOT_ACCEPTED, "不予受理后打印"),
            "rejection": (case.status is Status.NOT_APPROVED, "不予批准后打印"),
        }.get(moment, (case.status in _REGISTERED, "登记入户后打印"))
        if ready and moment in _OF_THE_STAY and _has_left(uow, case):
            return "此人已迁离这一户，按现在的登记打印"
        return "" if ready else reason

    def _wrong_door(self, case: Case) -> str:
        return whose_door(case.answers, self.station, self.book, self.clock.today()) or ""

    @needs(Permission.PRINT)
    def record(self, case_id: str, form: str) -> Mapping[str, object]:
        """The values that a paper of the case would print now."""
        with self.store.read() as uow:
            sheet = self.sheets.make(uow, uow.cases.get(case_id))
            self._moment(uow, sheet, form)
            return self._values(uow, sheet, PREVIEW)

    def _values(self, uow: UnitOfWork, sheet: CaseSheet, copy_number: str) -> Values:
        records = Records(uow, self.book, self.station, self.by, self.clock.today())
        values = records.of(sheet, copy_number, self._wrong_door(sheet.case))
        if self._seal is not None and "certificate.number" in values:
            values["certificate.code"] = self._seal(values)
        if any(o.alert.startswith(NO_GLYPH) for o in sheet.case.overrides):
            return self._left_open(values)
        return values

    def _left_open(self, values: Values) -> Values:
        """The values with room to write by hand where no font has the character (手写栏)."""
        opened: Values = {}
        for key, value in values.items():
            text = value if isinstance(value, str) else ""
            for char in self.renderer.missing_glyphs(text) if text else ():
                text = text.replace(char, _HAND_WRITTEN)
            opened[key] = text or value
        return opened

    @needs(Permission.PRINT)
    def preview(self, case_id: str, form: str, overprint: bool = False) -> PaperSheet:
        """The paper as it would be, marked 预览; it has no number and is not kept."""
        with self.store.read() as uow:
            sheet = self.sheets.make(uow, uow.cases.get(case_id))
            self._moment(uow, sheet, form)
            made = self._make(uow, sheet, form, PREVIEW, overprint)
        paper = self._paper(sheet.case, made, "", PREVIEW, overprint)
        return PaperSheet(paper, made.pdf, self._rare(made))

    def _moment(self, uow: UnitOfWork, sheet: CaseSheet, form: str) -> str:
        moment = next((use.moment for use in sheet.procedure.papers if use.form == form), None)
        if moment is None:
            title = self.renderer.titles().get(form, form)
            raise InputError(f"此件没有《{title}》", "从可打印的文书中选")
        require_done(self._reason(uow, sheet, moment), "办到那一步再打印")
        return moment

    def _make(
        self, uow: UnitOfWork, sheet: CaseSheet, form: str, copy_number: str, overprint: bool
    ) -> _Made:
        values = self._values(uow, sheet, copy_number)
        return self._drawn(values, form, sheet.case, copy_number, overprint)

    def _drawn(
        self, values: Values, form: str, case: Case, copy_number: str, overprint: bool,
        reprint: str = "", on: date | None = None,
    ) -> _Made:
        filled = fill(self.renderer.edition(form, on or self.clock.today()), values)
        pdf = self.renderer.render(
            (filled,),
            marks=Marks(
                copy_number, case.policy_digest or self.book.digest, reprint,
                self.station.training,
            ),
            overprint=overprint,
            offset=self.station.offsets.get(form, PrintOffset()),
        )
        return _Made(values, filled, pdf)

    def _paper(
        self, case: Case, made: _Made, paper_id: str, copy_number: str, overprint: bool
    ) -> Paper:
        return Paper(
            id=paper_id, case_id=case.id, form=made.filled.form_id, title=made.filled.form.title,
            copy_number=copy_number, sha256=hashlib.sha256(made.pdf).hexdigest(),
            pages=len(made.filled.pages), by=self.by.login, at=self.clock.now(),
            policy_digest=case.policy_digest or self.book.digest, overprint=overprint,
        )

    def _rare(self, made: _Made) -> tuple[str, ...]:
        words = "".join(text.text for page in made.filled.pages for text in page.texts)
        return self.renderer.fallback_glyphs(words)

    @needs(Permission.PRINT)
    def issue(self, case_id: str, form: str, overprint: bool = False) -> PaperSheet:
        """Print a paper for the first time (or anew after it was voided).

        Number, bytes and journal entry come into being together; a paper that cannot be filled
        or drawn is refused with every reason, and its number is given back. The last registration
        paper makes the case 已制证.
        """
        with self.store.write() as uow:
            case = uow.cases.get(case_id)
            sheet = self.sheets.make(uow, case)
            if self._moment(uow, sheet, form) == _REGISTRATION:
                self._require_first(uow, case_id, form)
            number = self._next_copy(uow)
            made = self._make(uow, sheet, form, number, overprint)
            paper = self._paper(case, made, new_id(), number, overprint)
            self._keep_paper(uow, paper, made)
            if self._complete(uow, sheet):
                case = uow.cases.save(
                    replace(case, status=Status.ISSUED, touched_at=self.clock.now())
                )
            self._note_paper(uow, "paper.issue", paper, {"status": case.status.value})
            uow.commit()
        return PaperSheet(paper, made.pdf, self._rare(made))

    def _require_first(self, uow: UnitOfWork, case_id: str, form: str) -> None:
        if any(p.form == form and not p.voided for p in uow.papers.of_case(case_id)):
            require_done("这份文书已打印过", "用补打并写明理由，或先作废原件")

    def _next_copy(self, uow: UnitOfWork) -> str:
        station, workstation = self.station.code, self.station.workstation
        return f"{station}-{workstation}-{uow.next_number(f'copy-{workstation}'):06d}"

    def _keep_paper(self, uow: UnitOfWork, paper: Paper, made: _Made) -> None:
        uow.papers.add(paper, made.pdf)
        uow.settings.put(_values_key(paper.id), kept(made.values))

    def _complete(self, uow: UnitOfWork, sheet: CaseSheet) -> bool:
        if sheet.case.status is not Status.REGISTERED:
            return False
        papers = uow.papers.of_case(sheet.case.id)
        printed = {paper.form for paper in papers if not paper.voided}
        return printed.issuperset(sheet.procedure.papers_at(_REGISTRATION))

    def _note_paper(
        self, uow: UnitOfWork, act: str, paper: Paper, detail: Mapping[str, object]
    ) -> None:
        self._note(uow, act, paper.id, {
            "case": paper.case_id, "form": paper.form, "copy_number": paper.copy_number,
            "sha256": paper.sha256, "pages": paper.pages, "overprint": paper.overprint,
            "policy": paper.policy_digest, **detail,
        })

    @needs(Permission.PRINT)
    def reprint(self, paper_id: str, reason: str) -> PaperSheet:
        """The paper again (补打), with values and edition of its first print, mark and reason.

        It has a copy number of its own; the bytes of the first print stay as they are.
        """
        why = need_reason(reason, "补打")
        with self.store.write() as uow:
            first = uow.papers.get(paper_id)
            if first.voided:
                require_done("此文书已作废，不能补打", "重新打印一份")
            values = _values_of(uow, first)
            number = self._next_copy(uow)
            made = self._drawn(
                values, first.form, uow.cases.get(first.case_id), number, first.overprint,
                reprint=f"补打：{why}", on=_day_of(uow, first),
            )
            case = uow.cases.get(first.case_id)
            paper = replace(
                self._paper(case, made, new_id(), number, first.overprint),
                reprint_of=first.id, reason=why,
            )
            self._keep_paper(uow, paper, made)
            self._note_paper(uow, "paper.reprint", paper, {
                "reprint_of": first.id, "reason": self._digest(uow, {"reason": why}),
            })
            uow.commit()
        return PaperSheet(paper, made.pdf, self._rare(made))

    @needs(Permission.PRINT)
    def of_case(self, case_id: str) -> tuple[Paper, ...]:
        """Every paper of a case, oldest first."""
        with self.store.read() as uow:
            return uow.papers.of_case(case_id)

    @needs(Permission.PRINT)
    def stored(self, paper_id: str) -> PaperSheet:
        """The very bytes that were printed; the look is journalled."""
        with self.store.write() as uow:
            paper = uow.papers.get(paper_id)
            pdf = uow.papers.pdf(paper_id)
            self._note_paper(uow, "paper.view", paper, {})
            uow.commit()
        return PaperSheet(paper, pdf)

    @needs(Permission.PRINT)
    def void(self, paper_id: str, reason: str) -> Touched:
        """Take a paper back (作废) with what was printed again from it.

        It keeps its number and bytes. Twice writes nothing.
        """
        why = need_reason(reason, "作废")
        with self.store.write() as uow:
            paper = uow.papers.get(paper_id)
            if paper.voided:
                return Touched()
            case = uow.cases.get(paper.case_id)
            required = self.sheets.procedure(case).papers_at(_REGISTRATION)
            if paper.form in required:
                voided = void_papers(uow, case, {paper.form}, why)
                reopen(uow, case.id, self.clock.now())
            else:
                voided = void_with_reprints(uow, paper, why)
            self._note_paper(uow, "paper.void", paper, {
                "reason": self._digest(uow, {"reason": why}),
            })
            uow.commit()
        return Touched(cases=frozenset({case.id}), papers=frozenset(voided))


def _day_of(uow: UnitOfWork, paper: Paper) -> date:
    """The day a paper was first printed, whose edition of the form its values fill."""
    while paper.reprint_of:
        paper = uow.papers.get(paper.reprint_of)
    return local(paper.at).date()


def _has_left(uow: UnitOfWork, case: Case) -> bool:
    """Whether the stay that the case began is over."""
    stays = uow.people.stays_of(case.person_id)
    return any(stay.case_id == case.id and stay.until is not None for stay in stays)


def _values_key(paper_id: str) -> str:
    return f"paper-values.{paper_id}"


def _values_of(uow: UnitOfWork, paper: Paper) -> Values:
    text = uow.settings.get(_values_key(paper.id))
    if text is None:
        raise Missing("这份文书没有留下打印的内容", "重新打印一份")
    values: Values = json.loads(text)
    return values
