"""A freshers' roster (新生名册): its columns, its rows, its lanes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise, zip_longest


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


#: The code of a row whose student is registered here or has an open case.
ALREADY = "already_registered"


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
        "admission", "录取通知书编号",
        ("录取通知书号", "通知书编号", "通知书号", "录取编号", "录取号"),
        longest=40,
    ),
    RosterColumn(
        "voluntary", "自愿落户",
        ("自愿", "是否自愿", "是否自愿落户", "是否自愿迁户口", "是否自愿迁户", "自愿迁户",
         "是否迁户口", "是否迁移户口", "是否迁户", "迁户意愿", "户口是否迁移", "是否迁入",
         "是否落户", "落户意愿", "是否愿意落户"),
        longest=10,
    ),
    RosterColumn("note", "备注", ("说明", "附注"), longest=200),
)
BY_ID: Mapping[str, RosterColumn] = {column.id: column for column in COLUMNS}


def match_headings(
    headings: Sequence[str], remembered: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Column id to position for a heading row; a heading counts once, the first time it stands.

    ``remembered`` maps headings of this school, as ``plain_heading`` gives them, to column ids;
    an empty id says that the heading means none of ours.
    """
    known = {**_KNOWN, **(remembered or {})}
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        column = known.get(plain_heading(heading))
        if column:
            found.setdefault(column, position)
    return found


#: Full-width brackets, and the traditional characters of headings in Big5 files.
_PLAINER = str.maketrans(
    "（）號證學別編碼備錄戶願遷區劃級業係專註齡", "()号证学别编码备录户愿迁区划级业系专注龄"
)


def plain_heading(heading: str) -> str:
    """A heading without what schools add to it: blanks, stars, brackets with remarks."""
    text = heading.strip().translate(_PLAINER)
    bare = text.split("(")[0] if not text.startswith("(") and text != "院(系)" else text
    return "".join(char for char in bare if char.isalnum() or char in "()")


_KNOWN: Mapping[str, str] = {
    plain_heading(words): column.id
    for column in COLUMNS
    for words in (column.label, *column.synonyms)
}


def is_heading_row(
    headings: Sequence[str], remembered: Mapping[str, str] | None = None
) -> bool:
    """Whether a row names the columns a roster cannot do without."""
    found = match_headings(headings, remembered)
    return all(column.id in found for column in COLUMNS if column.required)


def heading_row(
    rows: Iterable[Sequence[str]], remembered: Mapping[str, str] | None = None
) -> tuple[int, tuple[str, ...]] | None:
    """Where the headings stand (from 0, the lower row of two) and what they say; None for nowhere.

    When no row alone has them, two rows together may: cells merged downwards stand in the upper
    one, those under a common title in the lower.
    """
    found = [tuple(row) for row in rows]
    for index, row in enumerate(found):
        if is_heading_row(row, remembered):
            return index, row
    for index, (upper, lower) in enumerate(pairwise(found)):
        both = _joined(upper, lower)
        if is_heading_row(both, remembered):
            return index + 1, both
    return None


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        below or above for above, below in zip_longest(upper, lower, fillvalue="")
    )
