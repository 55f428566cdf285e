"""What every act on a case shares: find it, see that it may happen, keep it, write it down once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from desktop_app.domain.case import Action, Case, require_action
from desktop_app.domain.errors import Conflict, InputError
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.staff import Operator
from desktop_app.domain.station import Station
from desktop_app.services.case_problems import Glyphs
from desktop_app.services.case_sheets import CaseSheets
from desktop_app.services.ports import Clock, Store, UnitOfWork
from desktop_app.services.sheets import CaseSheet
from desktop_app.services.words import keep_land_rights_out, local


def new_id() -> str:
    """An id that nobody can guess and no two stations share."""
    return uuid4().hex


class Casework:
    """The base of the services that write cases, for one operator at one workstation."""

    def __init__(
        self, store: Store, book: PolicyBook, station: Station, clock: Clock, by: Operator,
        glyphs: Glyphs | None = None,
    ) -> None:
        self.store = store
        self.book = book
        self.station = station
        self.clock = clock
        self.by = by
        self.sheets = CaseSheets(book, station, clock, by, glyphs)

    def _case(
        self, uow: UnitOfWork, case_id: str, action: Action, version: int | None = None
    ) -> Case:
        """The case, if its state permits the act and it is still as the caller saw it."""
        case = uow.cases.get(case_id)
        if version is not None and version != case.version:
            raise _changed_meanwhile(uow, case)
        require_action(case.status, self.sheets.procedure(case).chain, action)
        return case

    def _keep(
        self, uow: UnitOfWork, case: Case, act: str, detail: Mapping[str, object], *,
        new: bool = False,
    ) -> CaseSheet:
        """Keep the case with its one journal entry, make both durable, and give its sheet."""
        now = self.clock.now()
        touched = replace(case, touched_at=now)
        if new:
            uow.cases.add(touched)
            kept = touched
        else:
            kept = uow.cases.save(touched)
        self._note(uow, act, case.id, detail)
        sheet = self.sheets.make(uow, kept, touched=True)
        uow.commit()
        return sheet

    def _keep_fit_for_paper(self, text: str, field: str) -> None:
        """Raise InputError for words that the paper of this act must not, or cannot, print.

        Found out at the printer it would be too late: the act is done and stays as it is.
        """
        keep_land_rights_out(text, field)
        glyphs = self.sheets.missing_glyphs
        missing = glyphs(text.replace("\n", "")) if glyphs is not None else ()
        if missing:
            raise InputError(
                f"“{'、'.join(missing)}”没有字库，打印不出", "换一个写法", field=field
            )

    def _note(
        self, uow: UnitOfWork, act: str, subject: str, detail: Mapping[str, object]
    ) -> None:
        """Append the journal entry of this act."""
        uow.journal.append(
            at=self.clock.now(), who=self.by.login, action=act, subject=subject,
            detail={"workstation": self.station.workstation, **detail},
        )

    def _digest(self, uow: UnitOfWork, values: Mapping[str, str]) -> str:
        """The keyed digest of values, so that the journal can attest them without telling them."""
        text = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
        return uow.journal.keyed_digest(text)


def _changed_meanwhile(uow: UnitOfWork, case: Case) -> Conflict:
    entries = uow.journal.about(case.id)
    who = entries[-1].who if entries else "另一窗口"
    at = f"{local(case.touched_at):%H:%M} " if case.touched_at is not None else ""
    return Conflict(f"{who} {at}改过此件", "重新打开案件，核对后再改")
