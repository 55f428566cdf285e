"""From an assessment to the words of the verdict panel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from desktop_app.domain.case import Action, Status
from desktop_app.domain.fields import field
from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.rules import CONSENT, Assessment, Finding, Gravity, Outcome, Verdict
from desktop_app.services.notice_lines import NoticeLine, NoticeLines
from desktop_app.services.sheets import CaseSheet
from desktop_app.services.words import cites
from desktop_app.ui.viewmodels.counter import Counter
from desktop_app.ui.widgets.verdict_panel import FindingLine, Standing, VerdictView

MATERIALS = "materials"
"""Where a line about papers leads; no field has this id."""
_NAMED = 3
_DERIVED = {
    "residence.zone": "residence.sub_district", "residence.in_town": "residence.sub_district",
}


def verdict_view(
    book: PolicyBook, procedure: Procedure, assessment: Assessment, asked: Collection[str],
    lacking: Sequence[NoticeLine], *, brief: bool = False, whole_key: str = "",
) -> VerdictView:
    """What the panel shows: what has to be brought together first, then the rules.

    ``asked`` are the fields in sight. ``brief`` counts the rules that are met, and the papers,
    instead of listing them, and leaves consent to the check page while anything else is open;
    ``whole_key`` is the key that leads to the whole list.
    """
    met = sum(f.verdict is Verdict.MET for f in assessment.findings)
    shown = [f for f in assessment.findings if not brief or f.verdict is not Verdict.MET]
    if brief and lacking:
        shown = [f for f in shown if f.facts != (CONSENT,)]
    lines = [_line(book, f, asked) for f in shown]
    if brief:
        lines = [replace(line, citation=line.citation.rpartition(" ")[2]) for line in lines]
    if brief and met:
        lines.append(FindingLine(
            Standing.ELIGIBLE, f"已符合 {met} 条，{whole_key} 看全部",
            clause=procedure.cites[0].ref if procedure.cites else "",
        ))
    return VerdictView(
        standing=_standing(assessment, len(lacking)),
        headline=headline(procedure, assessment, len(lacking)),
        procedure="" if brief else procedure.title,
        summary=f"依据 {cites(book, procedure.cites)}",
        findings=(*_lacking_lines(lacking, brief=brief), *lines),
    )


def lacking_of(counter: Counter, sheet: CaseSheet) -> tuple[NoticeLine, ...]:
    """What a case still lacks: blanks in the order of the form, then papers."""
    lines = NoticeLines.of(counter.book, sheet.procedure, sheet.case, counter.clock.today())
    return tuple(sorted(lines.lacking(sheet), key=lambda line: not line.field))


def _lacking_lines(lacking: Sequence[NoticeLine], *, brief: bool) -> list[FindingLine]:
    if not brief:
        return [
            FindingLine(
                Standing.INCOMPLETE, line.what if line.field else f"核验{line.what}",
                citation=line.basis, field_id=line.field or MATERIALS,
                clause=line.cites[0].ref if line.cites else "",
            )
            for line in lacking
        ]
    blanks = [line.field for line in lacking if line.field]
    lines = []
    if blanks:
        named = "、".join(field(f).label for f in blanks[:_NAMED])
        more = f"等 {len(blanks)} 项" if len(blanks) > _NAMED else ""
        lines.append(FindingLine(Standing.INCOMPLETE, f"未填：{named}{more}", field_id=blanks[0]))
    if len(blanks) < len(lacking):
        words = f"未核材料 {len(lacking) - len(blanks)} 份"
        lines.append(FindingLine(Standing.INCOMPLETE, words, field_id=MATERIALS))
    return lines


def returned_words(sheet: CaseSheet, counter: Counter) -> str:
    """Who sent a case back and why, while it waits for the clerk again; empty for any other."""
    case = sheet.case
    last = case.decisions[-1] if case.decisions else None
    if case.status is not Status.DRAFT or last is None or last.action is not Action.SEND_BACK:
        return ""
    return f"{counter.names.get(last.by, last.by)}退回：{last.reason}。更改后再按 F8 核对提交"


def only_consent_missing(assessment: Assessment) -> bool:
    """Whether nothing but consent keeps it from being eligible."""
    return assessment.outcome is Outcome.INCOMPLETE and assessment.missing == (CONSENT,)


def headline(procedure: Procedure, assessment: Assessment, lacking: int) -> str:
    """The conclusion first (ux.md messages 5 to 7)."""
    if assessment.outcome is Outcome.INELIGIBLE:
        return f"不适用{procedure.title}"
    if lacking:
        return f"还差 {lacking} 项"
    if assessment.outcome is Outcome.NEEDS_SUPERVISOR:
        return "可受理，须所领导核定"
    if only_consent_missing(assessment):
        return "条件已齐，待自愿确认"
    if assessment.outcome is Outcome.INCOMPLETE:
        return "还有条件未问明"
    return f"可办{procedure.title}"


def _standing(assessment: Assessment, lacking: int) -> Standing:
    if assessment.outcome is Outcome.INELIGIBLE:
        return Standing.OTHER_WAY
    if lacking or assessment.outcome is Outcome.INCOMPLETE:
        return Standing.INCOMPLETE
    if assessment.outcome is Outcome.NEEDS_SUPERVISOR:
        return Standing.SUPERVISOR
    return Standing.ELIGIBLE


def _line(book: PolicyBook, finding: Finding, asked: Collection[str]) -> FindingLine:
    standing = {
        Verdict.MET: Standing.ELIGIBLE,
        Verdict.UNKNOWN: Standing.INCOMPLETE,
        Verdict.UNMET: (
            Standing.OTHER_WAY if finding.gravity is Gravity.BLOCKS else Standing.SUPERVISOR
        ),
    }[finding.verdict]
    places = (_DERIVED.get(f, f) if f not in asked else f for f in finding.facts)
    return FindingLine(
        standing=standing,
        text=finding.says,
        remedy=finding.remedy if finding.verdict is Verdict.UNMET else "",
        citation=cites(book, finding.cites),
        field_id=next((f for f in places if f in asked), ""),
        clause=finding.cites[0].ref if finding.cites else "",
    )
