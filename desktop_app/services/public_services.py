"""What a settled person may claim, by department: the rows of the hand-over sheet (衔接告知单).

61号 三 names the departments in charge; the counter only points the way and decides nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PublicService:
    """One service: the department in charge, what it gives, and the clause that says so."""

    department: str
    what: str
    clause: str
    where: str
    bring: str


_BOOK = "居民户口簿、居民身份证"

PUBLIC_SERVICES = (
    PublicService("市国土房屋局", "公共租赁住房、租赁补贴", "3.6", "住所地区(市、县)住房保障窗口",
                  _BOOK),
    PublicService("市住房公积金管理中心", "住房公积金缴存、转移", "3.6", "就近的公积金办事处",
                  _BOOK),
    PublicService("市人社局", "基本医疗保险参保、关系转移接续", "3.7", "住所地社会保险经办机构",
                  _BOOK),
    PublicService("市人社局", "基本养老保险参保、关系转移接续", "3.8", "住所地社会保险经办机构",
                  _BOOK),
    PublicService("市民政局", "最低生活保障、临时救助", "3.8", "住所地街道(镇)民政窗口", _BOOK),
    PublicService("市教育局", "子女入学、转学", "3.9", "住所地区(市、县)教育局",
                  f"{_BOOK}、学籍信息"),
)


def service_rows(labels: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of the sheet; ``labels`` shows a clause number as printed."""
    return [
        {
            "department": service.department, "what": service.what,
            "clause": labels[service.clause], "where": service.where, "bring": service.bring,
        }
        for service in PUBLIC_SERVICES
    ]
