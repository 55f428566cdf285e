"""What the law asks about: a closed list of facts, and how case answers become facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from desktop_app.domain.errors import InputError
from desktop_app.domain.zones import SubDistrict

FactValue = bool | int | float | str
Facts = Mapping[str, FactValue]


class FactKind(Enum):
    """What kind of value a fact has. DATE values are ISO text, REGION values six digits."""

    BOOL = "bool"
    CHOICE = "choice"
    NUMBER = "number"
    REGION = "region"
    DATE = "date"


@dataclass(frozen=True)
class FactDef:
    """One fact: ``label`` is a noun for lists, ``question`` one sentence for the guide.

    ``choices`` are (value, Chinese words, mnemonic initials). ``asked_of`` is ``counter`` for what
    a clerk can ask, ``supervisor`` for what only a decision can supply.
    """

    id: str
    kind: FactKind
    label: str
    question: str
    choices: tuple[tuple[str, str, str], ...] = ()
    asked_of: str = "counter"

    def words(self, value: FactValue) -> str:
        """A value as shown to people."""
        if isinstance(value, bool):
            return "是" if value else "否"
        return next((words for key, words, _ in self.choices if key == value), f"{value}")

    def read(self, value: object) -> FactValue:
        """The value, typed; canonical field text (``"true"``, ``"5"``) is understood.

        Raises InputError, naming the fact, when the value is not of its kind.
        """
        fitting = _READERS[self.kind](value, self)
        if fitting is None:
            raise InputError(
                f"{self.label}的值不对：{_as_written(value)}", self._expectation(), field=self.id
            )
        return fitting

    def _expectation(self) -> str:
        if self.kind is FactKind.CHOICE:
            return "可用：" + "、".join(f"{key}({words})" for key, words, _ in self.choices)
        return _EXPECTED[self.kind]


#: Longer than anyone lives: more years than that are a slip of the key.
_MOST_YEARS = 150
_EXPECTED = {
    FactKind.BOOL: "写 true 或 false",
    FactKind.NUMBER: f"写 0 至 {_MOST_YEARS} 的数字，单位为年",
    FactKind.REGION: "写 6 位行政区划代码",
    FactKind.DATE: "写成 2017-06-01 的样式",
}


def _as_written(value: object) -> str:
    """A value as the writer of a JSON file knows it: true and null, not True and None."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _read_bool(value: object, _: FactDef) -> FactValue | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None


def _read_choice(value: object, fact: FactDef) -> FactValue | None:
    return next((key for key, _, _ in fact.choices if key == value), None)


def _read_number(value: object, _: FactDef) -> FactValue | None:
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}(\.\d{1,2})?", value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value <= _MOST_YEARS else None


def _read_region(value: object, _: FactDef) -> FactValue | None:
    return value if isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{5}", value) else None


def _read_date(value: object, _: FactDef) -> FactValue | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


_READERS = {
    FactKind.BOOL: _read_bool,
    FactKind.CHOICE: _read_choice,
    FactKind.NUMBER: _read_number,
    FactKind.REGION: _read_region,
    FactKind.DATE: _read_date,
}

_B, _C, _N, _R = FactKind.BOOL, FactKind.CHOICE, FactKind.NUMBER, FactKind.REGION


def _define(facts: Iterable[FactDef]) -> Mapping[str, FactDef]:
    return {fact.id: fact for fact in facts}


