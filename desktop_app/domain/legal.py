"""Where a rule comes from: documents (规范性文件, 法律), their clauses, and when they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_CLAUSE = re.compile(r"[1-9]\d*(?:\.[1-9]\d*)*")
_DOCUMENT = re.compile(r"[a-z0-9][a-z0-9-]*")
_DIGITS = "零一二三四五六七八九"

SECTIONS = "sections"
ARTICLES = "articles"


@dataclass(frozen=True, order=True)
class Citation:
    """One clause of one document, written ``document#clause``: 二(三) of 61号 is ``…#2.3``."""

    document: str
    clause: str

    @property
    def ref(self) -> str:
        """The citation as written in data files."""
        return f"{self.document}#{self.clause}"

    @classmethod
    def parse(cls, text: str) -> Citation:
        """The citation behind ``document#clause``. Raises ValueError when it is not one."""
        document, mark, clause = text.partition("#")
        if not (mark and _DOCUMENT.fullmatch(document) and _CLAUSE.fullmatch(clause)):
            raise ValueError(f"不是条款引用：{text}")
        return cls(document, clause)


@dataclass(frozen=True)
class Clause:
    """One clause: its number (``2.3``) and a short heading in our own words."""

    number: str
    heading: str


@dataclass(frozen=True)
class Document:
    """A document that rules cite. ``number`` is its 文号, empty for laws cited by title.

    ``style`` says how its clauses are counted: ``sections`` 一(二)4, ``articles`` 第九条第二款.
    ``source`` tells where its data was taken from, or 待核.
    """

    id: str
    title: str
    number: str
    issued: date
    style: str = SECTIONS
    clauses: tuple[Clause, ...] = ()
    source: str = ""

    def clause(self, number: str) -> Clause | None:
        """The clause of that number, or None."""
        return next((clause for clause in self.clauses if clause.number == number), None)


@dataclass(frozen=True)
class InForce:
    """A half-open span of days: ``since`` <= day < ``until`` (open when None)."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    def overlaps(self, other: InForce) -> bool:
        """Whether there is a day on which both hold."""
        return (other.until is None or self.since < other.until) and (
            self.until is None or other.since < self.until
        )


def chinese_number(number: int) -> str:
    """A number from 1 to 999 in Chinese characters: 12 -> 十二, 105 -> 一百零五."""
    if not 0 < number < 1000:
        raise ValueError(f"只支持 1 到 999：{number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


def clause_label(clause: str, style: str = SECTIONS) -> str:
    """A clause number as people write it: 2.3 -> 二(三); 1.2.4 -> 一(二)4; article 9 -> 第九条."""
    parts = [int(part) for part in clause.split(".")]
    if style == ARTICLES:
        units = ("条", "款", "项")
        return "".join(
            f"第{chinese_number(part)}{unit}" for part, unit in zip(parts, units, strict=False)
        )
    label = chinese_number(parts[0])
    if len(parts) > 1:
        label += f"({chinese_number(parts[1])})"
    return label + ".".join(str(part) for part in parts[2:])


def cite_label(citation: Citation, document: Document) -> str:
    """The citation as shown to people: ``大政办发〔2017〕61号 二(三)``, ``《…条例》 第九条``.

    What is counted by articles (法律、法规) is cited by its title, any other paper by its 文号.
    """
    numbered = document.number and document.style == SECTIONS
    name = document.number if numbered else f"《{document.title}》"
    return f"{name} {clause_label(citation.clause, document.style)}"
