"""The guide (引导): every way to settle judged at once, before any data is entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from desktop_app.domain.errors import InputError
from desktop_app.domain.facts import FACTS, FactKind, Facts, FactValue, derive
from desktop_app.domain.land_rights import demands_land_rights
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.rules import Assessment, assess, recommend

_REGION_TABLE = "region"


class Guide:
    """Judges facts by one policy book; reads and writes nothing else."""

    def __init__(self, book: PolicyBook) -> None:
        self._book = book

    def facts(self, answers: Mapping[str, object], on: date) -> Facts:
        """The facts that answers amount to on a day (``domain.facts.derive``)."""
        return derive(answers, self._book, on)

    def assess_all(self, facts: Facts, on: date) -> tuple[Assessment, ...]:
        """Every procedure in force that day, in its order. Raises PolicyGap when there is none."""
        return tuple(
            assess(procedure, facts, on=on, policy_digest=self._book.digest)
            for procedure in self._book.procedures_on(on)
        )

    def assess_one(self, procedure_id: str, facts: Facts, on: date) -> Assessment:
        """One procedure. Raises Missing or PolicyGap."""
        procedure = self._book.procedure(procedure_id, on)
        return assess(procedure, facts, on=on, policy_digest=self._book.digest)

    def recommended(self, facts: Facts, on: date) -> tuple[str, ...]:
        """Ids of the ways that are open, best first."""
        return recommend(self.assess_all(facts, on))

    def read_facts(self, raw: Mapping[str, object]) -> Facts:
        """Facts given by somebody else, checked: known keys, fitting values, real regions.

        Raises InputError that names the fact and, for an unknown key, the nearest known one.
        """
        return {key: self._read_fact(key, value) for key, value in raw.items()}

    def _read_fact(self, key: str, value: object) -> FactValue:
        if key not in FACTS:
            raise InputError(_unknown(key), _nearest_words(key), field=key)
        definition = FACTS[key]
        if isinstance(value, str) and definition.kind in (FactKind.BOOL, FactKind.NUMBER):
            raise InputError(f"{key} 的值不能加引号：{value}", "去掉引号", field=key)
        try:
            fact = definition.read(value)
        except InputError as error:
            raise InputError(f"{key}：{error.message}", error.remedy, field=key) from None
        if definition.kind is FactKind.REGION and fact not in self._known_regions():
            raise InputError(
                f"{key}：没有行政区划代码 {fact}", "核对 GB/T 2260 代码，旧代码也可用", field=key
            )
        return fact

    def _known_regions(self) -> Mapping[str, object]:
        return self._book.codes[_REGION_TABLE].by_value


def nearest_key(key: str) -> str | None:
    """The known fact id closest to a mistyped one, or None when none is close."""
    close = get_close_matches(key, list(FACTS), n=1, cutoff=0.3)
    return close[0] if close else None


def _unknown(key: str) -> str:
    if demands_land_rights(key):
        return f"没有事实 {key}：农村土地权益不得作为落户条件"
    return f"没有事实 {key}"


def _nearest_words(key: str) -> str:
    near = nearest_key(key)
    return f"最接近的是 {near}" if near else "用 policy list 查看全部事实"
