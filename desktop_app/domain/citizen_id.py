"""The citizen number (公民身份号码) of GB 11643: region, birth date, order, check digit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.errors import InputError

LENGTH = 18
_OLD_LENGTH = 15
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_COMPARE = "对照证件再核一遍"
_LABEL = "身份号码"
_TIMES_SIGN = "×"
_PERMITS = ("810000", "820000", "830000")


@dataclass(frozen=True)
class CitizenId:
    """A number that has passed every check of GB 11643."""

    text: str

    @property
    def region(self) -> str:
        """Where the number was first allotted; it says nothing of the present hukou."""
        return self.text[:6]

    @property
    def birth_date(self) -> date:
        """The birth date inside the number."""
        return _birth_date(self.text)

    @property
    def sex(self) -> str:
        """GB/T 2261.1: 1 male for an odd order number, 2 female for an even one."""
        return "1" if int(self.text[16]) % 2 else "2"

    @property
    def of_permit(self) -> bool:
        """Whether it is the number of a 港澳台居民居住证: the same shape, but its bearer has no
        hukou. An unknown region says no such thing; that is only remarked upon."""
        return self.region in _PERMITS

    @property
    def grouped(self) -> str:
        """6-8-4, as read aloud."""
        return f"{self.text[:6]} {self.text[6:14]} {self.text[14:]}"

    def __repr__(self) -> str:
        """Masked: a number must not reach a log by accident."""
        return f"CitizenId({self.text[:6]}********{self.text[14:]})"


def normalise(text: str) -> str:
    """What was typed or pasted, as digits and X: full width, blanks, dashes and × are mended."""
    plain = unicodedata.normalize("NFKC", text).upper().replace(_TIMES_SIGN, "X")
    return re.sub(r"[^0-9X]", "", plain)


def check_digit(first_17: str) -> str:
    """The 18th character by ISO 7064 MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def parse(text: str, *, label: str = _LABEL, field: str | None = None) -> CitizenId:
    """The number in the text. Raises InputError that says which position is wrong and why."""
    number = normalise(text)
    if len(number) == _OLD_LENGTH and number.isdigit():
        raise InputError(f"{label}是 15 位旧号，现用 18 位", "按现在的居民身份证录入", field=field)
    if len(number) != LENGTH:
        raise InputError(f"{label}应为 18 位，现为 {len(number)} 位", _COMPARE, field=field)
    for position, char in enumerate(number[:-1], start=1):
        if not char.isdigit():
            raise InputError(f"{label}第 {position} 位应为数字，现为 {char}", _COMPARE, field=field)
    if number[0] == "0":
        raise InputError(f"{label}第 1 位不能为 0", _COMPARE, field=field)
    _check_birth_date(number, label, field)
    expected = check_digit(number[:17])
    if number[17] != expected:
        raise InputError(
            f"{label}第 18 位应为 {expected}，现为 {number[17]}", _COMPARE, field=field
        )
    return CitizenId(number)


def _birth_date(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _check_birth_date(number: str, label: str, field: str | None) -> None:
    try:
        born = _birth_date(number)
    except ValueError:
        raise InputError(
            f"{label}第 7 至 14 位不是日期：{number[6:14]}", _COMPARE, field=field
        ) from None
    if born.year < 1850:
        raise InputError(f"{label}第 7 至 10 位年份不合理：{born.year}", _COMPARE, field=field)


def synthetic(region: str, birth: date, order: int) -> CitizenId:
    """A well-formed number for tests and training: ``order`` is 1 to 999, odd for men."""
    first = f"{region}{birth:%Y%m%d}{order:03d}"
    return CitizenId(first + check_digit(first))
