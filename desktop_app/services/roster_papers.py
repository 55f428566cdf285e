"""Papers of a roster: forms and cards for all in one file, and the reconciliation sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from desktop_app.domain.batch import Batch, Outcome, Reconciliation
from desktop_app.domain.case import Case, Status
from desktop_app.domain.people import Membership, Person
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator, Permission
from desktop_app.domain.station import Station
from desktop_app.services.batch_printing import (
    BatchPrinting,
    Part,
    Sheet,
    Stack,
    Tell,
    Values,
    station_values,
)
from desktop_app.services.bulk import let_go, without_collecting
from desktop_app.services.case_sheets import require_done
from desktop_app.services.permits import needs
from desktop_app.services.ports import Clock, FormRenderer, Store, UnitOfWork
from desktop_app.services.register_values import RegisterValues
from desktop_app.services.sheets import PaperSheet

_HEAD, _REGISTER, _CARD = "collective_head", "person_register", "book_member"
_RECONCILIATION = "roster_reconciliation"
_NOT_YET = "登记时编"
Student = tuple[Case, Person, Membership]


class ReconciliationWriter(Protocol):
    """Writes a reconciliation as a workbook for the school."""

    def write(self, reconciliation: Reconciliation, path: Path) -> None:
        """Write it whole or not at all. Raises Unavailable."""
        ...


class RosterPapers(BatchPrinting):
    """Prints for whole rosters; ``sheets_out`` writes workbooks."""

    def __init__(
        self, store: Store, book: PolicyBook, renderer: FormRenderer, station: Station,
        clock: Clock, by: Operator, part: Part, sheets_out: ReconciliationWriter,
    ) -> None:
        super().__init__(store, book, renderer, station, clock, by, part)
        self._sheets_out = sheets_out

    @needs(Permission.PRINT)
    def print_all(self, batch_id: str, *, progress: Tell | None = None) -> PaperSheet:
        """集体户首页, every 常住人口登记表, then every 常住人口登记卡, in the order of the roster.

        One file with a cover, one copy number, one act: the cases become 已制证. The forms lie
        together and so do the cards, for they are different paper. ``progress`` is told how many
        sheets are filled. Raises FormRefused with everything that cannot be printed.
        """
        def settle(uow: UnitOfWork, printed: frozenset[str]) -> Mapping[str, object]:
            return self._issued(uow, batch_id, printed)
        with without_collecting():
            return self._make(
                lambda uow: self._all(uow, batch_id), settle=settle, progress=progress
            )

    def _issued(
        self, uow: UnitOfWork, batch_id: str, printed: frozenset[str]
    ) -> Mapping[str, object]:
        """The cases of those who are printed become 已制证."""
        now = self.clock.now()
        cases = [
            replace(case, status=Status.ISSUED, touched_at=now)
            for case in uow.batches.cases(batch_id) if case.id in printed
        ]
        uow.batches.save_cases(cases)
        return {"people": len(cases), "status": Status.ISSUED.value}

    def _students(self, uow: UnitOfWork, batch: Batch) -> list[Student]:
        cases = {case.id: case for case in uow.batches.cases(batch.id)}
        return [
            (cases[stay.case_id], person, stay)
            for person, stay in uow.batches.students(batch.id)
            if cases[stay.case_id].status is Status.REGISTERED and stay.until is None
        ]

    def _all(self, uow: UnitOfWork, batch_id: str) -> Stack:
        """Every sheet of the batch; only the words stay in memory. Raises NotAllowed."""
        batch, today = uow.batches.get(batch_id), self.clock.today()
        require_done(self._sheet(uow, batch).print_lacks, "登记后再打印")
        students = self._students(uow, batch)
        values = RegisterValues(uow, self.book, self.station, self.by, today)
        household = uow.people.household(students[0][2].household_id)
        common = {**station_values(self.station), **values.household(household, "")}
        records = [
            _filled(values.settled(
                case, self.sheets.procedure(case), person, stay, common
            ))
            for case, person, stay in students
        ]
        sheets: list[Sheet] = [(_HEAD, _filled(common))]
        sheets += [(_REGISTER, record) for record in records]
        sheets += [(_CARD, record) for record in records]
        form_pages = len(self.renderer.edition(_REGISTER, today).pages)
        first_card = 3 + form_pages * len(records)
        contents = (
            "集体户首页：第 2 页",
            f"常住人口登记表：第 3 至 {first_card - 1} 页，每人 {form_pages} 页，按名册顺序",
            f"常住人口登记卡：第 {first_card} 至 {first_card + len(records) - 1} 页，按名册顺序",
        )
        names = [person.name for _, person, _ in students]
        title = cover_title(batch)
        cover = self._cover(batch, title, names, contents)
        printed = frozenset(case.id for case, _, _ in students)
        let_go(students)
        return Stack(batch, title, cover, sheets, printed)

    @needs(Permission.PRINT)
    def reconciliation(self, batch_id: str) -> PaperSheet:
        """新生落户核对单 on paper, with places for both seals; kept and journalled."""
        def gather(uow: UnitOfWork) -> Stack:
            batch = uow.batches.get(batch_id)
            values = self._reconciled(self._told(uow, batch))
            return Stack(batch, "新生落户核对单", {}, [(_RECONCILIATION, values)])
        with without_collecting():
            return self._make(gather)

    @needs(Permission.PRINT)
    def write_reconciliation(self, batch_id: str, path: Path) -> Path:
        """新生落户核对单 as a workbook for the school; the journal tells that it left."""
        with without_collecting(), self.store.write() as uow:
            told = self._told(uow, uow.batches.get(batch_id))
            self._note(uow, "roster.export", batch_id, {
                "rows": len(told.lines),
                **{outcome.value: count for outcome, count in told.counts.items()},
            })
            self._sheets_out.write(told, path)
            uow.commit()
        return path

    def _reconciled(self, told: Reconciliation) -> Values:
        batch = told.batch
        return {
            **station_values(self.station),
            "batch.school": batch.school_name, "batch.file": batch.file,
            "batch.household_number": told.household_number or _NOT_YET,
            "batch.day": told.day, "batch.operator": self.by.name, "batch.sent": f"{told.sent}",
            **{f"batch.{outcome.value}": f"{told.counts[outcome]}" for outcome in Outcome},
            "students": [
                {
                    "number": f"{line.row.number}",
                    "student_number": self._seen(line.row.student_number),
                    "name": self._seen(line.row.name),
                    "citizen_id": self._seen(line.row.citizen_id),
                    "class_name": self._seen(line.row.class_name),
                    "outcome": line.outcome.label,
                    "words": "　".join(
                        filter(None, (line.case_number, self._seen(line.words)))
                    ),
                }
                for line in told.lines
            ],
        }

    def _seen(self, text: str, longest: int = 60) -> str:
        """What a refused row held, fit for paper: drawable, and not without end."""
        missing = set(self.renderer.missing_glyphs(text))
        shown = "".join("□" if char in missing or not char.isprintable() else char
                        for char in text)
        return shown if len(shown) <= longest else f"{shown[:longest]}…"


def cover_title(batch: Batch) -> str:
    """What a printed batch is called."""
    return f"{batch.school_name}{batch.year}级新生集体落户"


def _filled(values: Values) -> Values:
    return {key: value for key, value in values.items() if value is not None and value != ""}
