"""Reading ``procedures/*.toml``: one file is one edition of one way to settle."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from desktop_app.adapters.policy.conditions import ConditionReader
from desktop_app.adapters.policy.entry import Entry, nearest, refuse_twins
from desktop_app.domain.codes import CodeTable
from desktop_app.domain.conditions import FactTest, Op
from desktop_app.domain.land_rights import states_rights_kept
from desktop_app.domain.legal import Document, InForce
from desktop_app.domain.policy_book import Switch
from desktop_app.domain.procedure import (
    ACTS,
    CHAINS,
    MATERIAL_KINDS,
    MOMENTS,
    Material,
    PaperUse,
    Procedure,
    RegisterEffect,
    Step,
    TimeLimit,
)
from desktop_app.domain.rules import CONSENT, Gravity, Rule

_HOUSEHOLDS = ("family", "collective")
_DECIDERS = ("supervisor",)
#: Reasons for a move in also stand for the restoring of a veteran's registration.
_REASON_ACT = {"restore": "move_in"}
#: Characters that screens and papers have room for.
_TITLE, _SHORT, _LINE = 20, 10, 60
_ONLY_IF_KEYS = {"switch", "is"}


@dataclass(frozen=True)
class ProcedureReader:
    """Reads procedures against what they may name. ``forms`` None: form ids are not checked;
    ``documents`` None: the index of clauses could not be read, so clauses are not checked."""

    documents: Mapping[str, Document] | None
    switches: Mapping[str, Switch]
    codes: Mapping[str, CodeTable]
    fields: Collection[str]
    forms: Collection[str] | None
    conditions: ConditionReader

    def read(self, top: Entry) -> Procedure:
        """The procedure of a file; faults are noted in the entry's list."""
        top.only(
            "id", "title", "short", "summary", "order", "since", "until", "cite", "chain",
            "decides", "priority", "one_screen", "rights_notice", "time_limit", "register",
            "step", "rule", "material", "paper",
        )
        in_force = top.in_force()
        rules = self._rules(top, in_force)
        self._require_consent(top, rules, in_force)
        return Procedure(
            id=top.name(),
            title=top.text("title", longest=_TITLE),
            short=top.text("short", longest=_SHORT),
            summary=top.text("summary", longest=_LINE),
            order=top.whole("order") or 0,
            in_force=in_force,
            cites=top.cites(self.documents, since=in_force.since),
            steps=self._steps(top),
            rules=rules,
            materials=self._materials(top, in_force),
            papers=self._papers(top),
            chain=top.one_of("chain", CHAINS),
            decides=top.one_of("decides", _DECIDERS),
            time_limit=self._time_limit(top.child("time_limit")),
            register=self._register(top.child("register")),
            priority=top.flag("priority"),
            one_screen=top.flag("one_screen"),
            rights_notice=_rights_notice(top),
        )

    def _steps(self, top: Entry) -> tuple[Step, ...]:
        entries = list(top.children("step"))
        refuse_twins(entries, "步骤")
        if not entries:
            top.fault("没有 [[step]]，至少写一步")
        steps: list[Step] = []
        for entry in entries:
            entry.only("id", "title", "fields")
            fields = entry.texts("fields")
            for field in fields:
                if field not in self.fields:
                    entry.fault(f"没有字段 {field}{nearest(field, self.fields)}", "fields")
                if any(field in step.fields for step in steps):
                    entry.fault(f"字段 {field} 前面的步骤已经问过", "fields")
            steps.append(Step(entry.name(), entry.text("title", longest=_SHORT), fields))
        return tuple(steps)

    def _rules(self, top: Entry, in_force: InForce) -> tuple[Rule, ...]:
        """The rules that hold under the switches chosen; the others are checked all the same."""
        read: list[tuple[Entry, Rule, tuple[str, str] | None]] = []
        for entry in top.children("rule"):
            rule = self._rule(entry)
            if not rule.in_force.overlaps(in_force):
                entry.fault("规则生效的日子不在通道生效的日子里", "since")
            read.append((entry, rule, self._only_if(entry)))
        if not read:
            top.fault("没有 [[rule]]，至少写一条")
        _refuse_overlapping_rules(read)
        return tuple(rule for _, rule, only_if in read if self._holds(only_if))

    def _rule(self, entry: Entry) -> Rule:
        entry.only("id", "says", "when", "unmet", "cite", "remedy", "only_if", "since", "until")
        gravity = entry.one_of("unmet", [gravity.value for gravity in Gravity])
        known = {member.value: member for member in Gravity}
        in_force = entry.in_force()
        return Rule(
            id=entry.name(),
            says=entry.text("says", longest=_LINE),
            when=self.conditions.read(entry),
            gravity=known.get(gravity, Gravity.BLOCKS),
            cites=entry.cites(self.documents, since=in_force.since),
            in_force=in_force,
            remedy=entry.text("remedy", longest=_LINE),
        )

    def _only_if(self, entry: Entry) -> tuple[str, str] | None:
        value = entry.data.get("only_if")
        if value is None:
            return None
        if not isinstance(value, dict) or set(value) != _ONLY_IF_KEYS:
            entry.fault("only_if 应写成 { switch = 待明确事项, is = 选项 }", "only_if")
            return None
        switch = self.switches.get(str(value["switch"]))
        if switch is None:
            hint = nearest(str(value["switch"]), self.switches)
            entry.fault(f"没有待明确事项 {value['switch']}{hint}", "only_if")
            return None
        options = [option.id for option in switch.options]
        if value["is"] not in options:
            entry.fault(f"{switch.id} 没有选项 {value['is']}{nearest(str(value['is']), options)}",
                        "only_if")
            return None
        return switch.id, str(value["is"])

    def _holds(self, only_if: tuple[str, str] | None) -> bool:
        """Whether the reading that something hangs on is the one chosen."""
        return only_if is None or self.switches[only_if[0]].chosen == only_if[1]

    def _require_consent(self, top: Entry, rules: Sequence[Rule], in_force: InForce) -> None:
        """61号 一(二)4: no way to settle without the person's own consent, on any day."""
        needed = FactTest(CONSENT, Op.EQUALS, True)
        for rule in rules:
            holds = rule.in_force.since <= in_force.since and (
                rule.in_force.until is None or rule.in_force.until == in_force.until
            )
            if rule.when == needed and rule.gravity is Gravity.BLOCKS and holds:
                return
        top.fault("缺自愿确认的规则：consent.given 等于 true，unmet 为 blocks，全程有效")

    def _materials(self, top: Entry, in_force: InForce) -> tuple[Material, ...]:
        """The materials under the switches chosen; the others are checked all the same."""
        read = [(entry, self._only_if(entry)) for entry in top.children("material")]
        for (earlier, its), (entry, only_if) in combinations(read, 2):
            if entry.id and entry.id == earlier.id and not _parted(its, only_if):
                entry.fault(f"材料 {entry.id} 重复")
        materials = [(self._material(entry, in_force), only_if) for entry, only_if in read]
        return tuple(material for material, only_if in materials if self._holds(only_if))

    def _material(self, entry: Entry, in_force: InForce) -> Material:
        entry.only("id", "name", "kind", "when", "cite", "note", "source", "only_if")
        return Material(
            id=entry.name(),
            name=entry.text("name", longest=_LINE),
            kind=entry.one_of("kind", MATERIAL_KINDS),
            when=self.conditions.read(entry) if "when" in entry.data else None,
            cites=entry.cites(self.documents, required=False, since=in_force.since),
            note=entry.text("note", required=False, longest=_LINE),
            source=entry.text("source"),
        )

    def _papers(self, top: Entry) -> tuple[PaperUse, ...]:
        papers: list[PaperUse] = []
        for entry in top.children("paper"):
            entry.only("form", "moment")
            form = entry.text("form")
            if self.forms is not None and form and form not in self.forms:
                entry.fault(f"没有表样 {form}{nearest(form, self.forms)}", "form")
            paper = PaperUse(form, entry.one_of("moment", MOMENTS))
            if paper in papers:
                entry.fault(f"表样 {form} 在 {paper.moment} 已经写过", "form")
            papers.append(paper)
        return tuple(papers)

    def _time_limit(self, entry: Entry) -> TimeLimit:
        entry.only("working_days", "source")
        days = entry.whole("working_days", required=False)
        if days is not None and days < 0:
            entry.fault("working_days 不能小于 0", "working_days")
        return TimeLimit(days, entry.text("source"))

    def _register(self, entry: Entry) -> RegisterEffect:
        entry.only("act", "reason_code", "household", "urbanisation_reason")
        act = entry.one_of("act", ACTS)
        reason = self._code(entry, "reason_code", "change_reason")
        row = self.codes["change_reason"].by_value.get(reason) if reason else None
        if row is not None and row.note != _REASON_ACT.get(act, act):
            entry.fault(f"变动原因 {reason} 不属于 {act}", "reason_code")
        urban = None
        if "urbanisation_reason" in entry.data:
            urban = self._code(entry, "urbanisation_reason", "urbanisation_reason")
        return RegisterEffect(act, reason, entry.one_of("household", _HOUSEHOLDS), urban)

    def _code(self, entry: Entry, key: str, table_id: str) -> str:
        value = entry.text(key)
        table = self.codes.get(table_id)
        if table is None:
            return ""
        if value and value not in table.by_value:
            entry.fault(f"{table.title}没有代码 {value}", key)
            return ""
        return value


