"""From a record to the words in a box: templates, the closed list of transforms, fit characters.

A template is fixed words with slots: ``{applicant.name}：`` or ``{case.due|date_year}年``. A slot
names a value of ``form_values.VALUES`` and at most one transform of ``TRANSFORMS``. A slot marked
``?`` (``{station.phone?}``) may be missing: its paragraph is then left out. There is nothing else
in the language, and what a slot yields is never read again as a template.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from desktop_app.domain.form_values import ValueKind

_SLOT = re.compile(r"\{([^{}|?]*)(\?)?(?:\|([^{}|]*))?\}")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:[+-]\d{2}:\d{2})?"
)
#: Control, format (bidi, zero width), surrogate, private use, line separators.
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_CAPITALS = "零壹贰叁肆伍陆柒捌玖拾"


@dataclass(frozen=True)
class Slot:
    """A place in a template that takes a value, changed by one named transform or by none.

    When the value of an ``optional`` slot is missing, its paragraph is left out.
    """

    value: str
    transform: str = ""
    optional: bool = False


Template = tuple[str | Slot, ...]


def parse_template(text: str) -> Template:
    """The pieces of a template. Raises ValueError for a brace that opens no slot."""
    pieces: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        pieces.append(Slot(match.group(1), match.group(3) or "", bool(match.group(2))))
        end = match.end()
    if end < len(text):
        pieces.append(text[end:])
    if any(brace in piece for piece in pieces if isinstance(piece, str) for brace in "{}"):
        raise ValueError("花括号没有成对")
    return tuple(pieces)


def unfit_character(text: str) -> tuple[int, str] | None:
    """Position (from 1) and code of the first character that no paper can show, or None.

    Such are control, bidirectional, zero-width and private-use characters. They are refused
    instead of dropped: what is printed must be what is kept. Characters newer than this Python
    are left to the check of glyphs.
    """
    if text.isprintable():
        return None
    for position, char in enumerate(text, start=1):
        if unicodedata.category(char) in _UNFIT:
            return position, f"U+{ord(char):04X}"
    return None


def _day(text: str) -> tuple[str, str, str]:
    match = _DAY.match(text)
    if match is None:
        raise ValueError("日期应写成 2017-06-01")
    year, month, day = match.groups()
    _require_real(year, month, day)
    return year, month, day


def _require_real(year: str, month: str, day: str, hour: str = "0", minute: str = "0") -> None:
    try:
        date(int(year), int(month), int(day))
        time(int(hour), int(minute))
    except ValueError:
        raise ValueError("没有这个日期或时间") from None


def date_words(text: str) -> str:
    """2017年06月01日 from 2017-06-01. Raises ValueError for anything else."""
    year, month, day = _day(text)
    return f"{year}年{month}月{day}日"


def date_plain(text: str) -> str:
    """2017年6月1日: a date in running text."""
    year, month, day = _day(text)
    return f"{year}年{int(month)}月{int(day)}日"


def date_dotted(text: str) -> str:
    """2017.06.01: a date in a narrow column."""
    return ".".join(_day(text))


def moment_words(text: str) -> str:
    """2017年06月01日10时23分 from 2017-06-01 10:23 or its ISO form with seconds and zone."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError("时间应写成 2017-06-01 10:23")
    year, month, day, hour, minute = match.groups()
    _require_real(year, month, day, hour, minute)
    return f"{year}年{month}月{day}日{hour}时{minute}分"


def yes_no(text: str) -> str:
    """是 or 否 from true/false; words that are already 是 or 否 stay."""
    words = {"true": "是", "false": "否", "是": "是", "否": "否"}
    if text not in words:
        raise ValueError("应写成 true 或 false")
    return words[text]


def tick(text: str) -> str:
    """√ for true and 是, nothing for false and 否."""
    return "√" if yes_no(text) == "是" else ""


def masked_id(text: str) -> str:
    """210213********0015: a citizen number on a paper that leaves the counter."""
    return f"{text[:6]}********{text[-4:]}" if len(text) == 18 else text


def spaced(text: str) -> str:
    """Characters set apart: 陈　示　例 for a name standing alone on a line."""
    return "\u3000".join(text)


def capital_count(text: str) -> str:
    """A small count in capital figures (大写), 0 to 10, that cannot be altered by a stroke."""
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number < len(_CAPITALS):
        raise ValueError("只写 0 到 10 的人数")
    return _CAPITALS[number]


def comma_list(text: str) -> str:
    """Paragraphs joined by 、 into one line."""
    return "、".join(text.split("\n"))


def semicolon_list(text: str) -> str:
    """Paragraphs joined by ； into one sentence."""
    return "；".join(line.rstrip("。；") for line in text.split("\n"))


def numbered(text: str) -> str:
    """Paragraphs numbered 1. 2. 3. when there are several."""
    lines = text.split("\n")
    if len(lines) == 1:
        return text
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


#: The closed list of transforms a slot may name.
TRANSFORMS: Mapping[str, Callable[[str], str]] = {
    "date_words": date_words,
    "date_plain": date_plain,
    "date_dotted": date_dotted,
    "date_year": lambda text: _day(text)[0],
    "date_month": lambda text: _day(text)[1],
    "date_day": lambda text: _day(text)[2],
    "moment_words": moment_words,
    "yes_no": yes_no,
    "tick": tick,
    "masked_id": masked_id,
    "spaced": spaced,
    "capital_count": capital_count,
    "comma_list": comma_list,
    "semicolon_list": semicolon_list,
    "numbered": numbered,
}

#: The transform a value of this kind gets when the slot names none.
DEFAULT_TRANSFORM: Mapping[ValueKind, Callable[[str], str]] = {
    ValueKind.DATE: date_words,
    ValueKind.MOMENT: moment_words,
    ValueKind.YES_NO: yes_no,
}


def plain_text(value: object) -> str:
    """A value of a record as canonical text: ISO dates, true/false, lists as paragraphs.

    Blanks alone are nothing: a certificate for a name of blanks would be one for nobody.
    """
    if isinstance(value, str):
        return value if value.strip() else ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "\n".join(plain_text(item) for item in value)
    return str(value)
