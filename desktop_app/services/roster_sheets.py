"""What the roster services take and give: frozen, and all that the page needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.domain.batch import Batch
from desktop_app.domain.case import Status
from desktop_app.domain.certificate import Paper
from desktop_app.domain.roster import (
    BY_ID,
    COLUMNS,
    CheckedRow,
    Lane,
    Level,
    RosterProblem,
)
from desktop_app.domain.roster_cells import RosterContext
from desktop_app.services.sheets import Touched

COLUMN_OF: Mapping[str, str] = {column.label: column.id for column in COLUMNS}
#: What is told once of a file that has no such column: level, code, words.
ABSENT_COLUMNS: Mapping[str, tuple[Level, str, str]] = {
    "voluntary": (Level.ERROR, "not_voluntary", "名册没有“自愿落户”一列，须逐人问明本人"),
    "ethnicity": (Level.ALERT, "missing_value", "名册没有“民族”一列，登记前逐人补录"),
    "origin_address": (Level.ALERT, "missing_value", "名册没有原户籍地址一列"),
}


@dataclass(frozen=True)
class RosterOptions:
    """What the clerk fixed about a file; what is left empty is found out.

    ``heading_row`` counts from 1; ``columns`` maps column ids to positions from 0.
    """

    encoding: str = ""
    sheet: str = ""
    heading_row: int = 0
    columns: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Received:
    """What the school handed in with its roster.

    ``signed_list``: the list that every student signed for the column 自愿落户, with the words of
    the consent sheet printed on it; ``documents``: the 录取通知书, 户口迁移证 and cards, checked.
    """

    signed_list: bool = True
    documents: bool = True


@dataclass(frozen=True)
class RosterCheck:
    """A roster as checked: a working copy that nothing has been taken from yet.

    ``unmapped`` are headings that mean none of our columns; ``notes`` tells what was passed over;
    ``remember`` are headings the clerk explained; ``context`` is what rows were checked against.
    """

    file: str
    sha256: str
    sheet: str
    school: str
    school_name: str
    heading_row: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    unmapped: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[CheckedRow, ...]
    context: RosterContext = field(repr=False)
    remember: Mapping[str, str] = field(default_factory=dict)
    corrected: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[RosterProblem, ...]:
        """Every problem, those of the whole file first, then in the order of the rows.

        What every row lacks because the file has no such column is told once, at the heading row.
        """
        return (*self.of_file, *(
            problem for row in self.rows for problem in row.problems
            if not self._of_column(row, problem)
        ))

    @property
    def of_file(self) -> tuple[RosterProblem, ...]:
        """What the file has no column for, and some row still lacks."""
        lacking = {
            COLUMN_OF[problem.column] for row in self.rows for problem in row.problems
            if self._of_column(row, problem)
        }
        if not self.columns.keys() & {"origin_address", "origin_region"}:
            lacking.add("origin_address")
        return tuple(
            RosterProblem(self.heading_row, BY_ID[column].label, level, code, words)
            for column, (level, code, words) in ABSENT_COLUMNS.items() if column in lacking
        )

    def _of_column(self, row: CheckedRow, problem: RosterProblem) -> bool:
        column = COLUMN_OF[problem.column]
        absent = column in ABSENT_COLUMNS and column not in self.columns
        return absent and column not in row.row.cells

    @property
    def counts(self) -> Mapping[Lane, int]:
        """How many rows stand in each lane."""
        counts = dict.fromkeys(Lane, 0)
        for row in self.rows:
            counts[row.lane] += 1
        return counts

    @property
    def accepted(self) -> int:
        """How many rows can be taken."""
        return sum(row.good for row in self.rows)

    @property
    def refused(self) -> int:
        """How many rows cannot be taken as they stand."""
        return len(self.rows) - self.accepted

    @property
    def alerts(self) -> int:
        """How many alerts there are."""
        return sum(problem.level is Level.ALERT for problem in self.problems)

    def in_lane(self, lane: Lane) -> tuple[CheckedRow, ...]:
        """The rows of a lane."""
        return tuple(row for row in self.rows if row.lane is lane)

    def row(self, number: int) -> CheckedRow | None:
        """The row of that number in the spreadsheet."""
        return next((row for row in self.rows if row.row.number == number), None)

    def report(self) -> dict[str, object]:
        """The report for other programs, with the agreed keys and no other.

        A file with columns that mean nothing here has their headings besides, as ``unmapped``.
        """
        value: dict[str, object] = {
            "file": self.file, "sheet": self.sheet, "rows": len(self.rows),
            "accepted": self.accepted, "refused": self.refused, "alerts": self.alerts,
            "problems": [problem_value(problem) for problem in self.problems],
        }
        return {**value, "unmapped": list(self.unmapped)} if self.unmapped else value


def problem_value(problem: RosterProblem) -> dict[str, object]:
    """A problem for other programs."""
    return {
        "row": problem.row, "column": problem.column, "level": problem.level.value,
        "code": problem.code, "message": problem.message,
    }


@dataclass(frozen=True)
class BatchSheet:
    """A batch as the window shows it.

    ``counts`` are its cases by state; the ``…_lacks`` say why an act cannot be done now, empty
    when it can; ``left`` names cases that an act on all had to leave, and why.
    """

    batch: Batch
    counts: Mapping[Status, int]
    printed: tuple[Paper, ...]
    undo_until: datetime
    undo_lacks: str
    decide_lacks: str
    enter_lacks: str
    print_lacks: str
    left: tuple[tuple[str, str], ...] = ()
    touched: Touched = field(default_factory=Touched)
