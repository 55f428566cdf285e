"""Which lane each row of a roster goes to, and what one row has to do with the others."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain import citizen_id, roster_words
from desktop_app.domain.people import age_on
from desktop_app.domain.roster import (
    ALREADY,
    BY_ID,
    CheckedRow,
    Lane,
    Level,
    RosterProblem,
    RosterRow,
)
from desktop_app.domain.roster_cells import (
    Findings,
    RosterContext,
    check_birth,
    check_ethnicity,
    check_name,
    check_number,
    check_origin,
    check_sex,
    check_texts,
)

#: Below this age a guardian signs, which no roster shows (常住人口登记表 fill rules).
_GUARDED_AGE = 16
#: Identifiers that belong to one student only; two students with one of them are asked about.
_SINGLE = ("student_number", "examinee")
#: Who stood where first: the row and the name, by column and number.
Seen = dict[tuple[str, str], tuple[int, str]]
#: Columns that are kept as they are, and the field of the case they fill.
_CARRIED = {
    "origin_address": "applicant.hukou_address",
    "certificate": "migration.certificate",
    "admission": "student.admission_number",
    "note": "case.note",
}


def check_rows(rows: Sequence[RosterRow], context: RosterContext) -> tuple[CheckedRow, ...]:
    """Every row with its lane; a number that stands twice is refused from the second row on."""
    seen: Seen = {}
    return tuple(_check(row, context, seen) for row in rows)


def recheck(
    rows: Sequence[CheckedRow], changed: RosterRow, context: RosterContext
) -> tuple[CheckedRow, ...]:
    """The rows after one of them was corrected: it, and those that share a number, anew."""
    wanted = _keys(changed)
    for row in rows:
        if row.row.number == changed.number:
            wanted |= _keys(row.row)
    seen: Seen = {}
    after = []
    for row in rows:
        mine = changed if row.row.number == changed.number else row.row
        if mine is changed or wanted & _keys(mine):
            after.append(_check(mine, context, seen))
            continue
        number = row.answers.get("applicant.citizen_id")
        if number:
            seen.setdefault(("citizen_id", number), (mine.number, mine.cells.get("name", "")))
        for column in _SINGLE:
            if column in mine.cells:
                seen.setdefault((column, mine.cells[column]), (mine.number, number or ""))
        after.append(row)
    return tuple(after)


def _keys(row: RosterRow) -> set[tuple[str, str]]:
    keys = {(column, row.cells[column]) for column in _SINGLE if column in row.cells}
    number = row.cells.get("citizen_id")
    return keys | {("citizen_id", citizen_id.normalise(number))} if number else keys


def _check(row: RosterRow, context: RosterContext, seen: Seen) -> CheckedRow:
    found = Findings(row)
    check_texts(found, context)
    check_name(found)
    number = check_number(found, context)
    check_sex(found, number, context)
    check_birth(found, number, context)
    check_ethnicity(found, context)
    check_origin(found, context)
    for column, field_id in _CARRIED.items():
        if found.cell(column):
            found.answers[field_id] = found.cell(column)
    chosen = _check_choice(found, number, context)
    duplicate = number is not None and _check_duplicate(found, number.text, context, seen)
    _check_single(found, number, duplicate, seen)
    problems = tuple(found.problems)
    return CheckedRow(row, _lane(problems, duplicate, chosen), problems, found.answers)


def _lane(problems: Sequence[RosterProblem], duplicate: bool, chosen: bool | None) -> Lane:
    if chosen is False:
        return Lane.NOT_CHOSEN
    if duplicate:
        return Lane.DUPLICATE
    errors = {problem.code for problem in problems if problem.level is Level.ERROR}
    if errors - ({"not_voluntary"} if chosen is None else set()):
        return Lane.REFUSED
    return Lane.ASK if problems else Lane.READY


def _check_choice(
    found: Findings, number: citizen_id.CitizenId | None, context: RosterContext
) -> bool | None:
    """Whether the student chose to move: yes, no, or not said (settling needs a yes)."""
    text = found.cell("voluntary")
    chosen = roster_words.chosen(text)
    if chosen is False:
        found.add("voluntary", Level.ERROR, "not_voluntary", "本人未选择迁户口，不办")
        return False
    if chosen is None:
        unclear = f"看不懂“{roster_words.shown(text, 10)}”" if text else "没有写明是否自愿"
        found.add("voluntary", Level.ERROR, "not_voluntary", f"{unclear}，须问明本人")
        return None
    if number is not None and age_on(number.birth_date, context.today) < _GUARDED_AGE:
        found.add("voluntary", Level.ERROR, "not_voluntary",
                  "不满 16 周岁，监护人到窗口签字单独办理")
        return None
    return True


def _check_duplicate(
    found: Findings, number: str, context: RosterContext, seen: Seen
) -> bool:
    name = found.cell("name")
    row, first = seen.setdefault(("citizen_id", number), (found.row.number, name))
    if row != found.row.number:
        other = "" if roster_words.plain(first) == roster_words.plain(name) else "，姓名不同"
        found.add("citizen_id", Level.ERROR, "duplicate_in_file",
                  f"与第 {row} 行是同一号码{other}")
        return True
    if number in context.registered:
        found.add("citizen_id", Level.ERROR, ALREADY, "已登记或正在办理")
        return True
    return False


def _check_single(
    found: Findings, number: citizen_id.CitizenId | None, duplicate: bool, seen: Seen
) -> None:
    """Ask about an identifier of one student that stands with another; a blank is nobody's."""
    mine = number.text if number is not None else ""
    for column in _SINGLE:
        text = found.cell(column)
        if not text:
            continue
        row, other = seen.setdefault((column, text), (found.row.number, mine))
        if row != found.row.number and other != mine and not duplicate:
            found.add(column, Level.ALERT, "duplicate_in_file",
                      f"与第 {row} 行的{BY_ID[column].label}相同")
