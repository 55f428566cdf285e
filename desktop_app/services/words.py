"""Small pieces of wording that several services share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

from desktop_app.domain.errors import InputError
from desktop_app.domain.legal import Citation, clause_label
from desktop_app.domain.policy_book import PolicyBook

#: The station's time (北京时间); China keeps one zone and no summer time.
STATION_TIME = timezone(timedelta(hours=8))

_UNIT = re.compile(r".+?(?:省|自治区|特别行政区|自治州|地区|盟|州|市|区|县|旗)")


def local(moment: datetime) -> datetime:
    """A moment on the station's clock."""
    return moment.astimezone(STATION_TIME)


def day_start(day: date) -> datetime:
    """The first moment of a calendar day at the station."""
    return datetime.combine(day, time.min, STATION_TIME)


def listing(items: Sequence[str], limit: int = 3) -> str:
    """甲、乙、丙 or 甲、乙、丙等 5 项."""
    shown = "、".join(items[:limit])
    return shown if len(items) <= limit else f"{shown}等 {len(items)} 项"


def cites(book: PolicyBook, citations: Sequence[Citation]) -> str:
    """Citations as people read them: 大政办发〔2017〕61号 二(三)、三(十); each document once."""
    clauses: dict[str, list[str]] = {}
    for citation in citations:
        name, _, clause = book.label(citation).rpartition(" ")
        if clause not in clauses.setdefault(name, []):
            clauses[name].append(clause)
    return "；".join(
        f"{name}{'' if name.endswith('》') else ' '}{'、'.join(found)}".strip()
        for name, found in clauses.items()
    )


def full_cites(book: PolicyBook, citations: Sequence[Citation]) -> list[str]:
    """Citations for a decision, one line a document: 《…意见》（大政办发〔2017〕61号）二(三)."""
    found: dict[str, list[str]] = {}
    for citation in citations:
        document = book.document(citation.document)
        name = f"《{document.title}》" + (f"（{document.number}）" if document.number else "")
        clause = clause_label(citation.clause, document.style)
        if clause not in found.setdefault(name, []):
            found[name].append(clause)
    return [name + "、".join(clauses) for name, clauses in found.items()]


def with_region(region_name: str, address: str) -> str:
    """An address led by its region, which is not said twice when the address names it already."""
    units = _UNIT.findall(region_name)
    if not address or (units and units[-1] in address) or region_name in address:
        return address or region_name
    for unit in units:
        address = address.removeprefix(unit)
    return region_name + address


def need_reason(reason: str, what: str) -> str:
    """The reason without outer blanks. Raises InputError when there is none."""
    kept = reason.strip()
    if not kept:
        raise InputError(f"{what}要写明理由", "写一句理由", field="reason")
    return kept
