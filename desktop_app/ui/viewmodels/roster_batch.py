"""A batch of freshers after it was taken: decided, registered, printed, told to the school."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.batch import BatchKind, Outcome, Reconciliation, ReconciliationLine
from desktop_app.domain.case import Status
from desktop_app.services.roster_sheets import BatchSheet
from desktop_app.ui.jobs import Jobs, Progress
from desktop_app.ui.viewmodels.counter import Counter, minute_words
from desktop_app.ui.viewmodels.work import Work

#: Who was taken and still has to be decided on or registered.
_OPEN = (Status.ACCEPTED, Status.REVIEWED, Status.APPROVED)


class BatchModel(Work):
    """One batch in hand.

    ``changed`` carries the BatchSheet whenever it was read again, ``acted`` the words of what was
    just done and what had to be left.
    """

    changed = Signal(object)
    acted = Signal(str, bool)

    def __init__(self, counter: Counter, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._counter = counter
        self.sheet: BatchSheet | None = None
        self.reconciliation: Reconciliation | None = None
        self.left: Mapping[str, str] = {}

    @property
    def counter(self) -> Counter:
        """The session behind the pages."""
        return self._counter

    @property
    def batch_id(self) -> str:
        """Id of the batch in hand, empty when there is none."""
        return self.sheet.batch.id if self.sheet else ""

    def load(self, batch_id: str) -> None:
        """Take up a batch."""
        self.left = {}
        rosters = self._counter.students.rosters
        self._act("正在读取批次", lambda: rosters.batch(batch_id), "")

    def take_up(self, sheet: BatchSheet) -> None:
        """A batch that was just taken."""
        self.left = {}
        rosters, taken = self._counter.students.rosters, sum(sheet.counts.values())

        def work(_: Progress) -> tuple[BatchSheet, Reconciliation]:
            return sheet, rosters.reconcile(sheet.batch.id)
        self.run("正在读取批次", work, self._shown(
            lambda _: (f"已受理 {taken:,} 人，名册共 {sheet.batch.sent:,} 行。"
                       f"{minute_words(sheet.undo_until)} 前可整批撤回")
        ), stoppable=False)

    # ---- acts

    def decide(self, password: str) -> None:
        """Approve everybody who was accepted."""
        rosters, batch_id = self._counter.students.rosters, self.batch_id
        self._act("正在审批", lambda: rosters.decide(batch_id, password), "已批准")

    def enter(self) -> None:
        """Register everybody who was approved."""
        rosters, batch_id = self._counter.students.rosters, self.batch_id
        self._act("正在登记", lambda: rosters.enter(batch_id), "已登记入集体户")

    def undo(self, reason: str) -> None:
        """Take the whole batch back."""
        rosters, batch_id = self._counter.students.rosters, self.batch_id
        self._act("正在撤回", lambda: rosters.undo(batch_id, reason), "已整批撤回")

    def write_reconciliation(self, path: Path) -> None:
        """Write the reconciliation sheet as a table for the school."""
        papers, batch_id = self._counter.students.papers, self.batch_id

        def done(written: Path) -> None:
            self.acted.emit(f"核对单已存到 {written.name}", True)
        self.run("正在写核对单", lambda progress: papers.write_reconciliation(batch_id, path), done,
                 stoppable=False)

    # ---- what is on show

    def lines(self, outcome: Outcome | None = None) -> tuple[ReconciliationLine, ...]:
        """What became of everybody, or of those with one outcome."""
        if self.reconciliation is None:
            return ()
        return tuple(
            line for line in self.reconciliation.lines if outcome in (None, line.outcome)
        )

    def line_words(self, line: ReconciliationLine) -> str:
        """Why a student is where he is."""
        return self.left.get(line.row.case_id, "") or line.words

    def count(self, *statuses: Status) -> int:
        """How many cases of the batch stand in these states."""
        return sum(self.sheet.counts.get(status, 0) for status in statuses) if self.sheet else 0

    def balance_words(self) -> str:
        """The sum the school gets: sent = settled + not chosen + refused + waiting."""
        found = self.reconciliation
        if found is None:
            return ""
        parts = " + ".join(f"{o.label} {found.counts[o]:,}" for o in Outcome)
        sign = "=" if found.balanced else "≠"
        return f"送来 {found.sent:,} {sign} {parts}"

    def state_words(self) -> str:
        """Where the batch stands, and what is next."""
        if self.sheet is None:
            return ""
        if self.sheet.batch.undone_at is not None:
            return f"整批已撤回：{self.sheet.batch.reason}"
        if self.count(Status.ACCEPTED):
            return "已受理，待审批"
        if self.count(Status.APPROVED):
            return "已批准，待登记"
        return "已登记，可打印" if not self.sheet.printed else "已登记，文书已生成"

    def _act(self, words: str, act: Callable[[], BatchSheet], told: str) -> None:
        rosters = self._counter.students.rosters

        def work(_: Progress) -> tuple[BatchSheet, Reconciliation | None]:
            sheet = act()
            roster = sheet.batch.kind is BatchKind.ROSTER
            return sheet, rosters.reconcile(sheet.batch.id) if roster else None

        def say(sheet: BatchSheet) -> str:
            if not told:
                return ""
            count = len(sheet.touched.cases)
            left = f"，{len(sheet.left):,} 人没有办成，原因在表中" if sheet.left else ""
            return f"{told} {count:,} 人{left}"
        self.run(words, work, self._shown(say), stoppable=False)

    def _shown(
        self, say: Callable[[BatchSheet], str]
    ) -> Callable[[tuple[BatchSheet, Reconciliation | None]], None]:
        def done(found: tuple[BatchSheet, Reconciliation | None]) -> None:
            self.sheet, self.reconciliation = found
            if self.sheet.left:
                self.left = dict(self.sheet.left)
            self.changed.emit(self.sheet)
            words = say(self.sheet)
            if words:
                self.acted.emit(words, not self.sheet.left)
        return done
