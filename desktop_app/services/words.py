"""Small pieces of wording that several services share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone

from desktop_app.domain.errors import InputError
from desktop_app.domain.fields import visible
from desktop_app.domain.land_rights import demands_land_rights
from desktop_app.domain.legal import Citation, clause_label
from desktop_app.domain.policy_book import PolicyBook

#: The station's time (北京时间); China keeps one zone and no summer time.
STATION_TIME = timezone(timedelta(hours=8))

#: More does not fit into the opinion on the application form (审批意见).
LONGEST_REASON = 200
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
    """The reason without outer blanks, fit to be kept and printed; several lines are lawful.

    Raises InputError when there is none, when it is too long, or for what cannot be seen.
    """
    kept = reason.replace("\r\n", "\n").strip()
    if not kept:
        raise InputError(f"{what}要写明理由", "写一句理由", field="reason")
    for line in kept.split("\n"):
        visible(line, f"{what}的理由", "reason")
    no_longer_than(kept, LONGEST_REASON, "reason")
    return kept


def no_longer_than(text: str, longest: int, field: str) -> None:
    """Raise InputError for more characters than the paper has room for."""
    if len(text) > longest:
        raise InputError(f"写了 {len(text)} 个字，最多 {longest} 个", "缩短后再录", field=field)


def keep_land_rights_out(text: str, field: str) -> None:
    """Raise InputError when a text that will be printed asks for rural land rights."""
    found = demands_land_rights(text)
    if found is not None:
        raise InputError(
            f"不能把农村土地权益写进文书：“{found}”", "删去这一句，61号 三(五)不许作为条件",
            field=field,
        )
