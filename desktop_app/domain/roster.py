"""A freshers' roster (新生名册): its columns, its rows, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from desktop_app.domain import citizen_id
from desktop_app.domain.errors import InputError
from desktop_app.domain.fields import FIELDS, FieldDef, FieldKind, parse, parse_date


class Level(Enum):
    """An error keeps a row out; an alert asks the clerk to look."""

    ERROR = "error"
    ALERT = "alert"


class Lane(Enum):
    """Where a row goes: 可办, 需问, 重复, 不可办, 未自愿."""

    READY = "ready"
    ASK = "ask"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    NOT_CHOSEN = "not_chosen"

    @property
    def label(self) -> str:
        """The lane in the words of the counter."""
        return _LANE_WORDS[self]


_LANE_WORDS = {
    Lane.READY: "可办",
    Lane.ASK: "需问",
    Lane.DUPLICATE: "重复",
    Lane.REFUSED: "不可办",
    Lane.NOT_CHOSEN: "未选择迁户",
}


@dataclass(frozen=True)
class RosterColumn:
    """A column that a roster may have; ``synonyms`` are headings that mean the same."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    longest: int = 60


@dataclass(frozen=True)
class RosterRow:
    """One student's row as read: ``number`` is the row in the spreadsheet, ``cells`` by column id.

    ``rounded`` names columns whose number the spreadsheet had already rounded.
    """

    number: int
    cells: Mapping[str, str]
    rounded: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RosterProblem:
    """What is wrong with a cell, and what it might have been (``suggestion``, to be adopted)."""

    row: int
    column: str
    level: Level
    code: str
    message: str
    suggestion: str = ""


