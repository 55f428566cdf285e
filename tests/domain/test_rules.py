"""From rules to an outcome: what costs what, what is still missing, what to ask first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.conditions import AllOf, AnyOf, FactTest, Not, Op, Test
from desktop_app.domain.facts import FactDef, FactKind, FactValue
from desktop_app.domain.legal import Citation, InForce
from desktop_app.domain.near import smallest_changes
from desktop_app.domain.rules import (
    CONSENT,
    Assessment,
    Finding,
    Gravity,
    Outcome,
    Rule,
    Verdict,
    assess,
    recommend,
)

DAY = date(2017, 6, 1)
CITES = (Citation("d", "2.3"),)
ALWAYS = InForce(date(2017, 5, 9))
NAMES = ("a", "b", "c", CONSENT)
VOCABULARY = {name: FactDef(name, FactKind.BOOL, name, name) for name in NAMES} | {
    "zone": FactDef("zone", FactKind.CHOICE, "zone", "zone",
                    (("in", "内", "n"), ("out", "外", "w"))),
    "years": FactDef("years", FactKind.NUMBER, "years", "years"),
    "region": FactDef("region", FactKind.REGION, "region", "region"),
    "day": FactDef("day", FactKind.DATE, "day", "day"),
    "seal": FactDef("seal", FactKind.BOOL, "seal", "seal", asked_of="supervisor"),
}


@dataclass(frozen=True)
class Way:
    """As much of a procedure as judging needs."""

    rules: tuple[Rule, ...]
    id: str = "way"
    title: str = "通道"
    order: int = 1
    priority: bool = False


def true(fact: str) -> FactTest:
    """The fact is true."""
    return FactTest(fact, Op.EQUALS, True)


def rule(
    name: str, when: Test, gravity: Gravity = Gravity.BLOCKS, in_force: InForce = ALWAYS
) -> Rule:
    """A rule that says its own name."""
    return Rule(name, name, when, gravity, CITES, in_force, f"补{name}")


def judged(way: Way, facts: dict[str, FactValue], on: date = DAY) -> Assessment:
    """The assessment of one way."""
    return assess(way, facts, on=on, policy_digest="digest", vocabulary=VOCABULARY)


def test_a_finding_carries_all_that_a_person_must_be_told() -> None:
    (finding,) = judged(Way((rule("r", true("a")),)), {"a": False}).findings
    assert (finding.rule, finding.verdict, finding.says) == ("r", Verdict.UNMET, "r")
    assert (finding.cites, finding.remedy, finding.facts) == (CITES, "补r", ("a",))


BLOCK, ASK_UP, HINT = Gravity.BLOCKS, Gravity.SUPERVISOR, Gravity.ADVICE


@pytest.mark.parametrize(("blocks", "supervisor", "advice", "outcome"), [
    (True, True, True, Outcome.ELIGIBLE),
    (True, True, False, Outcome.ELIGIBLE),
    (True, True, None, Outcome.ELIGIBLE),
    (True, False, True, Outcome.NEEDS_SUPERVISOR),
    (True, None, True, Outcome.NEEDS_SUPERVISOR),
    (None, True, True, Outcome.INCOMPLETE),
    (None, False, True, Outcome.INCOMPLETE),
    (False, True, True, Outcome.INELIGIBLE),
    (False, None, None, Outcome.INELIGIBLE),
])
def test_the_outcome_is_derived_from_gravity_and_verdict(
    blocks: bool | None, supervisor: bool | None, advice: bool | None, outcome: Outcome
) -> None:
    way = Way((rule("x", true("a"), BLOCK), rule("y", true("b"), ASK_UP),
               rule("z", true("c"), HINT)))
    values = {"a": blocks, "b": supervisor, "c": advice}
    facts = {name: value for name, value in values.items() if value is not None}
    assert judged(way, facts).outcome is outcome


def test_one_unmet_block_outweighs_any_unknown() -> None:
    way = Way((rule("x", true("a")), rule("y", true("b"))))
    assert judged(way, {"b": False}).outcome is Outcome.INELIGIBLE
    assert judged(way, {"b": False}).missing == ()


def test_a_rule_counts_on_its_own_days_only() -> None:
    later = rule("later", true("b"), in_force=InForce(date(2018, 1, 1)))
    way = Way((rule("x", true("a")), later))
    assert judged(way, {"a": True}).outcome is Outcome.ELIGIBLE
    assert judged(way, {"a": True}, date(2018, 1, 1)).outcome is Outcome.INCOMPLETE


def test_consent_is_asked_last() -> None:
    way = Way((rule("will", true(CONSENT)), rule("x", true("a")), rule("y", true("b"), ASK_UP)))
    assessment = judged(way, {})
    assert assessment.missing == ("a", "b", CONSENT)
    assert assessment.next_question == "a"
    assert judged(way, {"a": True, "b": True}).next_question == CONSENT


def test_what_only_the_supervisor_knows_is_missing_but_never_asked() -> None:
    way = Way((rule("x", true("a")), rule("y", true("seal"), ASK_UP)))
    assessment = judged(way, {"a": True})
    assert assessment.missing == ("seal",)
    assert assessment.next_question is None


def test_advice_never_asks() -> None:
    assert judged(Way((rule("z", true("c"), HINT),)), {}).missing == ()


def test_the_same_question_gets_the_same_answer() -> None:
    way = Way((rule("x", AnyOf((true("a"), true("b")))),))
    assert judged(way, {"a": False}) == judged(way, {"a": False})


# --- one step away ---------------------------------------------------------------------------


def near(tests: list[Test], **facts: FactValue) -> set[frozenset[str]]:
    """The smallest sets of facts."""
    return {frozenset(names) for names in smallest_changes(tests, facts, VOCABULARY)}


def test_one_fact_away() -> None:
    assert near([true("a"), true("b")], a=True, b=False) == {frozenset("b")}
    assert near([true("a"), true("b")], a=True) == {frozenset("b")}
    assert near([AnyOf((true("a"), true("b")))], a=False, b=False) == {
        frozenset("a"), frozenset("b"),
    }


def test_two_facts_away_only_when_no_single_one_does() -> None:
    assert near([true("a"), true("b")], a=False, b=False) == {frozenset("ab")}
    assert near([AnyOf((true("c"), AllOf((true("a"), true("b")))))]) == {frozenset("c")}


def test_further_than_two_is_not_a_step() -> None:
    assert near([true("a"), true("b"), true("c")]) == set()


def test_nothing_is_away_when_all_is_well() -> None:
    assert near([true("a")], a=True) == set()


@pytest.mark.parametrize(("test", "fact", "value"), [
    (FactTest("zone", Op.EQUALS, "in"), "zone", "out"),
    (FactTest("zone", Op.ONE_OF, frozenset({"in"})), "zone", "out"),
    (Not(FactTest("zone", Op.EQUALS, "out")), "zone", "out"),
    (FactTest("years", Op.AT_LEAST, 5), "years", 1),
    (FactTest("years", Op.AT_MOST, 5), "years", 9.5),
    (Not(FactTest("years", Op.AT_LEAST, 5)), "years", 9),
    (FactTest("region", Op.ONE_OF, frozenset({"210283"})), "region", "220282"),
    (Not(FactTest("region", Op.ONE_OF, frozenset({"210283"}))), "region", "210283"),
    (FactTest("day", Op.BEFORE, "2017-05-09"), "day", "2018-01-01"),
    (FactTest("day", Op.AFTER, "2017-05-09"), "day", "2016-01-01"),
])
def test_every_kind_of_fact_can_be_changed(test: Test, fact: str, value: FactValue) -> None:
    assert near([test], **{fact: value}) == {frozenset({fact})}


def test_a_change_that_breaks_another_rule_does_not_count() -> None:
    tests: list[Test] = [FactTest("years", Op.AT_LEAST, 5), FactTest("years", Op.AT_MOST, 3)]
    assert near(tests, years=1) == set()


def test_a_rule_that_held_may_need_its_own_change() -> None:
    tests: list[Test] = [AnyOf((true("a"), true("b"))), Not(true("a"))]
    assert near(tests, a=True) == {frozenset("ab")}


BOOLS = ("a", "b", "c")
LEAVES = st.sampled_from([true(name) for name in BOOLS])
TESTS: st.SearchStrategy[Test] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda tests: AllOf(tuple(tests))),
        st.lists(inner, min_size=1, max_size=3).map(lambda tests: AnyOf(tuple(tests))),
        inner.map(Not),
    ),
    max_leaves=6,
)


@given(st.lists(TESTS, min_size=1, max_size=3),
       st.dictionaries(st.sampled_from(BOOLS), st.booleans()))
def test_the_sets_are_what_trying_everything_finds(
    tests: list[Test], facts: dict[str, FactValue]
) -> None:
    def opens(names: tuple[str, ...]) -> bool:
        return any(
            all(test.truth({**facts, **dict(zip(names, values, strict=True))}) for test in tests)
            for values in product((True, False), repeat=len(names))
        )

    expected: set[frozenset[str]] = set()
    if not opens(()):
        for size in (1, 2):
            expected = {frozenset(names) for names in combinations(BOOLS, size) if opens(names)}
            if expected:
                break
    assert near(tests, **facts) == expected


# --- recommending ----------------------------------------------------------------------------


def way(name: str, outcome: Outcome, **further: object) -> Assessment:
    """An assessment of which only the outcome matters."""
    plain = Assessment(name, name, DAY, "", outcome, (), (), None, ())
    return replace(plain, **further)


def finding(rule: str, verdict: Verdict, fact: str) -> Finding:
    """A finding of which only the verdict and the fact matter."""
    return Finding(rule, verdict, Gravity.BLOCKS, rule, (), "", (fact,))


def test_open_ways_best_first_and_closed_ones_left_out() -> None:
    met = finding("one", Verdict.MET, "a.fact")
    agreed = finding("consent", Verdict.MET, CONSENT)
    found = recommend([
        way("blank", Outcome.INCOMPLETE, missing=("a",), order=9, findings=(agreed,)),
        way("first blank", Outcome.INCOMPLETE, missing=("a", "b", "c"), order=1),
        way("closed", Outcome.INELIGIBLE),
        way("far", Outcome.INCOMPLETE, missing=("a", "b"), findings=(met,)),
        way("near", Outcome.INCOMPLETE, missing=("a",), findings=(met,)),
        way("above", Outcome.NEEDS_SUPERVISOR),
        way("will", Outcome.INCOMPLETE, missing=(CONSENT,)),
        way("open", Outcome.ELIGIBLE, order=2),
        way("first", Outcome.ELIGIBLE, order=1),
        way("veteran", Outcome.ELIGIBLE, order=3, priority=True),
    ])
    assert found == (
        "veteran", "first", "open", "will", "above", "near", "far", "first blank", "blank"
    )
