"""What each cell of a roster's row says, and what is wrong with it.

Whatever means the same datum is understood without a word (full width, traditional characters,
dates in any order); what cannot be certain is told, with a suggestion where there is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop_app.domain import citizen_id, roster_words
from desktop_app.domain.errors import InputError
from desktop_app.domain.fields import FIELDS, FieldDef, FieldKind, parse
from desktop_app.domain.roster import BY_ID, COLUMNS, Level, RosterProblem, RosterRow
from desktop_app.domain.roster_dates import implausible, read_birth_date
from desktop_app.domain.roster_names import lost_characters, tidy_name, without_hidden

#: A number in a number cell keeps fifteen digits; as text it then reads 2.10283E+17.
_ROUNDED = re.compile(r"\d([.,]\d+)?[Ee]\+?1[4-9]")
#: No citizen number holds them; that of a passport or a travel permit does.
_LETTERS = re.compile(r"[A-WYZa-wyz]")
#: Cells that are looked up, not kept: what cannot be printed in them does no harm.
_LOOKED_UP = frozenset({"citizen_id", "sex", "ethnicity", "birth_date", "origin_region",
                        "voluntary"})
_ORIGIN = frozenset({"origin_address", "origin_region"})
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


class Findings:
    """The findings of one row while it is checked."""

    def __init__(self, row: RosterRow) -> None:
        self.row = row
        self.problems: list[RosterProblem] = []
        self.answers: dict[str, str] = {}

    def cell(self, column: str) -> str:
        """What stands in a column, empty when nothing does."""
        return self.row.cells.get(column, "")

    def add(self, column: str, level: Level, code: str, message: str, hint: str = "") -> None:
        """One problem; ``hint`` is what could be adopted instead."""
        label = BY_ID[column].label
        self.problems.append(
            RosterProblem(self.row.number, label, level, code, message, hint)
        )


def check_texts(found: Findings, context: RosterContext) -> None:
    """Lengths, and whether what will stand on papers can be seen and printed."""
    for column, text in found.row.cells.items():
        longest = _LONGEST[column]
        if len(text) > longest:
            found.add(column, Level.ERROR, "too_long", f"有 {len(text)} 个字，最多 {longest} 个")
        elif column not in _LOOKED_UP and not context.fine.issuperset(text):
            _check_drawable(found, column, text, context)


def _check_drawable(found: Findings, column: str, text: str, context: RosterContext) -> None:
    try:
        parse(_TEXTS[column], text)
    except InputError as refused:
        found.add(column, Level.ERROR, "unprintable_character", refused.message,
                  without_hidden(text, joined=column == "name"))
        return
    missing = context.undrawable(text)
    if missing:
        codes = "、".join(f"{char}(U+{ord(char):04X})" for char in missing)
        found.add(column, Level.ERROR, "unprintable_character", f"没有字库能印：{codes}")
        return
    context.fine.update(text)


def check_name(found: Findings) -> None:
    """The name, without the blanks that align it; never one with a character lost."""
    text = found.cell("name")
    if not text:
        found.add("name", Level.ERROR, "missing_value", "没有姓名")
        return
    lost = lost_characters(text)
    if lost and not any(problem.column == "姓名" for problem in found.problems):
        found.add("name", Level.ERROR, "unprintable_character",
                  f"有“{lost}”，多半是丢失的生僻字；按证件补录")
    name, dotted = tidy_name(text)
    if dotted:
        found.add("name", Level.ALERT, "unprintable_character",
                  "有空格，按证件核对是不是间隔号", dotted)
    try:
        found.answers["applicant.name"] = parse(_NAME, name)
    except InputError:
        return  # check_texts has said it already


def check_number(found: Findings, context: RosterContext) -> citizen_id.CitizenId | None:
    """The citizen number by GB 11643, of somebody who can be alive; None when it is refused."""
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
        _refuse_number(found, refused, context)
        return None
    unlikely = implausible(number.birth_date, context.today)
    if unlikely:
        found.add("citizen_id", Level.ERROR, "bad_date", f"号码里的出生日期 {unlikely}")
        return None
    if number.of_permit:
        found.add("citizen_id", Level.ERROR, "unknown_region",
                  "这是港澳台居民居住证的号码，定居落户另有规定")
        return None
    found.answers["applicant.citizen_id"] = number.text
    return number


def _refuse_number(found: Findings, refused: InputError, context: RosterContext) -> None:
    text = found.cell("citizen_id")
    digits = citizen_id.normalise(text)
    if not digits:
        found.add("citizen_id", Level.ERROR, "missing_value",
                  f"没有公民身份号码，表上是“{roster_words.shown(text, 10)}”")
        return
    if "不是日期" in refused.message or "年份" in refused.message:
        found.add("citizen_id", Level.ERROR, "bad_date", refused.message)
        return
    letters = _LETTERS.findall(unicodedata.normalize("NFKC", text))
    if letters:
        found.add("citizen_id", Level.ERROR, "bad_check_digit",
                  f"号码里有字母 {letters[0].upper()}，不是公民身份号码")
        return
    whole = len(digits) == citizen_id.LENGTH and digits[:17].isdigit()
    if whole and digits.endswith("000"):
        found.add("citizen_id", Level.ERROR, "bad_check_digit",
                  "末三位是 000 且校验不符，多半被表格取整；按文本格式重新填写")
        return
    hint = _mended(digits, context) if whole else ""
    found.add("citizen_id", Level.ERROR, "bad_check_digit", refused.message, hint)


def _mended(digits: str, context: RosterContext) -> str:
    """The number with the check digit that its first seventeen ask for, if it is a sound one."""
    try:
        number = citizen_id.parse(digits[:17] + citizen_id.check_digit(digits[:17]))
    except InputError:
        return ""
    unfit = number.of_permit or implausible(number.birth_date, context.today)
    return "" if unfit else number.text


def check_sex(
    found: Findings, number: citizen_id.CitizenId | None, context: RosterContext
) -> None:
    """The sex as the school has it; the clerk is told when the number says otherwise."""
    text = found.cell("sex")
    if number is None:
        return
    code = roster_words.sex(text, context.codes["sex"]) if text else ""
    found.answers["applicant.sex"] = code or number.sex
    if text and code != number.sex:
        words = "男" if number.sex == "1" else "女"
        told = f"表上是{roster_words.shown(text, 4)}，按号码是{words}"
        found.add("sex", Level.ALERT, "sex_mismatch", told, words)


def check_birth(
    found: Findings, number: citizen_id.CitizenId | None, context: RosterContext
) -> None:
    """The birth date is that of the number; what the school wrote must not say otherwise."""
    text = found.cell("birth_date")
    born = number.birth_date if number is not None else None
    if born is not None:
        found.answers["applicant.birth_date"] = born.isoformat()
    if not text:
        return
    hint = born.isoformat() if born else ""
    if text in (hint, hint.replace("-", "")):
        return
    try:
        written = read_birth_date(text, born)
    except InputError as refused:
        found.add("birth_date", Level.ERROR, "bad_date", refused.message, hint)
        return
    unlikely = implausible(written.earliest(), context.today)
    if unlikely:
        found.add("birth_date", Level.ERROR, "bad_date", unlikely, hint)
    elif born is not None and not written.fits(born):
        found.add("birth_date", Level.ERROR, "birth_mismatch",
                  f"表上是 {written.words()}，按号码是 {hint}", hint)


def check_ethnicity(found: Findings, context: RosterContext) -> None:
    """The ethnic group, by its name in any spelling or its code."""
    text = found.cell("ethnicity")
    if not text:
        _missing(found, "ethnicity", "没有民族", context)
        return
    table = context.codes["ethnicity"]
    code = table.get(text) or roster_words.ethnicity(text, table)
    if not code:
        found.add("ethnicity", Level.ERROR, "unknown_ethnicity",
                  f"没有“{roster_words.shown(text, 20)}”这个民族",
                  roster_words.likely_ethnicity(text, table))
        return
    found.answers["applicant.ethnicity"] = code


def _missing(found: Findings, column: str, words: str, context: RosterContext) -> None:
    """A gap keeps the row out; where the school has no such column, the clerk is told instead."""
    level = Level.ERROR if column in context.columns else Level.ALERT
    found.add(column, level, "missing_value", words)


def check_origin(found: Findings, context: RosterContext) -> None:
    """Where the student comes from; nothing is asked of rows in a file that has no such column."""
    text = found.cell("origin_region")
    if not (text.isascii() and text.isdecimal()):
        text = roster_words.plain(text).removesuffix(".0")
    if not text:
        if not found.cell("origin_address") and _ORIGIN & set(context.columns):
            _missing(found, "origin_address", "没有原户籍地", context)
        return
    code = text[:6]
    if code not in context.regions:
        found.add("origin_region", Level.ALERT, "unknown_region", f"区划代码表里没有 {text[:12]}")
        return
    found.answers["applicant.hukou_region"] = code
