"""What the counter shows: the workbench, a case, its history, and typing that was cut off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop_app.domain.case import Status
from desktop_app.domain.journal import Entry
from desktop_app.domain.staff import Permission
from desktop_app.services.answers import field_label
from desktop_app.services.casework import Casework
from desktop_app.services.journal_words import act_words
from desktop_app.services.permits import needs
from desktop_app.services.ports import Typing, UnitOfWork
from desktop_app.services.sheets import CaseHistory, CaseSheet, HistoryLine, Workbench
from desktop_app.services.words import day_start, local

_DRAFTS = frozenset({Status.DRAFT, Status.SUPPLEMENT})
_WAITING = frozenset({Status.ACCEPTED, Status.REVIEWED})


class Views(Casework):
    """Reading at the counter, and the record of words not yet taken."""

    @needs(Permission.HANDLE_CASES)
    def workbench(self) -> Workbench:
        """The first screen: drafts, what waits, what is due, what was done today."""
        today = self.clock.today()
        with self.store.read() as uow:
            drafts = uow.cases.in_status(_DRAFTS)
            since = day_start(today)
            unfinished = [uow.typings.get(row.id) for row in drafts]
            return Workbench(
                drafts=drafts,
                recent=uow.cases.touched_since(since),
                waiting_decision=uow.cases.count_in(_WAITING),
                due_today=uow.cases.due_by(today),
                counts=uow.cases.count_since(since),
                unfinished=tuple(typing for typing in unfinished if typing is not None),
            )

    @needs(Permission.HANDLE_CASES)
    def sheet(self, case_id: str) -> CaseSheet:
        """The case as it stands. Raises Missing."""
        with self.store.read() as uow:
            return self.sheets.make(uow, uow.cases.get(case_id))

    @needs(Permission.HANDLE_CASES)
    def history(self, case_id: str) -> CaseHistory:
        """The case with everything that happened to it and every paper, oldest first."""
        with self.store.read() as uow:
            sheet = self.sheets.make(uow, uow.cases.get(case_id))
            papers = uow.papers.of_case(case_id)
            entries = list(uow.journal.about(case_id))
            titles = {paper.id: paper.title for paper in papers}
            for paper in papers:
                entries.extend(uow.journal.about(paper.id))
            entries.sort(key=lambda entry: entry.seq)
            names = {operator.login: operator.name for operator in uow.staff.all()}
            lines = tuple(_line(entry, names, titles) for entry in entries)
            return CaseHistory(sheet, lines, papers)

    @needs(Permission.HANDLE_CASES)
    def keep_typing(
        self, case_id: str, raw: Mapping[str, str], focus: str, cursor: int
    ) -> None:
        """Keep words being typed, so that a crash loses none (R17).

        They are scratch, not an act: replaced each time, journalled never, gone on submission.
        Words that come late, when the case is no draft any more, are let go.
        """
        with self.store.write() as uow:
            if uow.cases.get(case_id).status is not Status.DRAFT:
                return
            uow.typings.put(Typing(case_id, dict(raw), focus, cursor, self.clock.now()))
            uow.commit()

    @needs(Permission.HANDLE_CASES)
    def typing(self, case_id: str) -> Typing | None:
        """The words that were being typed in a case, if any."""
        with self.store.read() as uow:
            return uow.typings.get(case_id)


def forget_typing(uow: UnitOfWork, case_id: str) -> None:
    """Drop the scratch of a case that is no longer being typed."""
    if uow.typings.get(case_id) is not None:
        uow.typings.drop(case_id)


def _line(entry: Entry, names: Mapping[str, str], titles: Mapping[str, str]) -> HistoryLine:
    fields = entry.detail.get("fields")
    told = "、".join(field_label(str(f)) for f in fields) if isinstance(fields, list) else ""
    return HistoryLine(
        at=local(datetime.fromisoformat(entry.at)),
        who=names.get(entry.who, entry.who),
        words=act_words(entry.action),
        detail=told or titles.get(entry.subject, ""),
    )
