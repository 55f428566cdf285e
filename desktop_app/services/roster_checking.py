"""A school's roster before it is taken: read, checked, corrected on the spot, nothing written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from threading import Event

from desktop_app.domain import citizen_id
from desktop_app.domain.errors import InputError
from desktop_app.domain.roster import BY_ID, RosterRow
from desktop_app.domain.roster_asides import told
from desktop_app.domain.roster_cells import RosterContext
from desktop_app.domain.roster_check import check_rows, recheck
from desktop_app.domain.roster_headings import match_headings, plain_heading
from desktop_app.domain.staff import Permission
from desktop_app.domain.station import School
from desktop_app.services.bulk import without_collecting
from desktop_app.services.case_problems import Glyphs
from desktop_app.services.casework import Casework
from desktop_app.services.permits import needs
from desktop_app.services.ports import RosterFile, RosterLook, RosterReader, UnitOfWork
from desktop_app.services.roster_sheets import COLUMN_OF, RosterCheck, RosterOptions
from desktop_app.services.schools import own_school, require_title

_AUTOMATIC = RosterOptions()


class Checking(Casework):
    """Reading and checking; ``reader`` opens files in a limited process of its own."""

    reader: RosterReader
    glyphs: Glyphs

    @needs(Permission.HANDLE_CASES)
    def schools(self) -> tuple[School, ...]:
        """The schools that this station serves."""
        return self.station.schools

    @needs(Permission.HANDLE_CASES)
    def look(self, path: Path, options: RosterOptions = _AUTOMATIC) -> RosterLook:
        """The first rows of a file, to choose sheet, encoding, heading row or columns by.

        Raises InputError for a file that is refused.
        """
        return self.reader.look(path, _given(options))

    @needs(Permission.HANDLE_CASES)
    def check(
        self, path: Path, school: str, options: RosterOptions = _AUTOMATIC, *,
        progress: Callable[[int], None] | None = None, cancelled: Event | None = None,
    ) -> RosterCheck:
        """Read a school's roster and check every row; nothing is written.

        Corrections that were made on this very file before are put back. Raises InputError whose
        ``field`` is ``wrong_school``, ``encoding`` (choose one, then check again) or
        ``not_a_roster``. ``progress`` is told how many rows were read.
        """
        today = self.clock.today()
        served = own_school(self.station, self.book, school, today)
        with self.store.read() as uow:
            remembered = _read_map(uow, _headings_key(served.code))
        given = {**_given(options), "headings": remembered}
        with without_collecting():
            file = self.reader.read(path, given, progress=progress, cancelled=cancelled)
        require_title(served, self.book, file.titles, today)
        if not file.rows:
            raise InputError("表头下面没有一行学生", "核对工作表，或让学校重新发送",
                             field="not_a_roster")
        with without_collecting(), self.store.read() as uow:
            corrected = _read_draft(uow, _draft_key(served.code, file.sha256, file.sheet))
            rows = [_patched(row, corrected.get(row.number, {})) for row in file.rows]
            context = self._context(uow, rows, file)
            checked = check_rows(rows, context)
        return RosterCheck(
            file=file.name, sha256=file.sha256, sheet=file.sheet,
            school=served.code, school_name=served.name, heading_row=file.heading_row,
            headings=file.headings, columns=file.columns, unmapped=_unmapped(file),
            notes=_notes(file),
            rows=checked, context=context,
            remember=_explained(file) if options.columns else {}, corrected=corrected,
        )

    def _context(
        self, uow: UnitOfWork, rows: Sequence[RosterRow], file: RosterFile
    ) -> RosterContext:
        numbers = {citizen_id.normalise(row.cells.get("citizen_id", "")) for row in rows}
        registered = uow.batches.registered(numbers) | uow.batches.taken_from(file.sha256)
        undrawable = lru_cache(maxsize=100_000)(self.glyphs)
        return RosterContext(
            codes={name: self._codes(name) for name in ("sex", "ethnicity")},
            regions=self.book.codes["region"].by_value.keys(), registered=registered,
            undrawable=undrawable, today=self.clock.today(), columns=frozenset(file.columns),
        )

    def _codes(self, table: str) -> Mapping[str, str]:
        rows = self.book.codes[table].rows
        return {word: row.value for row in rows for word in (row.label, row.value)}

    @needs(Permission.HANDLE_CASES)
    def adopt(self, check: RosterCheck, row: int, column: str) -> RosterCheck:
        """Take the suggestion of a row's problem; ``column`` is its label, as problems name it.

        Raises InputError when there is none.
        """
        found = check.row(row)
        for problem in found.problems if found is not None else ():
            if problem.column == column and problem.suggestion:
                return self.correct(check, row, {COLUMN_OF[column]: problem.suggestion})
        raise InputError(f"第 {row} 行的{column}没有建议", "核对证件后改这一行")

    @needs(Permission.HANDLE_CASES)
    def adopt_all(self, check: RosterCheck) -> RosterCheck:
        """Take every suggestion that is given."""
        changes = {
            row.row.number: {
                COLUMN_OF[problem.column]: problem.suggestion
                for problem in row.problems if problem.suggestion
            }
            for row in check.rows
        }
        return self._changed(check, {number: cells for number, cells in changes.items() if cells})

    @needs(Permission.HANDLE_CASES)
    def correct(self, check: RosterCheck, row: int, cells: Mapping[str, str]) -> RosterCheck:
        """Correct cells of a row, by column id; the correction is kept with the file.

        Nothing reaches cases or register. Raises InputError for a row or column not there.
        """
        unknown = [column for column in cells if column not in BY_ID]
        if unknown or check.row(row) is None:
            raise InputError(f"名册里没有第 {row} 行的这一项", "从列表中选一行")
        return self._changed(check, {row: dict(cells)})

    def _changed(
        self, check: RosterCheck, changes: Mapping[int, Mapping[str, str]]
    ) -> RosterCheck:
        corrected = {number: dict(cells) for number, cells in check.corrected.items()}
        for number, cells in changes.items():
            corrected.setdefault(number, {}).update(cells)
        numbers = {
            citizen_id.normalise(cells["citizen_id"])
            for cells in changes.values() if "citizen_id" in cells
        }
        with self.store.write() as uow:
            known = uow.batches.registered(numbers) if numbers else frozenset()
            key = _draft_key(check.school, check.sha256, check.sheet)
            uow.settings.put(key, json.dumps(
                {str(number): cells for number, cells in corrected.items()}, ensure_ascii=False
            ))
            uow.commit()
        registered = frozenset(check.context.registered) | known
        context = replace(check.context, registered=registered)
        rows = check.rows
        if len(changes) == 1:
            ((number, cells),) = changes.items()
            found = next(row.row for row in rows if row.row.number == number)
            rows = recheck(rows, _patched(found, cells), context)
        elif changes:
            patched = [_patched(row.row, changes.get(row.row.number, {})) for row in rows]
            rows = check_rows(patched, context)
        return replace(check, rows=rows, context=context, corrected=corrected)


def _given(options: RosterOptions) -> dict[str, object]:
    return {key: value for key, value in asdict(options).items() if value}


def _patched(row: RosterRow, cells: Mapping[str, str]) -> RosterRow:
    if not cells:
        return row
    kept = {column: text.strip() for column, text in {**row.cells, **cells}.items()}
    return replace(
        row, cells={column: text for column, text in kept.items() if text},
        rounded=row.rounded - set(cells),
    )


def _unmapped(file: RosterFile) -> tuple[str, ...]:
    mapped = set(file.columns.values())
    return tuple(
        " ".join(heading.split()) for position, heading in enumerate(file.headings)
        if heading.strip() and position not in mapped
    )


def _explained(file: RosterFile) -> dict[str, str]:
    """The headings whose meaning the clerk gave; empty for those that mean none of ours."""
    by_heading = match_headings(file.headings)
    explained = {
        plain_heading(file.headings[position]): ""
        for column, position in by_heading.items() if file.columns.get(column) != position
    }
    for column, position in file.columns.items():
        if position < len(file.headings) and by_heading.get(column) != position:
            explained[plain_heading(file.headings[position])] = column
    return {heading: column for heading, column in explained.items() if heading}


def _headings_key(school: str) -> str:
    return f"roster.headings.{school}"


def _notes(file: RosterFile) -> tuple[str, ...]:
    """What of the file was passed over, so that nobody in it is lost unseen."""
    notes = []
    if file.others:
        names = "”、“".join(file.others)
        notes.append(f"工作表“{names}”也像名册，没有读；在“对应列”里选它再读一遍")
    if file.hidden:
        notes.append(f"隐藏的工作表没有读：{'、'.join(file.hidden)}")
    return (*notes, *told(file.asides, len(file.rows)))


def _draft_key(school: str, sha256: str, sheet: str) -> str:
    """One file may hold a roster on each of its sheets, with the same row numbers."""
    mark = hashlib.sha256(sheet.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"roster.draft.{school}.{sha256}.{mark}"


def _read_map(uow: UnitOfWork, key: str) -> dict[str, str]:
    return dict(json.loads(uow.settings.get(key) or "{}"))


def _read_draft(uow: UnitOfWork, key: str) -> dict[int, dict[str, str]]:
    kept = json.loads(uow.settings.get(key) or "{}")
    return {int(number): dict(cells) for number, cells in kept.items()}


def remember(uow: UnitOfWork, check: RosterCheck) -> None:
    """Keep what the clerk explained about the headings for the school's next file."""
    if check.remember:
        known = {**_read_map(uow, _headings_key(check.school)), **check.remember}
        uow.settings.put(_headings_key(check.school), json.dumps(known, ensure_ascii=False))
