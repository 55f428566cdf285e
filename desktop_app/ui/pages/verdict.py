"""From an assessment to the words of the verdict panel."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from desktop_app.domain.policy_book import PolicyBook
from desktop_app.domain.procedure import Procedure
from desktop_app.domain.rules import CONSENT, Assessment, Finding, Gravity, Outcome, Verdict
from desktop_app.services.words import cites
from desktop_app.ui.widgets.verdict_panel import FindingLine, Standing, VerdictView

_DERIVED = {
    "residence.zone": "residence.sub_district", "residence.in_town": "residence.sub_district",
}


def verdict_view(
    book: PolicyBook, procedure: Procedure, assessment: Assessment, asked: Collection[str],
    lacking: int, *, brief: bool = False,
) -> VerdictView:
    """What the panel shows.

    ``asked`` are the fields in sight, ``lacking`` how many items (papers and fields) still have
    to be brought together. ``brief`` counts the rules that are met instead of listing them.
    """
    met = sum(f.verdict is Verdict.MET for f in assessment.findings)
    shown = [f for f in assessment.findings if not brief or f.verdict is not Verdict.MET]
    lines = [_line(book, f, asked) for f in shown]
    if brief:
        lines = [replace(line, citation=line.citation.rpartition(" ")[2]) for line in lines]
    if brief and met:
        lines.append(FindingLine(
            Standing.ELIGIBLE, f"已符合 {met} 条，F7 看全部",
            clause=procedure.cites[0].ref if procedure.cites else "",
        ))
    return VerdictView(
        standing=_standing(assessment, lacking),
        headline=headline(procedure, assessment, lacking),
        procedure="" if brief else procedure.title,
        summary=f"依据 {cites(book, procedure.cites)}",
        findings=tuple(lines),
    )


def only_consent_missing(assessment: Assessment) -> bool:
    """Whether nothing but consent keeps it from being eligible."""
    return assessment.outcome is Outcome.INCOMPLETE and assessment.missing == (CONSENT,)


def headline(procedure: Procedure, assessment: Assessment, lacking: int) -> str:
    """The conclusion first (ux.md messages 5 to 7)."""
    if assessment.outcome is Outcome.INELIGIBLE:
        return f"不适用{procedure.short}"
    if lacking:
        return f"还差 {lacking} 项"
    if assessment.outcome is Outcome.NEEDS_SUPERVISOR:
        return "可受理，须所领导核定"
    if only_consent_missing(assessment):
        return "条件已齐，待自愿确认"
    if assessment.outcome is Outcome.INCOMPLETE:
        return "还有条件未问明"
    return f"可办{procedure.short}"


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
