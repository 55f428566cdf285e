"""A batch (批次): the students of one roster taken together, or those who leave together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from desktop_app.domain.case import Status

#: A batch can be taken back whole for so long, while nothing of it is printed.
UNDO_WITHIN = timedelta(hours=24)


#: The lane of a row whose student was taken before: it is told as that case stands.
KNOWN = "known"


class BatchKind(Enum):
    """名册 (freshers in) or 毕业迁出 (graduates out)."""

    ROSTER = "roster"
    DEPARTURE = "departure"


class Outcome(Enum):
    """What became of a row; the four of them balance against what the school sent."""

    SETTLED = "settled"
    NOT_CHOSEN = "not_chosen"
    REFUSED = "refused"
    WAITING = "waiting"

    @property
    def label(self) -> str:
        """In the words of the reconciliation sheet (新生落户核对单)."""
        return _OUTCOME_WORDS[self]


_OUTCOME_WORDS = {
    Outcome.SETTLED: "已落户",
    Outcome.NOT_CHOSEN: "未选择落户",
    Outcome.REFUSED: "有原因未办",
    Outcome.WAITING: "办理中",
}


@dataclass(frozen=True)
class Batch:
    """One act on many students; ``sent`` is how many rows the file had.

    ``file_sha256`` tells the file again; ``year`` is that of the freshers' entry; ``undone_at`` is
    set, with the ``reason``, when the whole batch was taken back.
    """

    id: str
    kind: BatchKind
    school: str
    school_name: str
    file: str
    file_sha256: str
    sheet: str
    sent: int
    by: str
    at: datetime
    year: int
    undone_at: datetime | None = None
    reason: str = ""

    def undo_until(self) -> datetime:
        """The last moment at which it can be taken back."""
        return self.at + UNDO_WITHIN


@dataclass(frozen=True)
class BatchRow:
    """One student of a batch; ``number`` is the row in the spreadsheet, ``lane`` its lane then.

    ``case_id`` is empty for a row that was not taken, and ``reason`` says why. In a departure
    ``destination`` is where the person goes, ``certificate`` the number of the 户口迁移证 and
    ``returned`` why the person did not leave after all.
    """

    batch_id: str
    position: int
    number: int
    lane: str
    name: str
    citizen_id: str
    student_number: str = ""
    college: str = ""
    major: str = ""
    class_name: str = ""
    case_id: str = ""
    person_id: str = ""
    reason: str = ""
    destination: str = ""
    certificate: str = ""
    returned: str = ""


@dataclass(frozen=True)
class ReconciliationLine:
    """What is told to the school about one student."""

    row: BatchRow
    outcome: Outcome
    case_number: str
    words: str


@dataclass(frozen=True)
class Reconciliation:
    """What happened to everybody the school sent (新生落户核对单)."""

    batch: Batch
    station: str
    day: date
    household_number: str
    lines: tuple[ReconciliationLine, ...]
    counts: Mapping[Outcome, int] = field(default_factory=dict)

    @property
    def sent(self) -> int:
        """How many the school sent."""
        return self.batch.sent

    @property
    def balanced(self) -> bool:
        """Whether sent = settled + not chosen + refused + waiting."""
        return self.sent == sum(self.counts.values())


@dataclass(frozen=True)
class CaseState:
    """A case of a batch in short: its number, its state, and the reason of the last decision."""

    number: str
    status: Status
    reason: str = ""


_SETTLED = frozenset({Status.REGISTERED, Status.ISSUED, Status.ARCHIVED})
_ENDED = frozenset({Status.NOT_ACCEPTED, Status.NOT_APPROVED, Status.WITHDRAWN})


def reconcile(
    batch: Batch,
    rows: Sequence[BatchRow],
    cases: Mapping[str, CaseState],
    known: Mapping[str, CaseState],
    *,
    station: str,
    day: date,
    household_number: str,
) -> Reconciliation:
    """The reconciliation of a roster; ``cases`` are theirs by id.

    ``known`` are cases of earlier rosters by citizen number: who stood in one is told as settled
    or waiting, not as refused.
    """
    lines = tuple(_line(row, cases, known) for row in rows)
    counts = dict.fromkeys(Outcome, 0)
    for line in lines:
        counts[line.outcome] += 1
    return Reconciliation(batch, station, day, household_number, lines, counts)


def _line(
    row: BatchRow, cases: Mapping[str, CaseState], known: Mapping[str, CaseState]
) -> ReconciliationLine:
    case = known.get(row.citizen_id) if row.lane == KNOWN else cases.get(row.case_id)
    if case is not None:
        return _line_of_case(row, case)
    if row.lane == "not_chosen":
        return ReconciliationLine(row, Outcome.NOT_CHOSEN, "", row.reason)
    outcome = Outcome.WAITING if row.lane == "ask" else Outcome.REFUSED
    return ReconciliationLine(row, outcome, "", row.reason)


def _line_of_case(row: BatchRow, case: CaseState) -> ReconciliationLine:
    earlier = "此前名册" if row.lane == KNOWN else ""
    if case.status in _SETTLED:
        return ReconciliationLine(row, Outcome.SETTLED, case.number, earlier)
    if case.status in _ENDED:
        words = f"{case.status.label}：{case.reason}" if case.reason else case.status.label
        return ReconciliationLine(row, Outcome.REFUSED, case.number, words)
    return ReconciliationLine(row, Outcome.WAITING, case.number, f"{earlier}{case.status.label}")
