"""What is wrong with the rows of a roster, and which lane each goes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_app.domain import citizen_id
from desktop_app.domain.errors import InputError
from desktop_app.domain.fields import FIELDS, FieldDef, FieldKind, parse, parse_date
from desktop_app.domain.people import age_on
from desktop_app.domain.roster import (
    ALREADY,
    BY_ID,
    COLUMNS,
    CheckedRow,
    Lane,
    Level,
    RosterProblem,
    RosterRow,
)

_CHOSEN = frozenset({"是", "愿意", "自愿", "迁", "迁入", "1", "y", "yes", "true", "√", "✓", "同意",
                     "落户", "自愿落户", "迁移"})
_NOT_CHOSEN = frozenset({"否", "不愿意", "不迁", "不", "0", "2", "n", "no", "false", "×", "不同意",
                         "不落户", "放弃", "不自愿", "不迁移", "x"})
#: Below this age a guardian signs, which no roster shows (常住人口登记表 fill rules).
_GUARDED_AGE = 16
#: A number in a number cell keeps fifteen digits; as text it then reads 2.10283E+17.
_ROUNDED = re.compile(r"\d([.,]\d+)?[Ee]\+?1[4-9]")
_SERIAL = re.compile(r"\d{4,5}(\.0+)?")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00)?(\.0+)?$")
#: The two days from which spreadsheets count (the usual one, and that of old Macintosh files).
_EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))


@dataclass(frozen=True)
class RosterContext:
    """What a row is checked against, gathered once for the whole roster.

    ``codes`` turns words into codes, by table; ``regions`` are the known region codes;
    ``registered`` the citizen numbers that are registered at this station or have an open case;
    ``undrawable`` names the characters that no font here can draw; ``columns`` are the ids of the
    columns that the file has. ``fine`` gathers characters that were found to be printable: ten
    thousand names are made of few.
    """

    codes: Mapping[str, Mapping[str, str]]
    regions: Collection[str]
    registered: Collection[str]
    undrawable: Callable[[str], Sequence[str]]
    today: date
    columns: Collection[str] = frozenset(column.id for column in COLUMNS)
    fine: set[str] = field(default_factory=lambda: set(_ASCII), compare=False, repr=False)


def _field(field_id: str, label: str) -> FieldDef:
    """The case's own definition of a value, under the roster's heading."""
    known = FIELDS[field_id]
    return FieldDef(field_id, label, known.kind, longest=known.longest)


_NAME = _field("applicant.name", "姓名")
_TEXTS: Mapping[str, FieldDef] = {
    column.id: FieldDef(column.id, column.label, FieldKind.TEXT, longest=column.longest)
    for column in COLUMNS
}
_LONGEST = {column.id: column.longest for column in COLUMNS}
#: Columns that are kept as they are, and the field of the case they fill.
_CARRIED = {
    "origin_address": "applicant.hukou_address",
    "certificate": "migration.certificate",
    "admission": "student.admission_number",
    "note": "case.note",
}


class _Row:
    """The findings of one row while it is checked."""

    def __init__(self, row: RosterRow) -> None:
        self.row = row
        self.problems: list[RosterProblem] = []
        self.answers: dict[str, str] = {}

    def cell(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def add(self, column: str, level: Level, code: str, message: str, hint: str = "") -> None:
        label = BY_ID[column].label
        self.problems.append(
            RosterProblem(self.row.number, label, level, code, message, hint)
        )


def check_rows(rows: Sequence[RosterRow], context: RosterContext) -> tuple[CheckedRow, ...]:
    """Every row with its lane; a number that stands twice is refused from the second row on."""
    seen: dict[str, int] = {}
    return tuple(_check(row, context, seen) for row in rows)


def recheck(
    rows: Sequence[CheckedRow], changed: RosterRow, context: RosterContext
) -> tuple[CheckedRow, ...]:
    """The rows after one of them was corrected: it, and those that share its number, anew."""
    wanted = {citizen_id.normalise(changed.cells.get("citizen_id", ""))}
    wanted |= {_number(row.row) for row in rows if row.row.number == changed.number}
    seen: dict[str, int] = {}
    after = []
    for row in rows:
        mine = changed if row.row.number == changed.number else row.row
        touched = mine is changed or _number(mine) in wanted
        after.append(_check(mine, context, seen) if touched else row)
    return tuple(after)


def _number(row: RosterRow) -> str:
    return citizen_id.normalise(row.cells.get("citizen_id", ""))


def _check(row: RosterRow, context: RosterContext, seen: dict[str, int]) -> CheckedRow:
    found = _Row(row)
    _check_texts(found, context)
    _check_name(found)
    number = _check_number(found)
    _check_sex(found, number, context)
    _check_birth(found, number)
    _check_ethnicity(found, context)
    _check_origin(found, context)
    for column, field_id in _CARRIED.items():
        if found.cell(column):
            found.answers[field_id] = found.cell(column)
    chosen = _check_choice(found, number, context)
    duplicate = number is not None and _check_duplicate(found, number.text, context, seen)
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


def _check_texts(found: _Row, context: RosterContext) -> None:
    for column, text in found.row.cells.items():
        longest = _LONGEST[column]
        if len(text) > longest:
            found.add(column, Level.ERROR, "too_long", f"有 {len(text)} 个字，最多 {longest} 个")
        elif not context.fine.issuperset(text):
            _check_drawable(found, column, text, context)


def _check_drawable(found: _Row, column: str, text: str, context: RosterContext) -> None:
    try:
        parse(_TEXTS[column], text)
    except InputError as refused:
        found.add(column, Level.ERROR, "unprintable_character", refused.message)
        return
    missing = context.undrawable(text)
    if missing:
        codes = "、".join(f"{char}(U+{ord(char):04X})" for char in missing)
        found.add(column, Level.ERROR, "unprintable_character", f"没有字库能印：{codes}")
        return
    context.fine.update(text)


def _check_name(found: _Row) -> None:
    text = found.cell("name")
    if not text:
        found.add("name", Level.ERROR, "missing_value", "没有姓名")
        return
    try:
        found.answers["applicant.name"] = parse(_NAME, text)
    except InputError:
        return  # _check_texts has said it already


def _check_number(found: _Row) -> citizen_id.CitizenId | None:
    text = found.cell("citizen_id")
    if not text:
        found.add("citizen_id", Level.ERROR, "missing_value", "没有公民身份号码")
        return None
    if "citizen_id" in found.row.rounded or _ROUNDED.fullmatch(text):
        found.add("citizen_id", Level.ERROR, "bad_check_digit",
                  "表格把号码存成了数值，末几位已丢失；按文本格式重新填写")
        return None
    try:
        number = citizen_id.parse(text, label="号码")
    except InputError as refused:
        _refuse_number(found, text, refused)
        return None
    found.answers["applicant.citizen_id"] = number.text
    return number


def _refuse_number(found: _Row, text: str, refused: InputError) -> None:
    digits = citizen_id.normalise(text)
    if "不是日期" in refused.message or "年份" in refused.message:
        found.add("citizen_id", Level.ERROR, "bad_date", refused.message)
        return
    whole = len(digits) == citizen_id.LENGTH and digits[:17].isdigit()
    if whole and digits.endswith("000"):
        found.add("citizen_id", Level.ERROR, "bad_check_digit",
                  "末三位是 000 且校验不符，多半被表格取整；按文本格式重新填写")
        return
    hint = digits[:17] + citizen_id.check_digit(digits[:17]) if whole else ""
    found.add("citizen_id", Level.ERROR, "bad_check_digit", refused.message, hint)


def _check_sex(
    found: _Row, number: citizen_id.CitizenId | None, context: RosterContext
) -> None:
    text = found.cell("sex")
    if number is None:
        return
    code = context.codes["sex"].get(text.removesuffix("性"), "")
    found.answers["applicant.sex"] = code or number.sex
    if text and code != number.sex:
        words = "男" if number.sex == "1" else "女"
        found.add("sex", Level.ALERT, "sex_mismatch", f"表上是{text[:4]}，按号码是{words}", words)


def _check_birth(found: _Row, number: citizen_id.CitizenId | None) -> None:
    text = _MIDNIGHT.sub("", found.cell("birth_date"))
    born = number.birth_date if number is not None else None
    if born is not None:
        found.answers["applicant.birth_date"] = born.isoformat()
    if not text:
        return
    hint = born.isoformat() if born else ""
    try:
        day = _day(text, born)
    except InputError as refused:
        found.add("birth_date", Level.ERROR, "bad_date", refused.message, hint)
        return
    if born is not None and day != born:
        found.add("birth_date", Level.ERROR, "birth_mismatch",
                  f"表上是 {day.isoformat()}，按号码是 {hint}", hint)


def _day(text: str, expected: date | None) -> date:
    """The day of a cell; a bare serial number counts from whichever epoch gives the day expected.

    Raises InputError.
    """
    if not _SERIAL.fullmatch(text):
        return parse_date(text, "出生日期")
    days = timedelta(days=int(float(text)))
    found = [epoch + days for epoch in _EPOCHS]
    return next((day for day in found if day == expected), found[0])


def _check_ethnicity(found: _Row, context: RosterContext) -> None:
    text = found.cell("ethnicity")
    if not text:
        _missing(found, "ethnicity", "没有民族", context)
        return
    table = context.codes["ethnicity"]
    code = table.get(text) or table.get(f"{text}族") or table.get(text.zfill(2))
    if code is None:
        found.add("ethnicity", Level.ERROR, "unknown_ethnicity", f"没有“{text[:20]}”这个民族")
        return
    found.answers["applicant.ethnicity"] = code


def _missing(found: _Row, column: str, words: str, context: RosterContext) -> None:
    """A gap keeps the row out; where the school has no such column, the clerk is told instead."""
    level = Level.ERROR if column in context.columns else Level.ALERT
    found.add(column, level, "missing_value", words)


def _check_origin(found: _Row, context: RosterContext) -> None:
    text = found.cell("origin_region").removesuffix(".0")
    if not text:
        if not found.cell("origin_address"):
            _missing(found, "origin_address", "没有原户籍地", context)
        return
    code = text[:6]
    if code not in context.regions:
        found.add("origin_region", Level.ALERT, "unknown_region", f"区划代码表里没有 {text[:12]}")
        return
    found.answers["applicant.hukou_region"] = code


def _check_choice(
    found: _Row, number: citizen_id.CitizenId | None, context: RosterContext
) -> bool | None:
    """Whether the student chose to move: yes, no, or not said (settling needs a yes)."""
    text = found.cell("voluntary").strip().lower()
    if text in _NOT_CHOSEN:
        found.add("voluntary", Level.ERROR, "not_voluntary", "本人未选择迁户口，不办")
        return False
    if text not in _CHOSEN:
        unclear = f"看不懂“{text[:10]}”" if text else "没有写明是否自愿"
        found.add("voluntary", Level.ERROR, "not_voluntary", f"{unclear}，须问明本人")
        return None
    if number is not None and age_on(number.birth_date, context.today) < _GUARDED_AGE:
        found.add("voluntary", Level.ERROR, "not_voluntary",
                  "不满 16 周岁，监护人到窗口签字单独办理")
        return None
    return True


def _check_duplicate(
    found: _Row, number: str, context: RosterContext, seen: dict[str, int]
) -> bool:
    if number in seen:
        found.add("citizen_id", Level.ERROR, "duplicate_in_file",
                  f"与第 {seen[number]} 行是同一号码")
        return True
    seen[number] = found.row.number
    if number in context.registered:
        found.add("citizen_id", Level.ERROR, ALREADY, "已登记或正在办理")
        return True
    return False
