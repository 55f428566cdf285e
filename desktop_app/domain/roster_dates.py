"""Birth dates as schools write them: whole, without the day, or as a spreadsheet's day number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.errors import InputError
from desktop_app.domain.people import age_on

#: Nobody who stands at the counter is older than this, in whole years.
OLDEST = 130
#: The two days from which spreadsheets count (the usual one, and that of old Macintosh files).
_EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))
_TIME = re.compile(r"(?<=\d)[T ]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_MARKS = re.compile(r"[年月日号./,、·_\-\s]+")
_MONTHS = {word: f"{place}" for place, word in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
)}
_YEAR, _SERIAL, _MONTH, _DAY = 4, 5, 6, 8
_CENTURIES = ("19", "20")
_DECEMBER = 12
_NO_SUCH = 99


@dataclass(frozen=True)
class Written:
    """A birth date as it was written; month and day are 0 where they were not.

    A reading that is not ``sure`` counts only when it says what the citizen number says.
    """

    year: int
    month: int = 0
    day: int = 0
    sure: bool = True

    def fits(self, born: date) -> bool:
        """Whether it says nothing else than that day."""
        month = self.month in (0, born.month)
        return self.year == born.year and month and self.day in (0, born.day)

    def earliest(self) -> date:
        """The first day that it may mean. Raises ValueError for a day that does not exist."""
        return date(self.year, self.month or 1, self.day or 1)

    def words(self) -> str:
        """As it is told to the clerk."""
        if self.day:
            return self.earliest().isoformat()
        return f"{self.year} 年 {self.month} 月" if self.month else f"{self.year} 年"


def implausible(born: date, today: date) -> str:
    """Why nobody at the counter was born on that day, empty when somebody may have been."""
    if born > today:
        return f"{born.isoformat()} 晚于今天"
    return f"{born.isoformat()} 距今超过 {OLDEST} 年" if age_on(born, today) > OLDEST else ""


def read_birth_date(text: str, expected: date | None) -> Written:
    """What a cell says. Raises InputError for words that are no date, or no day there is.

    ``expected`` is the day in the citizen number. Of the readings that a short form allows (two
    digits for the year, day and month in either order, two epochs) the one that fits it is taken;
    without it a short form is not guessed at.
    """
    plain = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    if re.fullmatch(r"\d+\.0+", plain):
        plain = plain.split(".")[0]
    found = list(_digits(plain) if plain.isdecimal() else _parts(plain))
    fitting = [one for one in found if expected is not None and one.fits(expected)]
    first = next(iter([*fitting, *(one for one in found if one.sure)]), None)
    if first is None:
        raise InputError("出生日期看不懂，写成 8 位数字", "例 19980315")
    try:
        first.earliest()
    except ValueError:
        raise InputError("出生日期没有这一天", "对照证件核对年月日") from None
    return first


def _digits(plain: str) -> Iterator[Written]:
    """The readings of a bare number."""
    if len(plain) == _DAY:
        yield _whole(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    elif len(plain) == _MONTH:
        if plain[:2] in _CENTURIES and 1 <= int(plain[4:]) <= _DECEMBER:
            yield Written(int(plain[:4]), int(plain[4:]))
        yield from _short(int(plain[:2]), int(plain[2:4]), int(plain[4:]))
    elif len(plain) == _YEAR and plain[:2] in _CENTURIES:
        yield Written(int(plain))
    elif len(plain) in (_YEAR, _SERIAL):
        for epoch in _EPOCHS:
            day = epoch + timedelta(days=int(plain))
            yield Written(day.year, day.month, day.day)


def _parts(plain: str) -> Iterator[Written]:
    """The readings of figures with marks between them."""
    words = [_MONTHS.get(word[:3].casefold(), word) for word in _MARKS.split(plain) if word]
    if not all(word.isdecimal() and len(word) <= _YEAR for word in words):
        return
    match [int(word) for word in words]:
        case [year, month] if len(words[0]) == _YEAR:
            yield _whole(year, month)
        case [year, month, day] if len(words[0]) == _YEAR:
            yield _whole(year, month, day)
        case [one, other, year] if len(words[2]) == _YEAR:
            yield Written(year, one, other, sure=False)
            yield Written(year, other, one, sure=False)
        case [first, second, third]:
            yield from _short(first, second, third)
            yield from _short(third, first, second)
            yield from _short(third, second, first)


def _whole(year: int, month: int, day: int | None = None) -> Written:
    """A reading in which a zero stands for no month and no day there is."""
    return Written(year, month or _NO_SUCH, 0 if day is None else day or _NO_SUCH)


def _short(year: int, month: int, day: int) -> Iterator[Written]:
    """A year of two digits belongs to one of two centuries."""
    for century in _CENTURIES:
        yield Written(int(century) * 100 + year, month, day, sure=False)
