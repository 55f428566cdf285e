"""Three-valued logic: what is not known is never taken for no."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.conditions import (
    AllOf,
    AnyOf,
    FactTest,
    Not,
    Op,
    Operand,
    Test,
    Truth,
    facts_of,
)
from desktop_app.domain.facts import FactValue

A, B, C = (FactTest(name, Op.EQUALS, True) for name in "abc")
VALUES: tuple[Truth, ...] = (True, False, None)
LEAVES = st.sampled_from([A, B, C])
TESTS: st.SearchStrategy[Test] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda tests: AllOf(tuple(tests))),
        st.lists(inner, min_size=1, max_size=3).map(lambda tests: AnyOf(tuple(tests))),
        inner.map(Not),
    ),
    max_leaves=8,
)
FACTS = st.dictionaries(st.sampled_from("abc"), st.booleans())


def known(**values: Truth) -> dict[str, FactValue]:
    """Facts, those that are None left out."""
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize(("op", "operand", "value", "truth"), [
    (Op.EQUALS, "rural", "rural", True),
    (Op.EQUALS, "rural", "urban", False),
    (Op.ONE_OF, frozenset({"a", "b"}), "b", True),
    (Op.ONE_OF, frozenset({"a", "b"}), "c", False),
    (Op.AT_LEAST, 5, 5, True),
    (Op.AT_LEAST, 5, 4.99, False),
    (Op.AT_MOST, 5, 5, True),
    (Op.AT_MOST, 5, 5.01, False),
    (Op.BEFORE, "2017-05-09", "2017-05-08", True),
    (Op.BEFORE, "2017-05-09", "2017-05-09", False),
    (Op.AFTER, "2017-05-09", "2017-05-10", True),
    (Op.AFTER, "2017-05-09", "2017-05-09", False),
    (Op.PRESENT, True, False, True),
])
def test_each_comparison(op: Op, operand: Operand, value: FactValue, truth: bool) -> None:
    test = FactTest("x", op, operand)
    assert test.truth({"x": value}) is truth
    assert test.truth({}) is None


@pytest.mark.parametrize(("a", "b"), list(product(VALUES, VALUES)))
def test_the_tables_of_kleene(a: Truth, b: Truth) -> None:
    facts = known(a=a, b=b)
    order = {False: 0, None: 1, True: 2}
    assert AllOf((A, B)).truth(facts) is min((a, b), key=order.__getitem__)
    assert AnyOf((A, B)).truth(facts) is max((a, b), key=order.__getitem__)
    assert Not(A).truth(facts) is (None if a is None else not a)


@given(TESTS, FACTS)
def test_what_is_decided_stays_so_whatever_else_becomes_known(
    test: Test, facts: dict[str, FactValue]
) -> None:
    truth = test.truth(facts)
    if truth is None:
        return
    unknown = [name for name in "abc" if name not in facts]
    for values in product((True, False), repeat=len(unknown)):
        assert test.truth({**facts, **dict(zip(unknown, values, strict=True))}) is truth


@given(TESTS, FACTS)
def test_open_facts_are_unknown_and_there_while_it_is_undecided(
    test: Test, facts: dict[str, FactValue]
) -> None:
    found = set(test.open_facts(facts))
    assert found <= set(facts_of(test)) - facts.keys()
    assert bool(found) is (test.truth(facts) is None)


def test_a_branch_already_lost_opens_nothing() -> None:
    test = AnyOf((AllOf((A, B)), C))
    assert list(test.open_facts(known(a=False))) == ["c"]
    assert list(test.open_facts({})) == ["a", "b", "c"]
    assert list(test.open_facts(known(c=True))) == []


def test_facts_are_named_once_in_order() -> None:
    assert facts_of(AllOf((B, Not(A), AnyOf((B, C))))) == ("b", "a", "c")
