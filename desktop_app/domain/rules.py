"""Rules, and how they are judged: three-valued (Kleene), because an unanswered fact is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from desktop_app.domain.conditions import Test, Truth, facts_of
from desktop_app.domain.facts import FACTS, FactDef, Facts
from desktop_app.domain.legal import Citation, InForce
from desktop_app.domain.near import smallest_changes

CONSENT = "consent.given"


class Gravity(Enum):
    """What an unmet rule costs."""

    BLOCKS = "blocks"
    SUPERVISOR = "supervisor"
    ADVICE = "advice"


class Verdict(Enum):
    """How a rule came out."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Outcome(Enum):
    """Where a procedure stands for these facts."""

    ELIGIBLE = "eligible"
    INCOMPLETE = "incomplete"
    NEEDS_SUPERVISOR = "needs_supervisor"
    INELIGIBLE = "ineligible"


@dataclass(frozen=True)
class Finding:
    """How one rule came out, with everything needed to tell a person."""

    rule: str
    verdict: Verdict
    gravity: Gravity
    says: str
    cites: tuple[Citation, ...]
    remedy: str
    facts: tuple[str, ...]


_VERDICTS: Mapping[Truth, Verdict] = {
    True: Verdict.MET,
    False: Verdict.UNMET,
    None: Verdict.UNKNOWN,
}


@dataclass(frozen=True)
class Rule:
    """One question the law asks: its words, test, cost, source, dates, and what to do if unmet."""

    id: str
    says: str
    when: Test
    gravity: Gravity
    cites: tuple[Citation, ...]
    in_force: InForce
    remedy: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it reads, each once, in order."""
        return facts_of(self.when)

    def judge(self, facts: Facts) -> Finding:
        """The finding for these facts."""
        return Finding(
            rule=self.id,
            verdict=_VERDICTS[self.when.truth(facts)],
            gravity=self.gravity,
            says=self.says,
            cites=self.cites,
            remedy=self.remedy,
            facts=self.facts,
        )


class Assessable(Protocol):
    """What ``assess`` needs of a procedure."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def title(self) -> str:
        """Its name on screen."""
        ...

    @property
    def order(self) -> int:
        """Its place in lists."""
        ...

    @property
    def priority(self) -> bool:
        """Whether it goes first in every queue."""
        ...

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its rules."""
        ...


@dataclass(frozen=True)
class Assessment:
    """What the rules of one procedure say about the facts on a day.

    ``missing`` are unknown facts that could still decide; ``next_question`` the one to ask first
    at the counter; ``one_step_away`` the smallest sets (of one fact, else of two) whose change or
    supply makes the procedure eligible.
    """

    procedure: str
    title: str
    day: date
    policy_digest: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    next_question: str | None
    one_step_away: tuple[tuple[str, ...], ...]
    order: int = 0
    priority: bool = False


def assess(
    procedure: Assessable,
    facts: Facts,
    *,
    on: date,
    policy_digest: str,
    vocabulary: Mapping[str, FactDef] = FACTS,
) -> Assessment:
    """Judge every rule in force on the day. Pure: same facts, day and policy, same answer."""
    rules = tuple(rule for rule in procedure.rules if rule.in_force.covers(on))
    findings = tuple(rule.judge(facts) for rule in rules)
    outcome = _outcome(findings)
    missing = () if outcome is Outcome.INELIGIBLE else _missing(rules, facts)
    return Assessment(
        procedure=procedure.id,
        title=procedure.title,
        day=on,
        policy_digest=policy_digest,
        outcome=outcome,
        findings=findings,
        missing=missing,
        next_question=_next_question(missing, vocabulary),
        one_step_away=smallest_changes(
            [rule.when for rule in rules if rule.gravity is not Gravity.ADVICE], facts, vocabulary
        ),
        order=procedure.order,
        priority=procedure.priority,
    )


def _outcome(findings: Sequence[Finding]) -> Outcome:
    blocking = {finding.verdict for finding in findings if finding.gravity is Gravity.BLOCKS}
    if Verdict.UNMET in blocking:
        return Outcome.INELIGIBLE
    if Verdict.UNKNOWN in blocking:
        return Outcome.INCOMPLETE
    for_supervisor = (f for f in findings if f.gravity is Gravity.SUPERVISOR)
    if any(finding.verdict is not Verdict.MET for finding in for_supervisor):
        return Outcome.NEEDS_SUPERVISOR
    return Outcome.ELIGIBLE


def _missing(rules: Sequence[Rule], facts: Facts) -> tuple[str, ...]:
    """Open facts: what blocks first, then the supervisor's, consent always last."""
    ordered: list[str] = []
    for gravity in (Gravity.BLOCKS, Gravity.SUPERVISOR):
        for rule in rules:
            if rule.gravity is gravity:
                ordered.extend(rule.when.open_facts(facts))
    found = list(dict.fromkeys(ordered))
    return tuple(sorted(found, key=lambda fact: fact == CONSENT))


def _next_question(missing: Sequence[str], vocabulary: Mapping[str, FactDef]) -> str | None:
    """The first missing fact that a clerk can ask; the supervisor's are never asked here."""
    at_counter = (
        fact for fact in missing
        if fact not in vocabulary or vocabulary[fact].asked_of == "counter"
    )
    return next(at_counter, None)


_RANK = {Outcome.ELIGIBLE: 0, Outcome.NEEDS_SUPERVISOR: 2, Outcome.INCOMPLETE: 3}
_RANK_ONLY_CONSENT_MISSING = 1
_RANK_NOTHING_KNOWN = 4


def recommend(assessments: Iterable[Assessment]) -> tuple[str, ...]:
    """Ids of the ways that are open, best first; those that are closed are left out.

    Eligible before waiting for consent only, before the supervisor, before incomplete; then
    priority ways, fewer missing facts, and the order of the policy book. Ways of which nothing
    is known but consent come last, in the order of the policy book alone: that few facts are
    asked for a veteran is no sign that this person is one.
    """
    open_ways = [a for a in assessments if a.outcome is not Outcome.INELIGIBLE]
    return tuple(a.procedure for a in sorted(open_ways, key=_preference))


def _preference(assessment: Assessment) -> tuple[int, bool, int, int]:
    rank = _RANK[assessment.outcome]
    if assessment.outcome is Outcome.INCOMPLETE:
        if assessment.missing == (CONSENT,):
            rank = _RANK_ONLY_CONSENT_MISSING
        elif not _begun(assessment):
            return _RANK_NOTHING_KNOWN, False, 0, assessment.order
    return rank, not assessment.priority, len(assessment.missing), assessment.order


def _begun(assessment: Assessment) -> bool:
    """Whether any rule besides consent is met already."""
    return any(
        finding.verdict is Verdict.MET and CONSENT not in finding.facts
        for finding in assessment.findings
    )