def _rights_notice(top: Entry) -> str:
    """The one text that may name rights in rural land, as long as it says they are kept."""
    notice = top.text("rights_notice")
    if notice and not states_rights_kept(notice):
        top.fault("rights_notice 只能说明权益不受影响，不得附条件", "rights_notice")
    return notice


def _refuse_overlapping_rules(
    read: Sequence[tuple[Entry, Rule, tuple[str, str] | None]]
) -> None:
    """Two editions of a rule on one day, unless different readings of one switch part them."""
    for (_, rule, only_if), (entry, other, other_if) in combinations(read, 2):
        same_day = rule.id == other.id and rule.in_force.overlaps(other.in_force)
        if same_day and not _parted(only_if, other_if):
            entry.fault(f"规则 {rule.id} 在同一天有两个版本")


def _parted(one: tuple[str, str] | None, other: tuple[str, str] | None) -> bool:
    """Whether two things hang on different readings of one open point."""
    return one is not None and other is not None and one[0] == other[0] and one[1] != other[1]


def refuse_overlapping_procedures(read: Sequence[tuple[Entry, Procedure]]) -> None:
    """Two editions of a procedure in force on one day."""
    for (earlier, procedure), (entry, other) in combinations(read, 2):
        if procedure.id == other.id and procedure.in_force.overlaps(other.in_force):
            entry.fault(f"通道 {other.id} 与 {earlier.source.name} 在同一天都有效", "since")
