"""What every act on a batch shares: how it stands, and why an act cannot be done now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desktop_app.domain.batch import KNOWN, Batch, BatchRow, Reconciliation, reconcile
from desktop_app.domain.case import Case, Status
from desktop_app.domain.staff import Permission
from desktop_app.services.case_sheets import OWN_CASE
from desktop_app.services.casework import Casework
from desktop_app.services.ports import UnitOfWork
from desktop_app.services.roster_sheets import BatchSheet
from desktop_app.services.sheets import Touched
from desktop_app.services.words import local

#: The way to settle that freshers take.
PROCEDURE = "student_collective"
_UNDONE = "整批已撤回"


class BatchWork(Casework):
    """The base of the services that work on batches."""

    def _sheet(
        self, uow: UnitOfWork, batch: Batch, *, touched: Sequence[Case] = (),
        left: Sequence[tuple[str, str]] = (),
    ) -> BatchSheet:
        counts = Counter(uow.batches.counts(batch.id))
        return BatchSheet(
            batch=batch, counts=counts, printed=uow.papers.of_case(batch.id),
            undo_until=batch.undo_until(), undo_lacks=self._undo_lacks(uow, batch),
            decide_lacks=self._decide_lacks(batch, counts),
            enter_lacks=self._enter_lacks(batch, counts),
            print_lacks=self._print_lacks(batch, counts), left=tuple(left),
            touched=Touched(
                cases=frozenset(case.id for case in touched),
                persons=frozenset(case.person_id for case in touched),
            ),
        )

    def _undo_lacks(self, uow: UnitOfWork, batch: Batch) -> str:
        """Why a batch cannot be taken back any more; empty when it can."""
        if batch.undone_at is not None:
            return _UNDONE
        if self.clock.now() > batch.undo_until():
            return f"已过 24 小时，{local(batch.undo_until()):%m-%d %H:%M} 前可以整批撤回"
        if uow.batches.printed(batch.id):
            return "文书已经生成，不能整批撤回"
        return ""

    def _decide_lacks(self, batch: Batch, counts: Counter[Status]) -> str:
        if batch.undone_at is not None:
            return _UNDONE
        if not self.by.may(Permission.DECIDE):
            return f"{self.by.role.label}不办此步，交所领导"
        if batch.by == self.by.login and not self.station.one_person:
            return OWN_CASE
        return "" if counts[Status.ACCEPTED] else "没有待审批的件"

    def _enter_lacks(self, batch: Batch, counts: Counter[Status]) -> str:
        if batch.undone_at is not None:
            return _UNDONE
        if not self.by.may(Permission.REGISTER):
            return f"{self.by.role.label}不办此步，交有权限的人"
        return "" if counts[Status.APPROVED] else "没有批准了待登记的件"

    def _print_lacks(self, batch: Batch, counts: Counter[Status]) -> str:
        if batch.undone_at is not None:
            return _UNDONE
        return "" if counts[Status.REGISTERED] else "没有已登记待打印的件"

    def _told(
        self, uow: UnitOfWork, batch: Batch, rows: Sequence[BatchRow] | None = None
    ) -> Reconciliation:
        """What happened to everybody the school sent; ``rows`` of a batch that was never kept."""
        found = uow.batches.rows(batch.id) if rows is None else rows
        earlier = [row.citizen_id for row in found if row.lane == KNOWN]
        return reconcile(
            batch, found, uow.batches.states(batch.id),
            uow.batches.states_of(earlier, PROCEDURE) if earlier else {},
            station=self.station.name, day=self.clock.today(),
            household_number=uow.settings.get(f"collective.{batch.school}") or "",
        )