#: The whole vocabulary. The ids are fixed for everyone who calls ``assess``.
FACTS: Mapping[str, FactDef] = _define((
    FactDef("applicant.hukou_region", _R, "现户籍地", "户口现在登记在哪个县、市、区？"),
    FactDef("applicant.hukou_kind", _C, "户籍性质", "户口登记地属于乡村还是城镇？",
            (("rural", "乡村", "xc"), ("urban", "城镇", "cz"))),
    FactDef("applicant.left_active_service", _B, "退出现役", "申请人是否已退出现役？"),
    FactDef("residence.zone", _C, "住所分区", "落户的住所或就业地在主城区、新市区还是新区？",
            (("main_urban", "主城区", "zcq"), ("new_urban", "新市区", "xsq"),
             ("new_district", "新区", "xq"))),
    FactDef("residence.in_town", _B, "住所在城镇", "住所所在的街道或镇是否属于城镇？"),
    FactDef("residence.lawful_stable", _B, "合法稳定住所", "在大连是否有合法稳定住所？"),
    FactDef("residence.tenure", _C, "住所来源", "住所是自有、租赁、单位提供还是亲属家？",
            (("owned", "自有产权", "zy"), ("rented", "租赁", "zl"),
             ("employer", "单位宿舍", "dw"), ("relative", "亲属住房", "qs"))),
    FactDef("residence.continuous_years", _N, "连续居住年限", "在大连连续居住了多少年？"),
    FactDef("insurance.years", _N, "社会保险年限", "参加社会保险累计多少年？"),
    FactDef("residence.permit_held", _B, "持有居住证", "是否持有居住证？"),
    FactDef("occupation.lawful_stable", _B, "合法稳定职业", "在大连是否有合法稳定职业？"),
    FactDef("school.regular_higher_education", _B, "普通高等学校", "学校是否为普通高等学校？"),
    FactDef("school.in_dalian", _B, "学校在大连", "学校是否在大连？"),
    FactDef("school.enrolment_qualified", _B, "学历教育招生资格",
            "学校是否有高等学历教育招生资格？"),
    FactDef("student.newly_admitted", _B, "当年录取新生", "是否为学校录取的新生？"),
    FactDef("station.serves_school", _B, "本所管辖学校", "学校是否由本派出所管辖？"),
    FactDef("consent.given", _B, "自愿落户确认", "是否在知情后自愿确认落户？"),
    FactDef("points.threshold_reached", _B, "积分达到分值", "积分是否核定达到落户分值？",
            asked_of="supervisor"),
    FactDef("approval.ground_accepted", _B, "审批事由成立", "政策性审批事由是否经审批成立？",
            asked_of="supervisor"),
    FactDef("veteran.talent_confirmed", _B, "退役人才认定", "是否经认定为退出现役的人才？",
            asked_of="supervisor"),
))


class Places(Protocol):
    """What ``derive`` needs of the policy book."""

    def hukou_kind_of(self, origin_code: str) -> str | None:
        """Rural or urban by the origin's 城乡分类代码, or None."""
        ...

    def sub_district(self, sub_district_id: str, on: date) -> SubDistrict | None:
        """The sub-district in force on that day, or None."""
        ...


def derive(answers: Mapping[str, object], book: Places, on: date) -> Facts:
    """The facts that a case's answers amount to on a day.

    An answer whose id is a fact wins over what would be derived. ``residence.zone`` and
    ``residence.in_town`` follow from ``residence.sub_district``; an area that is marked 待核 gives
    neither, so the guide asks. ``applicant.hukou_kind`` follows from ``applicant.origin_code``.
    Empty answers and unknown ids give nothing. Raises InputError for an answer that is not of
    its fact's kind.
    """
    facts = _zone_facts(answers.get("residence.sub_district"), book, on)
    kind = book.hukou_kind_of(str(answers.get("applicant.origin_code", "")))
    if kind is not None:
        facts["applicant.hukou_kind"] = kind
    for fact_id, definition in FACTS.items():
        value = answers.get(fact_id)
        if value is not None and value != "":
            facts[fact_id] = definition.read(value)
    return facts


def _zone_facts(sub_district_id: object, book: Places, on: date) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    if not isinstance(sub_district_id, str) or not sub_district_id:
        return facts
    place = book.sub_district(sub_district_id, on)
    if place is None:
        return facts
    if place.zone is not None:
        facts["residence.zone"] = place.zone.value
    if place.in_town is not None:
        facts["residence.in_town"] = place.in_town
    return facts
