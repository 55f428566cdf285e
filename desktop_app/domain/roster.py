"""A freshers' roster (新生名册): its columns, its rows, its lanes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


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


#: The columns of a roster, from the interface that schools and stations agreed on. Where two
#: headings of a file mean the same column, the one that stands first here is taken.
COLUMNS: tuple[RosterColumn, ...] = (
    RosterColumn(
        "name", "姓名",
        ("学生姓名", "新生姓名", "考生姓名", "名字", "中文姓名", "迁移人姓名"),
        required=True, longest=50,
    ),
    RosterColumn("sex", "性别", ("性别名称", "性别代码", "性别码"), longest=10),
    RosterColumn(
        "citizen_id", "公民身份号码",
        ("身份证号", "身份证号码", "身份证", "身份证件号", "身份证件号码", "身份号码",
         "居民身份证号", "居民身份证号码", "公民身份证号", "公民身份证号码", "公民身份证件号码",
         "居民身份证", "身份证编号", "身份证证号", "学生身份证号", "学生身份证号码", "证件号码",
         "证件号", "证件编号"),
        required=True, longest=30,
    ),
    RosterColumn("ethnicity", "民族", ("民族名称", "民族代码", "族别"), longest=20),
    RosterColumn(
        "birth_date", "出生日期",
        ("出生年月日", "出生时间", "生日", "出生年月", "出生"), longest=30,
    ),
    RosterColumn(
        "examinee", "考生号", ("高考考生号", "考生编号", "准考证号", "高考报名号"), longest=40
    ),
    RosterColumn(
        "student_number", "学号", ("学生学号", "新生学号", "学籍号", "学生编号"), longest=40
    ),
    RosterColumn(
        "college", "院系",
        ("学院", "院(系)", "学院名称", "院系名称", "系别", "所在院系", "所在学院", "二级学院",
         "录取院系", "录取学院", "院系所", "院系部", "系部", "院部", "学部", "培养单位", "所属学院",
         "院", "系"),
    ),
    RosterColumn(
        "major", "专业",
        ("专业名称", "录取专业", "录取专业名称", "所学专业", "就读专业", "学科专业", "所在专业"),
    ),
    RosterColumn(
        "class_name", "班级",
        ("班级名称", "行政班", "行政班级", "所在班级", "自然班", "班号", "分班", "班",
         "班级代码"),
    ),
    RosterColumn(
        "origin_address", "原户籍地址",
        ("原户籍地", "原户籍详细地址", "原户口地址", "原户口所在地", "原户籍所在地", "户籍地址",
         "户籍详细地址", "户籍所在地", "户籍所在地址", "户籍所在地详细地址", "户籍地", "户口地址",
         "户口所在地", "户口所在地址", "户口所在地详细地址", "入学前户口所在地", "入学前户籍所在地",
         "入学前户籍地址", "家庭户口所在地", "迁出地址", "迁出地", "原住址"),
        longest=100,
    ),
    RosterColumn(
        "origin_region", "原户籍地区划代码",
        ("户籍地区划代码", "原户籍地行政区划代码", "原户籍地行政区划", "户籍地行政区划代码",
         "户口所在地区划代码", "户口所在地行政区划代码", "户口所在地代码", "户籍地代码",
         "户籍所在地代码", "户籍所在地行政区划代码", "区划代码", "行政区划代码", "原户籍区划"),
        longest=12,
    ),
    RosterColumn(
        "certificate", "户口迁移证编号",
        ("户口迁移证号", "户口迁移证号码", "户口迁移证编码", "迁移证编号", "迁移证号", "迁移证号码",
         "迁移证编码", "户口迁移证", "迁移证"),
        longest=20,
    ),
    RosterColumn(
        "admission", "录取通知书编号",
        ("录取通知书号", "录取通知书号码", "录取通知书编码", "通知书编号", "通知书号", "通知书编码",
         "录取编号", "录取号", "录取通知书"),
        longest=40,
    ),
    RosterColumn(
        "voluntary", "自愿落户",
        ("是否自愿落户", "本人是否自愿落户", "自愿落户集体户", "是否自愿", "是否自愿迁户口",
         "是否自愿迁户", "自愿迁户", "自愿迁户口", "是否愿意落户", "是否愿意迁户", "是否同意落户",
         "是否同意迁户", "是否申请落户", "是否申请迁户", "是否迁户口", "是否迁移户口", "是否迁户",
         "是否迁移户籍", "是否转户口", "是否迁入", "是否落户", "是否落集体户", "是否迁入集体户",
         "是否迁入学校", "是否将户口迁入学校", "是否将户口迁入我校", "是否办理落户",
         "是否办理户口迁移", "户口是否迁移", "户口是否迁入", "户口是否迁入学校", "迁户意愿",
         "落户意愿", "迁入意愿", "迁移意愿", "户口迁移意愿", "自愿"),
        longest=30,
    ),
    RosterColumn("note", "备注", ("备注说明", "说明", "附注"), longest=200),
)
BY_ID: Mapping[str, RosterColumn] = {column.id: column for column in COLUMNS}
