"""A file that tells where graduates go (迁往地址), matched to those who were chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain import citizen_id
from desktop_app.domain.errors import InputError
from desktop_app.domain.roster import RosterRow
from desktop_app.domain.roster_headings import plain_heading
from desktop_app.domain.roster_words import plain
from desktop_app.services.ports import RosterFile, RosterReader

_WHERE, _NUMBER = "origin_address", "citizen_id"
#: The headings of a destination; all else is found by the roster's headings. Where the student
#: came from is another thing and never taken for it.
_DESTINATION = dict.fromkeys(
    ("迁往地址", "迁往地", "迁往户籍地", "迁往详细地址", "迁往何地", "迁往地详细地址", "落户地址"),
    _WHERE,
)
#: A file without citizen numbers goes by the student's number.
_BY_STUDENT = {**_DESTINATION, "学号": _NUMBER}


@dataclass(frozen=True)
class Known:
    """Who was chosen: person ids by citizen number and by student number, and their names."""

    by_number: Mapping[str, str]
    by_student: Mapping[str, str]
    names: Mapping[str, str]

    def who(self, row: RosterRow) -> str:
        """The person of a row, empty for nobody who was chosen."""
        text = row.cells.get(_NUMBER, "")
        found = self.by_number.get(citizen_id.normalise(text)) if text else None
        student = row.cells.get("student_number", text)
        return found or self.by_student.get(student, "")


def read_destinations(
    reader: RosterReader, path: Path, known: Known
) -> tuple[dict[str, str], list[str]]:
    """Where each goes, by person id, and what is wrong with single rows, in words.

    Raises InputError for a file that is refused, or that has no such column.
    """
    file = _read(reader, path)
    place = file.columns.get(_WHERE)
    if place is None or plain_heading(file.headings[place]) not in _DESTINATION:
        raise InputError("文件里没有“迁往地址”一列", "补上迁往地址再导入")
    goes: dict[str, str] = {}
    told: list[str] = []
    for row in file.rows:
        person, where = known.who(row), row.cells.get(_WHERE, "")
        name = row.cells.get("name", "")
        if not person:
            told.append(f"第 {row.number} 行不是所选的学生")
        elif name and plain(name) != plain(known.names[person]):
            told.append(f"第 {row.number} 行姓名与号码不是同一人")
        elif goes.get(person, where) != where:
            told.append(f"第 {row.number} 行与前面的迁往地址不同，按前面的")
        elif where:
            goes[person] = where
    return goes, told


def _read(reader: RosterReader, path: Path) -> RosterFile:
    try:
        return reader.read(path, {"headings": _DESTINATION})
    except InputError as refused:
        if refused.field != "not_a_roster":
            raise
        try:
            return reader.read(path, {"headings": _BY_STUDENT})
        except InputError:
            raise refused from None
