"""A school's roster at the window: read, looked at, corrected, taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.batch import Batch
from desktop_app.domain.errors import CounterError, InputError
from desktop_app.domain.fields import masked_id
from desktop_app.domain.roster import CheckedRow, Lane, Level, RosterProblem
from desktop_app.domain.station import School
from desktop_app.services.ports import RosterLook
from desktop_app.services.roster_sheets import BatchSheet, Received, RosterCheck, RosterOptions
from desktop_app.ui.jobs import Jobs, Progress
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.viewmodels.work import Work, counting

PROBLEM_HEADINGS = ("名册行号", "学号", "姓名", "公民身份号码", "去向", "列", "问题", "建议")
_AUTOMATIC = RosterOptions()


class RosterModel(Work):
    """One roster in hand; nothing of it is written before ``take``.

    ``checked`` carries the RosterCheck after reading and after every correction.
    ``encoding_asked`` and ``columns_asked`` carry the beginning of a file that does not explain
    itself, the latter with the words why. ``taken`` carries the BatchSheet.
    """

    checked = Signal(object)
    encoding_asked = Signal(object)
    columns_asked = Signal(object, str)
    taken = Signal(object)
    exported = Signal(str, int)
    listed = Signal(object)

    def __init__(self, counter: Counter, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._counter = counter
        self._stop = Event()
        self.school = ""
        self.path: Path | None = None
        self.options = _AUTOMATIC
        self.look: RosterLook | None = None
        self.look_words = ""
        self.check: RosterCheck | None = None
        self._checked: Path | None = None
        self.batches: tuple[Batch, ...] = ()

    @property
    def counter(self) -> Counter:
        """The session behind the pages."""
        return self._counter

    def schools(self) -> tuple[School, ...]:
        """The schools whose freshers this station settles."""
        return self._counter.students.rosters.schools()

    def cancel(self) -> None:
        """See Work; the child process that reads the file is ended too."""
        self._stop.set()
        super().cancel()

    def list_batches(self) -> None:
        """The batches taken before, newest first."""
        try:
            self.batches = self._counter.students.rosters.batches(self.school)
        except CounterError as error:
            self.refused.emit(error)
            return
        self.listed.emit(self.batches)

    # ---- reading

    def read(self, path: Path, options: RosterOptions = _AUTOMATIC) -> None:
        """Read and check a file; what it does not say itself is asked for."""
        rosters, school = self._counter.students.rosters, self.school
        stop = self._stop = Event()
        self.path, self.options = path, options

        def work(progress: Progress) -> RosterCheck | tuple[InputError, RosterLook]:
            def told(rows: int) -> None:
                progress.report(0, 0, f"正在读取，已读 {rows:,} 行")
            try:
                found = rosters.check(path, school, options, progress=told, cancelled=stop)
            except InputError as error:
                progress.check()
                if error.field not in ("encoding", "not_a_roster"):
                    raise
                return error, _looked(self._counter, path, options, error)
            progress.check()
            return found

        def done(found: RosterCheck | tuple[InputError, RosterLook]) -> None:
            if isinstance(found, RosterCheck):
                self._take_in(found)
                return
            error, look = found
            self.look, self.look_words = look, str(error)
            if error.field == "encoding":
                self.encoding_asked.emit(look)
            else:
                self.columns_asked.emit(look, str(error))
        self.run("正在读取名册", work, done)

    def ask_columns(self) -> None:
        """Look at the beginning of the file in hand again, to choose its columns by hand."""
        path, options = self.path, self.options
        if path is None:
            return
        rosters = self._counter.students.rosters

        def done(look: RosterLook) -> None:
            self.look, self.look_words = look, ""
            self.columns_asked.emit(look, "")
        self.run("正在读取表头", lambda progress: rosters.look(path, options), done)

    # ---- correcting

    def adopt(self, row: CheckedRow) -> None:
        """Take the first suggestion of a row."""
        problem = first_suggestion(row)
        if problem is not None and self.check is not None:
            check, rosters, number = self.check, self._counter.students.rosters, row.row.number
            self._change(lambda: rosters.adopt(check, number, problem.column))

    def adopt_all(self) -> None:
        """Take every suggestion."""
        if self.check is not None:
            check, rosters = self.check, self._counter.students.rosters
            self._change(lambda: rosters.adopt_all(check))

    def correct(self, number: int, cells: Mapping[str, str]) -> None:
        """Correct a row; the correction is kept with the file."""
        if self.check is not None:
            check, rosters = self.check, self._counter.students.rosters
            self._change(lambda: rosters.correct(check, number, cells))

    def _change(self, change: Callable[[], RosterCheck]) -> None:
        self.run("正在核对", lambda progress: change(), self._take_in, stoppable=False)

    def _take_in(self, check: RosterCheck) -> None:
        self.check, self._checked = check, self.path
        self.checked.emit(check)

    # ---- what a clerk asks of it

    def check_in_hand(self) -> RosterCheck | None:
        """The check of the file that was read last; None when that one was not understood."""
        return self.check if self.path == self._checked else None

    def notes(self) -> tuple[str, ...]:
        """What the clerk should know of the file as a whole, the weightiest first."""
        check = self.check
        if check is None:
            return ()
        unused = (f"没有用到的列：{'、'.join(check.unmapped)}",) if check.unmapped else ()
        return (*(problem.message for problem in check.of_file), *check.notes, *unused)

    def rows(self, lane: Lane | None = None) -> tuple[CheckedRow, ...]:
        """The rows of a lane, or all."""
        if self.check is None:
            return ()
        return self.check.rows if lane is None else self.check.in_lane(lane)

    def suggestions(self) -> int:
        """How many rows have a suggestion to adopt."""
        return sum(first_suggestion(row) is not None for row in self.rows())

    def summary(self) -> str:
        """The counts in one sentence, and that nothing is written yet."""
        if self.check is None:
            return ""
        counts = self.check.counts
        parts = "，".join(
            f"{counts[lane]:,} 行{lane.label}" for lane in Lane if counts[lane]
        )
        return f"{len(self.check.rows):,} 行中 {parts}。尚未写入任何数据"

    def take(self, received: Received) -> None:
        """Accept everybody who can be; all at once or nobody."""
        check = self.check
        if check is None:
            return
        rosters = self._counter.students.rosters

        def work(progress: Progress) -> BatchSheet:
            told = counting(progress, check.accepted, "正在受理")
            progress.report(0, check.accepted, "正在受理")
            return rosters.take(check, received, progress=told)

        def done(sheet: BatchSheet) -> None:
            self.check = None
            self.taken.emit(sheet)
        self.run("正在受理", work, done)

    def export_problems(self, path: Path) -> None:
        """Write the rows with problems for the school, numbers masked."""
        check = self.check
        if check is None:
            return
        by_number = {row.row.number: row for row in check.rows}
        lines = [
            _problem_line(by_number.get(problem.row), problem) for problem in check.problems
        ]
        write = self._counter.students.write_rows

        def work(_: Progress) -> int:
            write(path, "问题行", PROBLEM_HEADINGS, lines)
            return len(lines)

        def done(count: int) -> None:
            self.exported.emit(path.name, count)
        self.run("正在导出", work, done, stoppable=False)


def _looked(
    counter: Counter, path: Path, options: RosterOptions, error: InputError
) -> RosterLook:
    """The beginning of a file that was not understood; the first refusal when it has none."""
    try:
        look = counter.students.rosters.look(path, options)
    except InputError:
        raise error from None
    if not look.rows and not look.encodings:
        raise error
    return look


def first_suggestion(row: CheckedRow) -> RosterProblem | None:
    """The first problem of a row that has a suggestion."""
    return next((problem for problem in row.problems if problem.suggestion), None)


def problem_words(row: CheckedRow) -> str:
    """What is wrong with a row, the worst first, in one line."""
    if not row.problems:
        return ""
    worst = _worst_first(row)
    first = worst[0]
    more = f"（另 {len(worst) - 1} 处）" if len(worst) > 1 else ""
    return f"{first.column}：{first.message}{more}"


def detail_words(row: CheckedRow) -> str:
    """Everything that is wrong with a row."""
    words = "；".join(f"{p.column}：{p.message}" for p in _worst_first(row))
    return f"第 {row.row.number} 行　{words}" if words else f"第 {row.row.number} 行没有问题"


def _worst_first(row: CheckedRow) -> list[RosterProblem]:
    return sorted(row.problems, key=lambda problem: problem.level is Level.ALERT)


def suggestion_words(row: CheckedRow) -> str:
    """What could be adopted."""
    problem = first_suggestion(row)
    if problem is None:
        return ""
    whole = problem.suggestion
    column = "" if problem is _worst_first(row)[0] else problem.column
    return f"{column}改为 {masked_id(whole) if len(whole) == 18 else whole}"


def _problem_line(row: CheckedRow | None, problem: RosterProblem) -> tuple[str, ...]:
    """A line for the school; a problem of the whole file stands at its heading row."""
    cells = row.row.cells if row is not None else {}
    lane = row.lane.label if row is not None else "全表"
    suggestion = problem.suggestion
    return (
        str(problem.row), cells.get("student_number", ""), cells.get("name", ""),
        masked_id(cells.get("citizen_id", "")), lane, problem.column,
        problem.message,
        masked_id(suggestion) if len(suggestion) == 18 else suggestion,
    )
