"""Reading ``when``: the closed vocabulary of tests, checked against the facts they speak of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.adapters.policy.entry import Entry, nearest
from desktop_app.domain.codes import CodeTable
from desktop_app.domain.conditions import AllOf, AnyOf, FactTest, Not, Op, Operand, Test
from desktop_app.domain.errors import InputError
from desktop_app.domain.facts import FactDef, FactKind, FactValue
from desktop_app.domain.land_rights import demands_land_rights

_FITTING: Mapping[FactKind, frozenset[Op]] = {
    FactKind.BOOL: frozenset({Op.EQUALS, Op.PRESENT}),
    FactKind.CHOICE: frozenset({Op.EQUALS, Op.ONE_OF, Op.PRESENT}),
    FactKind.NUMBER: frozenset({Op.EQUALS, Op.AT_MOST, Op.AT_LEAST, Op.PRESENT}),
    FactKind.REGION: frozenset({Op.EQUALS, Op.ONE_OF, Op.PRESENT}),
    FactKind.DATE: frozenset({Op.EQUALS, Op.BEFORE, Op.AFTER, Op.PRESENT}),
}
_OPS = {op.value: op for op in Op}
_VOCABULARY = ("fact", "all_of", "any_of", "not", *_OPS)
_NEUTRAL: Test = AllOf(())
#: Deeper than any law is worded, and far from where reading or judging would give way.
_DEEPEST = 12


@dataclass(frozen=True)
class ConditionReader:
    """Reads tests for one vocabulary of facts and one set of code tables."""

    vocabulary: Mapping[str, FactDef]
    codes: Mapping[str, CodeTable]

    def read(self, entry: Entry, key: str = "when") -> Test:
        """The test under a key; a neutral one, with faults, when it is not right."""
        raw = entry.data.get(key)
        if _depth(raw) > _DEEPEST:
            entry.fault(f"条件套了 {_DEEPEST} 层以上，拆成几条规则", key)
            return _NEUTRAL
        return self._test(raw, entry, key)

    def _test(self, raw: object, entry: Entry, key: str) -> Test:
        if not isinstance(raw, dict) or not raw:
            entry.fault(f"{key} 应写成 {{ fact = …, equals = … }} 这样的条件", key)
            return _NEUTRAL
        for word in raw:
            if word not in _VOCABULARY:
                entry.fault(f"没有 {word} 这种条件{nearest(word, _VOCABULARY)}", key)
                return _NEUTRAL
        if "all_of" in raw:
            return AllOf(self._members(raw, "all_of", entry, key))
        if "any_of" in raw:
            return AnyOf(self._members(raw, "any_of", entry, key))
        if "not" in raw:
            self._alone(raw, "not", entry, key)
            return Not(self._test(raw["not"], entry, key))
        return self._comparison(raw, entry, key)

    def _members(
        self, raw: Mapping[str, object], group: str, entry: Entry, key: str
    ) -> tuple[Test, ...]:
        self._alone(raw, group, entry, key)
        members = raw[group]
        if not isinstance(members, list) or not members:
            entry.fault(f"{group} 应列出至少一个条件", key)
            return ()
        return tuple(self._test(member, entry, key) for member in members)

    def _alone(self, raw: Mapping[str, object], word: str, entry: Entry, key: str) -> None:
        if len(raw) > 1:
            entry.fault(f"{word} 不能同其他条件写在一个花括号里", key)

    def _comparison(self, raw: Mapping[str, object], entry: Entry, key: str) -> Test:
        definition = self._fact(raw.get("fact"), entry, key)
        words = [word for word in raw if word in _OPS]
        if len(words) != 1:
            entry.fault(f"一个事实配一个条件，现有 {len(words)} 个", key)
            return _NEUTRAL
        if definition is None:
            return _NEUTRAL
        op = _OPS[words[0]]
        if op not in _FITTING[definition.kind]:
            fitting = "、".join(sorted(fit.value for fit in _FITTING[definition.kind]))
            entry.fault(f"{words[0]} 不适用于 {definition.id}，可用：{fitting}", key)
            return _NEUTRAL
        operand = self._operand(raw[words[0]], op, definition, entry, key)
        return _NEUTRAL if operand is None else FactTest(definition.id, op, operand)

    def _fact(self, fact: object, entry: Entry, key: str) -> FactDef | None:
        if not isinstance(fact, str):
            entry.fault("条件缺 fact", key)
            return None
        if demands_land_rights(fact):
            entry.fault(f"事实 {fact} 涉及农村土地权益，61号 三(五) 禁止作为落户条件", key)
            return None
        if fact not in self.vocabulary:
            entry.fault(f"没有事实 {fact}{nearest(fact, self.vocabulary)}", key)
            return None
        return self.vocabulary[fact]

    def _operand(
        self, raw: object, op: Op, fact: FactDef, entry: Entry, key: str
    ) -> Operand | None:
        if op is Op.PRESENT:
            if raw is not True:
                entry.fault("present 只能写 true", key)
            return True
        if op is Op.ONE_OF:
            return self._set(raw, fact, entry, key)
        return self._value(raw, fact, entry, key)

    def _set(
        self, raw: object, fact: FactDef, entry: Entry, key: str
    ) -> frozenset[FactValue] | None:
        if isinstance(raw, dict):
            return self._code_set(raw, entry, key)
        if not isinstance(raw, list) or not raw:
            entry.fault("one_of 应列出至少一个值", key)
            return None
        values = [self._value(item, fact, entry, key) for item in raw]
        return frozenset(value for value in values if value is not None)

    def _code_set(
        self, raw: Mapping[str, object], entry: Entry, key: str
    ) -> frozenset[FactValue] | None:
        name = raw.get("code_set")
        if list(raw) != ["code_set"] or not isinstance(name, str):
            entry.fault("one_of 的代码集写成 { code_set = \"代码表\" }", key)
            return None
        if name not in self.codes:
            entry.fault(f"没有代码表 {name}{nearest(name, self.codes)}", key)
            return None
        return frozenset(self.codes[name].by_value)

    def _value(self, raw: object, fact: FactDef, entry: Entry, key: str) -> FactValue | None:
        """The operand, if it is of the fact's kind as TOML writes it: no text for a number."""
        value = raw.isoformat() if type(raw) is date else raw
        fitting = isinstance(value, _TYPES[fact.kind]) and (
            isinstance(value, bool) is (fact.kind is FactKind.BOOL)
        )
        if fact.kind is FactKind.CHOICE and fitting:
            choices = [choice for choice, _, _ in fact.choices]
            if value not in choices:
                entry.fault(f"{fact.id} 没有取值 {value}，可用：{'、'.join(choices)}", key)
                return None
        if fact.kind is FactKind.REGION and fitting and value not in self._regions():
            entry.fault(f"没有行政区划代码 {value}", key)
            return None
        try:
            return fact.read(value if fitting else None)
        except InputError:
            entry.fault(f"{fact.id} 的值 {raw} 类型不对，应为{_TYPE_WORDS[fact.kind]}", key)
            return None

    def _regions(self) -> Collection[object]:
        table = self.codes.get("region")
        return table.by_value if table is not None else ()


_TYPES: Mapping[FactKind, tuple[type, ...]] = {
    FactKind.BOOL: (bool,),
    FactKind.CHOICE: (str,),
    FactKind.NUMBER: (int, float),
    FactKind.REGION: (str,),
    FactKind.DATE: (str,),
}
_TYPE_WORDS = {
    FactKind.BOOL: " true 或 false",
    FactKind.CHOICE: "带引号的取值",
    FactKind.NUMBER: "数字",
    FactKind.REGION: "带引号的 6 位代码",
    FactKind.DATE: "日期",
}


def _depth(raw: object) -> int:
    """How many groups lie within one another; counted without recursion, and no further."""
    level, depth = [raw], 0
    while level and depth <= _DEEPEST:
        inner: list[object] = []
        for item in level:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(part for part in item if isinstance(part, dict))
        level = [item for item in inner if isinstance(item, dict | list)]
        depth += 1
    return depth
