"""How policy and assessments are told: as the JSON of the contract, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.domain.facts import FACTS, FactDef
from desktop_app.domain.legal import Citation
from desktop_app.domain.policy_book import PointRow, PolicyBook, Switch
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.rules import Assessment, Finding, Outcome, Rule, Verdict, recommend

_OUTCOME_WORDS = {
    Outcome.ELIGIBLE: "符合",
    Outcome.INCOMPLETE: "待补",
    Outcome.NEEDS_SUPERVISOR: "须主管定",
    Outcome.INELIGIBLE: "不适用",
}
_STEPS = {1: "一条", 2: "两条"}
_VERDICT_WORDS = {
    Verdict.MET: "符合",
    Verdict.UNMET: "不符合",
    Verdict.UNKNOWN: "未知",
}


def list_value(
    book: PolicyBook, procedures: Sequence[Procedure], day: date
) -> dict[str, object]:
    """The answer of ``policy list`` as JSON."""
    return {
        "day": day,
        "policy_digest": book.digest,
        "procedures": [_procedure_value(procedure) for procedure in procedures],
        "facts": [_fact_value(fact) for fact in FACTS.values()],
        "switches": [_switch_value(switch) for switch in book.switches],
        "points": {
            "thresholds": {zone.value: points for zone, points in book.thresholds.items()},
            "rows": [_point_value(row) for row in book.points],
        },
    }


def _procedure_value(procedure: Procedure) -> dict[str, object]:
    return {
        "id": procedure.id,
        "title": procedure.title,
        "summary": procedure.summary,
        "since": procedure.in_force.since,
        "until": procedure.in_force.until,
        "cites": _cites(procedure.cites),
        "chain": procedure.chain,
        "priority": procedure.priority,
        "working_days": procedure.time_limit.working_days,
        "rules": [_rule_value(rule) for rule in procedure.rules],
        "materials": [
            {"id": m.id, "name": m.name, "kind": m.kind, "cites": _cites(m.cites),
             "note": m.note, "source": m.source}
            for m in procedure.materials
        ],
        "forms": list(dict.fromkeys(paper.form for paper in procedure.papers)),
    }


def _rule_value(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "says": rule.says,
        "gravity": rule.gravity.value,
        "cites": _cites(rule.cites),
        "remedy": rule.remedy,
        "since": rule.in_force.since,
        "until": rule.in_force.until,
    }


def _fact_value(fact: FactDef) -> dict[str, object]:
    return {
        "id": fact.id,
        "kind": fact.kind.value,
        "label": fact.label,
        "question": fact.question,
        "values": [value for value, _, _ in fact.choices],
        "asked_of": fact.asked_of,
    }


def _switch_value(switch: Switch) -> dict[str, object]:
    return {
        "id": switch.id,
        "question": switch.question,
        "options": [{"id": option.id, "label": option.label} for option in switch.options],
        "chosen": switch.chosen,
        "decided_by": switch.decided_by,
        "basis": switch.basis,
        "cites": _cites(switch.cites),
    }


def _point_value(row: PointRow) -> dict[str, object]:
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "detail": row.detail,
        "points": row.points,
        "cap": row.cap,
        "enabled": row.enabled,
        "source": row.source,
    }


def _cites(cites: Sequence[Citation]) -> list[dict[str, str]]:
    return [{"document": cite.document, "clause": cite.clause} for cite in cites]


def list_lines(book: PolicyBook, procedures: Sequence[Procedure], day: date) -> list[str]:
    """The answer of ``policy list`` in words."""
    lines = [f"{day} 有效的落户通道，政策摘要 {book.digest[:12]}"]
    for procedure in procedures:
        lines += ["", f"{procedure.id}  {procedure.title}：{procedure.summary}",
                  f"  依据 {_labels(book, procedure.cites)}"]
        lines += [
            f"  规则 {rule.id}：{rule.says}（{_labels(book, rule.cites)}）"
            for rule in procedure.rules
        ]
        lines += [f"  材料 {material.id}：{material.name}" for material in procedure.materials]
        lines.append(f"  表样 {'、'.join(dict.fromkeys(p.form for p in procedure.papers))}")
    lines += ["", "事实"]
    for fact in FACTS.values():
        values = "、".join(f"{value}（{words}）" for value, words, _ in fact.choices)
        lines.append(f"  {fact.id}  {fact.label}  {values or fact.kind.value}")
    lines += ["", "待明确事项"]
    for switch in book.switches:
        others = "；".join(option.label for option in switch.others)
        lines.append(
            f"  {switch.id}  {switch.question} 现取：{switch.choice.label}（另可读作：{others}）"
        )
    reach = "，".join(f"{zone.label} {points} 分" for zone, points in book.thresholds.items())
    lines += ["", f"积分指标（{reach}）"]
    lines += [
        f"  {row.kind}  {row.title}：{row.detail}  {_points_words(row)}" for row in book.points
    ]
    return lines


def _points_words(row: PointRow) -> str:
    return f"{row.points} 分" if row.enabled else "停用，待市公安局发布分值"


def assessment_value(
    book: PolicyBook, assessments: Sequence[Assessment], day: date
) -> dict[str, object]:
    """The answer of ``assess`` as JSON: the shape is fixed by contract."""
    return {
        "day": day,
        "policy_digest": book.digest,
        "recommended": list(recommend(assessments)),
        "procedures": [
            {
                "id": assessment.procedure,
                "title": assessment.title,
                "outcome": assessment.outcome.value,
                "findings": [_finding_value(finding) for finding in assessment.findings],
                "missing": list(assessment.missing),
                "next_question": assessment.next_question,
                "one_step_away": [list(facts) for facts in assessment.one_step_away],
            }
            for assessment in assessments
        ],
    }


def _finding_value(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "gravity": finding.gravity.value,
        "says": finding.says,
        "cites": _cites(finding.cites),
        "remedy": finding.remedy,
    }


def assessment_lines(
    book: PolicyBook, assessments: Sequence[Assessment], day: date
) -> list[str]:
    """The answer of ``assess`` in words."""
    titles = {assessment.procedure: assessment.title for assessment in assessments}
    best = "、".join(titles[name] for name in recommend(assessments)) or "没有可办的通道"
    lines = [f"{day} 判定，政策摘要 {book.digest[:12]}", f"推荐：{best}"]
    for assessment in assessments:
        lines += ["", f"{assessment.title}（{assessment.procedure}）："
                  f"{_OUTCOME_WORDS[assessment.outcome]}"]
        lines += [_finding_line(book, finding) for finding in assessment.findings]
        if assessment.missing:
            lines.append(f"  还缺：{_fact_labels(assessment.missing)}")
        if assessment.next_question:
            lines.append(f"  先问：{FACTS[assessment.next_question].question}")
        lines += [
            f"  差{_STEPS[len(facts)]}：{_fact_labels(facts)}"
            for facts in assessment.one_step_away
        ]
    return lines


def _finding_line(book: PolicyBook, finding: Finding) -> str:
    line = f"  {_VERDICT_WORDS[finding.verdict]}  {finding.says}（{_labels(book, finding.cites)}）"
    return f"{line}：{finding.remedy}" if finding.verdict is Verdict.UNMET else line


def _fact_labels(facts: Sequence[str]) -> str:
    return "、".join(FACTS[fact].label for fact in facts)


def _labels(book: PolicyBook, cites: Sequence[Citation]) -> str:
    """The citations as people write them: each document once, its clauses after it."""
    by_document: dict[str, list[str]] = {}
    for cite in cites:
        name, _, clause = book.label(cite).rpartition(" ")
        by_document.setdefault(name, []).append(clause)
    return "；".join(f"{name} {'、'.join(clauses)}" for name, clauses in by_document.items())