@dataclass(frozen=True)
class CheckedRow:
    """A row with its lane, its problems and, when it can be taken, the answers of its case."""

    row: RosterRow
    lane: Lane
    problems: tuple[RosterProblem, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether nothing forbids taking it; alerts do not."""
        return not any(problem.level is Level.ERROR for problem in self.problems)


@dataclass(frozen=True)
class RosterContext:
    """What a row is checked against, gathered once for the whole roster.

    ``codes`` turns words into codes, by table; ``regions`` are the known region codes;
    ``registered`` the citizen numbers that belong to this school's household already, or have an
    open case; ``undrawable`` names the characters that no font here can draw.
    """

    codes: Mapping[str, Mapping[str, str]]
    regions: Collection[str]
    registered: Collection[str]
    undrawable: Callable[[str], Sequence[str]]
    today: date


#: The columns of a roster, from the interface that schools and stations agreed on.
COLUMNS: tuple[RosterColumn, ...] = (
    RosterColumn("name", "姓名", ("学生姓名", "考生姓名", "名字"), required=True, longest=50),
    RosterColumn("sex", "性别", ("性别名称",), longest=4),
    RosterColumn(
        "citizen_id", "公民身份号码",
        ("身份证号", "身份证号码", "身份证", "身份证件号", "身份证件号码", "证件号码", "身份号码",
         "居民身份证号", "居民身份证号码", "公民身份证号", "公民身份证号码", "证件号"),
        required=True, longest=30,
    ),
    RosterColumn("ethnicity", "民族", ("民族名称",), longest=20),
    RosterColumn("birth_date", "出生日期", ("出生年月日", "生日", "出生年月"), longest=20),
    RosterColumn("examinee", "考生号", ("高考考生号", "准考证号"), longest=40),
    RosterColumn("student_number", "学号", ("学生学号", "学籍号"), longest=40),
    RosterColumn("college", "院系", ("学院", "系别", "院(系)", "学院名称", "所在院系", "院系名称")),
    RosterColumn("major", "专业", ("专业名称", "录取专业", "所学专业")),
    RosterColumn("class_name", "班级", ("班号", "班级名称", "行政班")),
    RosterColumn(
        "origin_address", "原户籍地址",
        ("户籍地址", "原户口所在地", "户口所在地", "原户籍所在地", "户籍所在地", "原住址",
         "家庭户口所在地", "入学前户口所在地"),
        longest=100,
    ),
    RosterColumn(
        "origin_region", "原户籍地区划代码",
        ("户籍地区划代码", "原户籍地行政区划代码", "户口所在地区划代码", "区划代码",
         "行政区划代码", "原户籍区划"),
        longest=12,
    ),
    RosterColumn(
        "certificate", "户口迁移证编号",
        ("迁移证编号", "迁移证号", "户口迁移证号", "户口迁移证号码", "迁移证号码"), longest=20,
    ),
    RosterColumn(
        "admission", "录取通知书编号", ("录取通知书号", "通知书编号", "录取编号", "录取号"),
        longest=40,
    ),
    RosterColumn(
        "voluntary", "自愿落户",
        ("是否自愿落户", "是否迁户口", "是否迁移户口", "是否落户", "自愿迁户", "是否迁户",
         "迁户意愿", "是否自愿迁户"),
        longest=10,
    ),
    RosterColumn("note", "备注", ("说明", "附注"), longest=200),
)
BY_ID: Mapping[str, RosterColumn] = {column.id: column for column in COLUMNS}
_CHOSEN = frozenset({"是", "愿意", "自愿", "迁", "迁入", "1", "y", "yes", "true", "√", "✓", "同意"})
_NOT_CHOSEN = frozenset({"否", "不愿意", "不迁", "不", "0", "2", "n", "no", "false", "×", "不同意"})


def _field(field_id: str, label: str) -> FieldDef:
    """The case's own definition of a value, under the roster's heading."""
    known = FIELDS[field_id]
    return FieldDef(field_id, label, known.kind, longest=known.longest)


_NAME = _field("applicant.name", "姓名")
_TEXTS: Mapping[str, FieldDef] = {
    column.id: FieldDef(column.id, column.label, FieldKind.TEXT, longest=column.longest)
    for column in COLUMNS
}


class _Row:
    """The findings of one row while it is checked."""

    def __init__(self, row: RosterRow) -> None:
        self.row = row
        self.problems: list[RosterProblem] = []

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


def _check(row: RosterRow, context: RosterContext, seen: dict[str, int]) -> CheckedRow:
    found = _Row(row)
    answers: dict[str, str] = {}
    _check_texts(found, context)
    _check_name(found, answers)
    number = _check_number(found, answers)
    _check_sex(found, answers, number, context)
    _check_birth(found, answers, number)
    _check_ethnicity(found, answers, context)
    _check_origin(found, answers, context)
    for column, field_id in _CARRIED.items():
        if found.cell(column):
            answers[field_id] = found.cell(column)
    chosen = _check_choice(found)
    duplicate = number is not None and _check_duplicate(found, number.text, context, seen)
    problems = tuple(found.problems)
    lane = _lane(problems, duplicate, chosen)
    return CheckedRow(row, lane, problems, answers)


_CARRIED = {
    "origin_address": "applicant.hukou_address",
    "certificate": "migration.certificate",
    "admission": "student.admission_number",
    "note": "case.note",
}


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
        if not text:
            continue
        if len(text) > BY_ID[column].longest:
            longest = BY_ID[column].longest
            found.add(column, Level.ERROR, "too_long",
                      f"有 {len(text)} 个字，最多 {longest} 个")
            continue
        if text.isascii() and text.isprintable():
            continue
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


def _check_name(found: _Row, answers: dict[str, str]) -> None:
    text = found.cell("name")
    if not text:
        found.add("name", Level.ERROR, "missing_value", "没有姓名")
        return
    try:
        answers["applicant.name"] = parse(_NAME, text)
    except InputError:
        return  # _check_texts has said it already


def _check_number(found: _Row, answers: dict[str, str]) -> citizen_id.CitizenId | None:
    text = found.cell("citizen_id")
    if not text:
        found.add("citizen_id", Level.ERROR, "missing_value", "没有公民身份号码")
        return None
    if "citizen_id" in found.row.rounded:
        found.add("citizen_id", Level.ERROR, "bad_check_digit",
                  "表格把号码存成了数值，末几位已丢失；按文本格式重新填写")
        return None
    try:
        number = citizen_id.parse(text, label="号码")
    except InputError as refused:
        _refuse_number(found, text, refused)
        return None
    answers["applicant.citizen_id"] = number.text
    return number


def _refuse_number(found: _Row, text: str, refused: InputError) -> None:
    digits = citizen_id.normalise(text)
    if "不是日期" in refused.message or "年份" in refused.message:
        found.add("citizen_id", Level.ERROR, "bad_date", refused.message)
        return
    whole = len(digits) == citizen_id.LENGTH and digits[:17].isdigit()
    hint = digits[:17] + citizen_id.check_digit(digits[:17]) if whole else ""
    found.add("citizen_id", Level.ERROR, "bad_check_digit", refused.message, hint)


def _check_sex(
    found: _Row,
    answers: dict[str, str],
    number: citizen_id.CitizenId | None,
    context: RosterContext,
) -> None:
    text = found.cell("sex")
    code = context.codes["sex"].get(text.removesuffix("性"), "")
    if number is None:
        return
    answers["applicant.sex"] = code or number.sex
    if text and code != number.sex:
        words = "男" if number.sex == "1" else "女"
        found.add("sex", Level.ALERT, "sex_mismatch", f"表上是{text}，按号码是{words}", words)


def _check_birth(
    found: _Row, answers: dict[str, str], number: citizen_id.CitizenId | None
) -> None:
    text = found.cell("birth_date")
    if number is not None:
        answers["applicant.birth_date"] = number.birth_date.isoformat()
    if not text:
        return
    try:
        day = parse_date(text, "出生日期")
    except InputError as refused:
        found.add("birth_date", Level.ERROR, "bad_date", refused.message,
                  number.birth_date.isoformat() if number else "")
        return
    if number is not None and day != number.birth_date:
        found.add("birth_date", Level.ERROR, "birth_mismatch",
                  f"表上是 {day.isoformat()}，按号码是 {number.birth_date.isoformat()}",
                  number.birth_date.isoformat())


def _check_ethnicity(found: _Row, answers: dict[str, str], context: RosterContext) -> None:
    text = found.cell("ethnicity")
    if not text:
        return
    table = context.codes["ethnicity"]
    code = table.get(text) or table.get(f"{text}族") or table.get(text.zfill(2))
    if code is None:
        found.add("ethnicity", Level.ERROR, "unknown_ethnicity", f"没有“{text[:20]}”这个民族")
        return
    answers["applicant.ethnicity"] = code


def _check_origin(found: _Row, answers: dict[str, str], context: RosterContext) -> None:
    text = found.cell("origin_region").removesuffix(".0")
    if not text:
        return
    code = text[:6]
    if code not in context.regions:
        found.add("origin_region", Level.ALERT, "unknown_region", f"区划代码表里没有 {text[:12]}")
        return
    answers["applicant.hukou_region"] = code


def _check_choice(found: _Row) -> bool | None:
    """Whether the student chose to move: yes, no, or not said (settling needs a yes)."""
    text = found.cell("voluntary").strip().lower()
    if text in _CHOSEN:
        return True
    if text in _NOT_CHOSEN:
        found.add("voluntary", Level.ERROR, "not_voluntary", "本人未选择迁户口，不办")
        return False
    unclear = f"看不懂“{text[:10]}”" if text else "没有写明是否自愿"
    found.add("voluntary", Level.ERROR, "not_voluntary", f"{unclear}，须问明本人")
    return None


def _check_duplicate(
    found: _Row, number: str, context: RosterContext, seen: dict[str, int]
) -> bool:
    if number in seen:
        found.add("citizen_id", Level.ERROR, "duplicate_in_file",
                  f"与第 {seen[number]} 行是同一号码")
        return True
    seen[number] = found.row.number
    if number in context.registered:
        found.add("citizen_id", Level.ERROR, "already_registered", "已登记或正在办理")
        return True
    return False


def match_headings(headings: Sequence[str]) -> dict[str, int]:
    """Column id to position for a heading row; a heading counts once, the first time it stands."""
    known = {
        _plain(words): column.id
        for column in COLUMNS
        for words in (column.label, *column.synonyms)
    }
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        column = known.get(_plain(heading))
        if column is not None:
            found.setdefault(column, position)
    return found


def _plain(heading: str) -> str:
    """A heading without what schools add to it: blanks, stars, brackets with remarks."""
    text = heading.strip().replace("（", "(").replace("）", ")")
    bare = text.split("(")[0] if not text.startswith("(") and text != "院(系)" else text
    return "".join(char for char in bare if char.isalnum() or char in "()")


def is_heading_row(headings: Sequence[str]) -> bool:
    """Whether a row names the columns a roster cannot do without."""
    found = match_headings(headings)
    return all(column.id in found for column in COLUMNS if column.required)
