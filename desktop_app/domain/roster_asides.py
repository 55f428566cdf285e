"""Rows of a roster that name no student: sums, signatures, dates, remarks, headings repeated.

A row is set aside only when it begins with such words and holds no number of anybody. Whatever
might be a student stays one, and is refused in words when something is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.roster_headings import plain_heading
from desktop_app.domain.roster_words import plain

_IDENTIFIERS = ("citizen_id", "student_number", "examinee", "admission", "certificate")
#: A cell with so many digits may be somebody's number; a sum has fewer.
_NUMBER_DIGITS = 5
_COLUMN_DIGITS = 2
_LONGEST = 40
_SUM = re.compile(r"(本页|本表|本班|全班|全系|全院|全校|总)?(合计|小计|总计|共计|总人数|累计)")
_COUNT = re.compile(r"共\d+[人名行]")
_LABELS = (
    "填表", "制表", "填报", "审核", "审批", "复核", "经办", "负责", "联系", "录入", "报送", "核对",
    "校对", "主管", "统计", "校长", "院长", "书记", "保卫处", "保卫处长", "招生处", "户籍员",
    "户籍专管员", "户籍管理员", "学校", "单位", "日期", "时间", "电话", "签字", "签名", "盖章",
    "公章", "备注", "附注", "说明", "注",
)
_OF_LABELS = ("人", "人员", "日期", "时间", "单位", "电话", "员", "领导", "学校", "负责人", "签字",
              "签名", "签章", "盖章", "意见")
_LABEL = re.compile(rf"(?:{'|'.join(_LABELS)})(?:{'|'.join(_OF_LABELS)})*($|[:(])")
_SIGNED = re.compile(r"签字|签名|签章|盖章|公章|[(]章[)]")
_BELOW = re.compile(r"[(]?(以下空白|此页空白|本页以下无内容|以下无正文|空白)[)]?$")
_HEADS = re.compile(r"\d+[人名]?")
_PAGE = re.compile(r"第\d+页([,，/]?共\d+页)?$")
_DATE = re.compile(r"\d{4}([年./\-])\d{1,2}([月./\-])(\d{1,2}日?)?$")
#: The line above a class: 班级：演练1班, 演练17级1班（30人）; a name has no figure in it.
_GROUP = re.compile(r"(班级|学院|专业|院系|系别|年级)[:].+|.*\d+(班|级)([(]\d+[人名][)])?")
_HINTS = frozenset({"必填", "选填", "非必填", "必填项", "选填项", "可空", "可不填", "文本",
                    "文本格式", "字符", "下拉选择"})
_WHOLE_SUM = re.compile(r"(全院|全校|总)?(合计|总计|共计|总人数)")
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True)
class Aside:
    """A row that was not counted as a student: its number in the spreadsheet, and its words."""

    number: int
    words: str


def aside_words(
    cells: Sequence[str], columns: Mapping[str, int], headings: Sequence[str]
) -> str:
    """What a row says that names no student; empty for every row that may be one."""
    number = _cell(cells, columns.get("citizen_id", -1))
    if sum(map(str.isdigit, number)) >= _NUMBER_DIGITS:
        return ""
    filled = [text for text in cells if text]
    if not filled:
        return ""
    name = _cell(cells, columns.get("name", -1))
    found = (
        _repeats(cells, columns, headings)
        or (name.isdigit() and number.isdigit() and len(number) <= _COLUMN_DIGITS)
        or all(text in _HINTS for text in filled)
        or (len(filled) == 1 and _GROUP.fullmatch(plain(filled[0])))
        or (
            _is_foot(plain(filled[0]))
            and _names_nobody(cells, columns.get("name", -1))
            and not _is_numbered(cells, columns)
        )
    )
    return _shortened(filled) if found else ""


def _repeats(
    cells: Sequence[str], columns: Mapping[str, int], headings: Sequence[str]
) -> bool:
    """The headings once more, as on every printed page."""
    required = [columns[column] for column in ("name", "citizen_id") if column in columns]
    return bool(required) and all(
        _cell(cells, place) and plain_heading(_cell(cells, place)) == plain_heading(headings[place])
        for place in required if place < len(headings)
    )


def _is_foot(words: str) -> bool:
    begins = (_SUM, _COUNT, _LABEL, _BELOW, _PAGE, _DATE)
    return any(rule.match(words) for rule in begins) or bool(_SIGNED.search(words))


def _names_nobody(cells: Sequence[str], place: int) -> bool:
    """Whether the cell for the name is blank, a sum, or who signs the words before it."""
    name = plain(_cell(cells, place))
    if not name or _HEADS.fullmatch(name) or _is_foot(name):
        return True
    before = [plain(text) for text in cells[:place] if text]
    label = _LABEL.match(before[-1]) if before else None
    return label is not None and label.end() == len(before[-1])


def _is_numbered(cells: Sequence[str], columns: Mapping[str, int]) -> bool:
    held = (_cell(cells, columns[column]) for column in _IDENTIFIERS if column in columns)
    return any(
        sum(map(str.isdigit, text)) >= _NUMBER_DIGITS and not _is_foot(plain(text))
        for text in held
    )


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if 0 <= place < len(cells) else ""


def _shortened(filled: Sequence[str]) -> str:
    words = " ".join(" ".join(text.split()) for text in filled)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def told(asides: Sequence[Aside], students: int) -> tuple[str, ...]:
    """What the clerk is told of the rows set aside, and of a sum that is not the rows read."""
    if not asides:
        return ()
    rows = "、".join(f"{aside.number}" for aside in asides[:_FEW])
    more = f" 等 {len(asides)} 行" if len(asides) > _FEW else " 行"
    quoted = "；".join(aside.words for aside in asides[:_FEW])
    counted = f"第 {rows}{more}不是学生，没有计入：{quoted}"
    claimed = _claimed(asides)
    if claimed is None or claimed == students:
        return (counted,)
    return f"表尾写 {claimed} 人，读到 {students} 行，核对有没有漏行", counted


_FEW = 3


def _claimed(asides: Iterable[Aside]) -> int | None:
    """How many students the sum at the foot names, when it names one figure only."""
    for aside in reversed(list(asides)):
        words = unicodedata.normalize("NFKC", aside.words)
        figures = _FIGURE.findall(words)
        if _WHOLE_SUM.match(plain(words)) and len(figures) == 1:
            return int(figures[0])
    return None
